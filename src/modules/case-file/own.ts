import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { fileInfos } from '../../platform/files/index.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { areaNames } from '../areas/index.ts';
import { findStored, type ResidentCase, residentCase, type StoredCase } from '../cases/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { maskedRequester } from '../requesters/index.ts';
import { identityText, printedPhotos } from './compose.ts';
import { detailsOf, officesNamed, type Say } from './details.ts';
import type { Printed, PrintedStep } from './layout.ts';

/** The office's inner steps: what the requester is not told of on his page stands not in his file either. */
const INNER = new Set([
  'corrected',
  'taken_up',
  'extension_requested',
  'verification_begun',
  'duplicate_adopted',
  'rehomed',
  'duplicate_released',
  'noted',
  'joint_step',
]);

type Event = ResidentCase['events'][number];

function isTold({ kind, party, payload }: Event): boolean {
  if (kind === 'attached') return party === 'requester';
  if (kind === 'extension_decided') return payload['granted'] === true;
  if (kind === 'ran_late') return (payload['lateness'] as { readonly clock?: unknown } | undefined)?.clock === 'total';
  return !INNER.has(kind);
}

type Reading = { readonly tx: ReadTx; readonly actor: Actor; readonly locale: Locale; readonly now: Date };

/** What was read of a requester's own case, so that it can be drawn after the transaction. */
export type OwnFile = {
  readonly found: ResidentCase;
  readonly stored: StoredCase;
  readonly identity: string;
  readonly place: string;
  readonly className: string;
  readonly offices: ReadonlyMap<string, string>;
  readonly photos: readonly { readonly id: string }[];
};

/** The case a requester proved to be his. Refuses `case-file.case_token_needed`, `cases.not_found`. */
export async function readOwnFile(app: App, { tx, actor, locale, now }: Reading): Promise<Result<OwnFile>> {
  if (actor.kind !== 'resident' || actor.caseId === null) return refuse('case-file.case_token_needed');
  const found = await residentCase(tx, actor, actor.caseId, now);
  const stored = await findStored(tx, actor, actor.caseId, false);
  if (isRefusal(found)) return found;
  if (!stored) return refuse('cases.not_found');
  const events = found.events.filter(isTold);
  const { state } = found;
  const ids = [...officesNamed(events), ...events.map((event) => event.organisation_id), state.dispatch?.leadId];
  const names = await organisationNames(tx, [...new Set(ids.filter((id): id is string => typeof id === 'string'))]);
  const className = (await classNames(tx, [state.caseClass.code])).get(state.caseClass.code);
  const area = (await areaNames(tx, [state.areaCode])).get(state.areaCode);
  const files = await fileInfos(tx, [...new Set(events.flatMap((event) => event.file_ids))]);
  return {
    found: { ...found, events },
    stored,
    identity: await identityOf(app, tx, stored, locale),
    place: [area?.path.replaceAll('/', ' '), found.placeText].filter(Boolean).join(' · '),
    className: className ? (locale === 'en' ? className.nameEn : className.nameZh) : state.caseClass.code,
    offices: new Map([...names].map(([id, one]) => [id, (locale === 'en' && one.nameEn) || one.name])),
    photos: files.filter((file) => file.type.startsWith('image/')),
  };
}

/** Masked: number and code prove the case, not the person; in the clear he gets it by his phone, with all that is held. */
async function identityOf(app: App, tx: ReadTx, { state, anonymous }: StoredCase, locale: Locale): Promise<string> {
  const t: Say = (key) => say(app.texts, locale, key);
  if (anonymous) return t('case-file.anonymous');
  const masked = state.requesterId === null ? null : await maskedRequester(tx, app.vault, state.requesterId);
  return masked ? identityText(t, masked) : t('case-file.none');
}

/** What stands in the file that the requester takes along. */
export async function composeOwnFile(app: App, own: OwnFile, locale: Locale, now: Date): Promise<Printed> {
  const t: Say = (key, values) => say(app.texts, locale, key, values);
  const { found, stored } = own;
  const { state } = found;
  const head = Buffer.from(stored.chain.head).toString('hex');
  const lead = state.dispatch && own.offices.get(state.dispatch.leadId);
  return {
    number: state.number,
    title: found.title,
    heading: t('case-file.heading'),
    facts: [
      [t('case-file.copy'), t('case-file.copy_own')],
      [t('case-file.state'), t(`cases.state.${state.state}`)],
      [t('case-file.class'), own.className],
      [t('case-file.place'), own.place],
      [t('case-file.opened'), shanghaiText(new Date(state.openedAt))],
      ...(state.state === 'closed'
        ? [[t('case-file.closed'), shanghaiText(new Date(state.closure.at))] as [string, string]]
        : []),
      [t('case-file.lead'), lead ?? t('case-file.none')],
      [t('case-file.requester'), own.identity],
    ],
    asked: { heading: t('case-file.asked'), text: found.body || t('case-file.erased') },
    steps: { heading: t('case-file.steps'), internalMark: '', rows: stepsOf(own, t, locale) },
    photos: await printedPhotos(app, own.photos, t),
    chain: {
      heading: t('case-file.chain'),
      lines: [
        t('case-file.chain_head', { length: stored.chain.length, head }),
        t('case-file.chain_own', { number: state.number }),
      ],
    },
    continued: t('case-file.continued'),
    foot: t('case-file.foot', { at: shanghaiText(now), head: head.slice(0, 16) }),
    page: (at, of) => t('case-file.page', { at, of }),
  };
}

function stepsOf({ found, offices }: OwnFile, t: Say, locale: Locale): PrintedStep[] {
  const unit = found.state.clocks.total.base.clock;
  const office = (id: string) => offices.get(id) ?? '…';
  return found.events.map((event) => {
    const words = Object.entries(event.content ?? {})
      .filter(([name]) => event.kind !== 'registered' && event.kind !== 'imported' && name !== '')
      .map(([, text]) => text);
    // Offices, never who in an office: that is the office's own affair.
    const who = event.actor_kind === 'resident' ? t('case-file.by_requester') : null;
    return {
      at: shanghaiText(event.at),
      what: t(`case-file.event.${event.kind}`),
      who: who ?? (event.organisation_id ? office(event.organisation_id) : ''),
      details: detailsOf({ t, locale, unit, office }, event),
      words: event.erased_by ? [t('case-file.erased_by', { order: event.erased_by })] : words,
      internal: false,
    };
  });
}
