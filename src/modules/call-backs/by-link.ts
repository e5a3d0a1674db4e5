import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Resident } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { AnswerOf, BodyOf } from '../../platform/http/contract.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { actAsRequester, type CaseCommand, type CaseState, residentCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import type { answerLink, readLink } from './contract.ts';
import { type Entry, findByLink } from './entries.ts';
import { linkHashOf } from './link.ts';
import { syncCase } from './sync.ts';

export type ByLink = {
  readonly app: App;
  readonly code: string;
  readonly locale: Locale;
  readonly now: Date;
};

/** Until when a link may be used at all: whoever finds an old message opens nothing with it. */
const LINK_DAYS = 30;

const requesterOf = (app: App, caseId: string): Resident => ({
  kind: 'resident',
  tenant: app.config.tenant,
  caseId,
  phoneIndex: null,
});

/** Whoever was not reached, or did not want to talk on the telephone, may still say it by himself. */
const LIVE: readonly Entry['state'][] = ['open', 'declined', 'unreachable'];

function isLive(entry: Entry, state: CaseState, now: Date): boolean {
  const young = now.getTime() - entry.openedAt.getTime() < LINK_DAYS * 86_400_000;
  return young && entry.round === state.round && LIVE.includes(entry.state);
}

/** What the link asks about: the requester's own title and the office's public words, nothing of who he is. */
export async function readByLink(
  tx: ReadTx,
  { app, code, locale, now }: ByLink,
): Promise<Result<AnswerOf<typeof readLink>>> {
  const entry = await findByLink(tx, linkHashOf(code));
  if (!entry) return refuse('call-backs.link_unknown');
  const found = await residentCase(tx, requesterOf(app, entry.caseId), entry.caseId, now);
  if (isRefusal(found)) return refuse('call-backs.link_unknown');
  const { state } = found;
  const told = found.events.findLast((event) => event.content?.['result'] ?? event.content?.['text'])?.content;
  const office =
    entry.organisationId && (await organisationNames(tx, [entry.organisationId])).get(entry.organisationId);
  return {
    number: state.number,
    title: found.title,
    filedAt: state.openedAt,
    office: office ? (locale === 'en' && office.nameEn) || office.name : null,
    result: told?.['result'] ?? told?.['text'] ?? null,
    open: isLive(entry, state, now),
    closed: state.state === 'closed' || state.state === 'merged',
  };
}

/** The requester's word by the link: rated as he would on his own page; the code is then spent. */
export async function answerByLink(
  tx: WriteTx,
  { app, code, now }: ByLink,
  { solved, satisfaction, reason, reopen }: BodyOf<typeof answerLink>,
): Promise<Result<AnswerOf<typeof answerLink>>> {
  const entry = await findByLink(tx, linkHashOf(code));
  if (!entry) return refuse('call-backs.link_unknown');
  if (reopen && reason === null) return refuse('call-backs.reason_missing');
  const actor = requesterOf(app, entry.caseId);
  let live = true;
  const take = (make: (state: CaseState) => CaseCommand) =>
    actAsRequester(
      tx,
      actor,
      entry.caseId,
      (state) => {
        live &&= isLive(entry, state, now);
        return make(state);
      },
      now,
    );
  const rated = await take(({ version }) => ({
    action: 'rate',
    solved,
    satisfaction,
    comment: reason,
    expectedVersion: version,
  }));
  if (!live) return refuse('call-backs.link_used');
  if (isRefusal(rated)) return rated;
  const again =
    reopen && reason !== null && (rated.state === 'closed' || rated.state === 'merged')
      ? await take(({ version }) => ({ action: 'reopen', reason, files: [], expectedVersion: version }))
      : null;
  if (again && isRefusal(again)) return again;
  await syncCase(app, tx, actor, entry.caseId, now);
  const found = await residentCase(tx, actor, entry.caseId, now);
  if (isRefusal(found)) return found;
  return { number: found.state.number, caseState: found.state.state };
}
