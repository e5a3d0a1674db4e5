import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { residentFileLinks } from '../../platform/files/index.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { AnswerOf } from '../../platform/http/contract.ts';
import { areaNames } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import { casesOfRequesters, ENDED_STATES, findStored, residentCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import {
  looksAt,
  maskedRequester,
  ownIdentity,
  phoneIndexesOf,
  phoneOfResident,
  requesterIdsByPhone,
} from '../requesters/index.ts';
import type { ExportedCase, ownPrivacy } from './contract.ts';
import { erasuresOf } from './erasing.ts';
import { consentsOf, noticeShown } from './notices.ts';
import { requestsOf } from './requests.ts';

export type Reading = { readonly tx: ReadTx; readonly actor: Actor; readonly locale: Locale; readonly now: Date };

/** The one case a resident proved; refuses `privacy.case_token_needed`. */
export function provedCase(actor: Actor): Result<string> {
  return actor.kind === 'resident' && actor.caseId !== null ? actor.caseId : refuse('privacy.case_token_needed');
}

/** What happened to a person's data in his own case. */
export async function presentOwn(app: App, reading: Reading): Promise<Result<AnswerOf<typeof ownPrivacy>>> {
  const caseId = provedCase(reading.actor);
  if (isRefusal(caseId)) return caseId;
  const { tx, actor, now } = reading;
  const stored = await findStored(tx, actor, caseId, false);
  if (!stored) return refuse('privacy.case_token_needed');
  const erasures = await erasuresOf(tx, caseId);
  const last = erasures.at(-1);
  return {
    looks: await presentLooks(app, reading, stored.state.requesterId),
    consents: (await consentsOf(tx, caseId)).map(({ purpose, givenAt, withdrawnAt }) => ({
      purpose,
      givenAt: givenAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    noticeVersion: await noticeShown(tx, caseId),
    requests: await requestsOf(tx, app.vault, caseId, now),
    erased: last ? { what: erasures.map((each) => each.what), order: last.order, at: last.at.toISOString() } : null,
    ended: (ENDED_STATES as readonly string[]).includes(stored.state.state),
    identity: stored.state.requesterId !== null,
  };
}

async function presentLooks(app: App, { tx, locale }: Reading, requesterId: string | null) {
  if (requesterId === null) return [];
  const looks = await looksAt(tx, app.vault, requesterId);
  const ids = looks.flatMap((look) => (look.organisationId === null ? [] : [look.organisationId]));
  const names = await organisationNames(tx, ids);
  return looks.map(({ at, kind, organisationId, reason }) => {
    const office = organisationId === null ? undefined : names.get(organisationId);
    return {
      at: at.toISOString(),
      kind,
      office: office ? (locale === 'en' && office.nameEn) || office.name : null,
      reason,
    };
  });
}

/** Everything held about a person: of one case by its proof; of all, and in the clear, by the phone he proved. */
export async function exportOwn(app: App, reading: Reading) {
  const { tx, actor, now } = reading;
  if (actor.kind !== 'resident') return refuse('privacy.case_token_needed');
  const phone = await phoneOfResident(tx, app.vault, actor, now);
  const byPhone = phone === null ? [] : await requesterIdsByPhone(tx, phoneIndexesOf(app.vault, phone));
  const own = (await casesOfRequesters(tx, actor, byPhone)).map((one) => one.id);
  // A case proved by its code counts as his by phone only when the phone says so.
  const ids = [...new Set([...own, ...(actor.caseId === null ? [] : [actor.caseId])])];
  const cases: ExportedCase[] = [];
  for (const id of ids) {
    const exported = await exportCase(app, reading, id, own.includes(id));
    if (!isRefusal(exported)) cases.push(exported);
  }
  return { exportedAt: now.toISOString(), full: cases.length > 0 && ids.every((id) => own.includes(id)), cases };
}

async function exportCase(app: App, reading: Reading, caseId: string, plain: boolean): Promise<Result<ExportedCase>> {
  const { tx, actor, locale, now } = reading;
  const found = await residentCase(tx, actor, caseId, now);
  if (isRefusal(found)) return found;
  const { state, events } = found;
  const { requesterId } = state;
  const read = plain ? ownIdentity : maskedRequester;
  const className = (await classNames(tx, [state.caseClass.code])).get(state.caseClass.code);
  const area = (await areaNames(tx, [state.areaCode])).get(state.areaCode);
  const files = [...new Set(events.flatMap((event) => event.file_ids))];
  return {
    number: state.number,
    filedAt: state.openedAt,
    state: say(app.texts, locale, `cases.state.${state.state}`),
    title: found.title,
    text: found.body,
    place: [area?.path, found.placeText].filter(Boolean).join(' · ') || null,
    className: className ? (locale === 'en' && className.nameEn) || className.nameZh : null,
    identity: requesterId === null ? null : await read(tx, app.vault, requesterId),
    events: events.map((event) => ({
      at: event.at.toISOString(),
      kind: event.kind,
      words: Object.values(event.content ?? {}).filter(
        (word): word is string => typeof word === 'string' && word !== '',
      ),
    })),
    files: files.map((id) => ({ id, url: residentFileLinks(app.vault, id, now).url })),
    looks: await presentLooks(app, reading, requesterId),
    consents: (await consentsOf(tx, caseId)).filter((one) => one.withdrawnAt === null).map((one) => one.purpose),
    noticeVersion: await noticeShown(tx, caseId),
  };
}
