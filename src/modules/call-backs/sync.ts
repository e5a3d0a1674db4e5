import type { App, OutboxConsumer } from '../../platform/app.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { setTimer } from '../../platform/timers/timers.ts';
import { caseSettings, deadline, loadCalendar, workClock } from '../catalogue/index.ts';
import { type CaseState, casesIn, duplicatesOf, findStored } from '../cases/index.ts';
import { contactOf } from '../requesters/index.ts';
import { type Entry, entriesOf, openEntry, settleEntry } from './entries.ts';
import { linkCodeOf, linkHashOf } from './link.ts';
import { type Need, needOf, saidIn, standingOf } from './rules/standing.ts';

/** Fires when nobody may be asked any more. */
export const LAPSE_TIMER = 'call-backs.lapse';

/** Steps of a case after which its call-back, or those of the requests merged into it, may stand differently. */
const KINDS = ['verified', 'called_back', 'returned', 'closed', 'rated', 'reopened', 'merged', 'withdrawn', 'voided'];

/** Follows cases: opens, settles and drops call-backs. Asking twice changes nothing. */
export function syncConsumer(app: App): OutboxConsumer {
  return {
    name: 'call-backs',
    kinds: KINDS.map((kind) => `case.${kind}`),
    handle: async (event, tx) => {
      const actor = systemActor(app.config.tenant, 'call-backs');
      await syncCase(app, tx, actor, event.subject, app.now());
      for (const { id } of await duplicatesOf(tx, actor, event.subject)) await syncCase(app, tx, actor, id, app.now());
    },
  };
}

/** Brings the call-backs of one case in line with its file; the case is locked meanwhile. */
export async function syncCase(app: App, tx: WriteTx, actor: Actor, caseId: string, now: Date): Promise<void> {
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) return;
  const { state } = stored;
  const master = state.masterCaseId ? ((await findStored(tx, actor, state.masterCaseId, false))?.state ?? null) : null;
  const need = needOf(state, master);
  const known = await entriesOf(tx, caseId);
  if (need && !known.some((entry) => entry.round === need.round)) {
    await open(app, tx, actor, state, need, now);
    known.push(...(await entriesOf(tx, caseId)).filter((entry) => entry.round === need.round));
  }
  const settings = await caseSettings(tx, now, state.caseClass.code);
  for (const entry of known) {
    const standing = standingOf(state, entry.round, need, settings, now);
    await settle(tx, actor.tenant, entry, standing, saidIn(state, entry.round), now);
  }
  if (need?.until) {
    const dueAt = new Date(Date.parse(need.until) + 1000);
    if (dueAt > now) await setTimer(tx, { tenant: actor.tenant, kind: LAPSE_TIMER, subject: caseId, dueAt });
  }
}

async function settle(
  tx: WriteTx,
  tenant: number,
  entry: Entry,
  state: Entry['state'],
  said: ReturnType<typeof saidIn>,
  now: Date,
): Promise<void> {
  const answer = state === 'answered' ? said : null;
  const same =
    entry.state === state &&
    entry.solved === (answer?.solved ?? null) &&
    entry.satisfaction === (answer?.satisfaction ?? null);
  if (same) return;
  // Counted on the day he spoke, else when it was found that he will not be asked or reached.
  const endedAt = state === 'open' ? null : answer ? new Date(answer.at) : now;
  await settleEntry(tx, entry, {
    state,
    solved: answer?.solved ?? null,
    satisfaction: answer?.satisfaction ?? null,
    answeredBy: answer?.by ?? null,
    endedAt,
  });
  const payload = { round: entry.round, state };
  await publish(tx, { tenant, kind: 'call_back.settled', subject: entry.caseId, at: now, payload });
}

async function open(app: App, tx: WriteTx, actor: Actor, state: CaseState, need: Need, now: Date): Promise<void> {
  const { code, version, lane } = state.caseClass;
  const limit = await deadline(tx, code, version, 'call_back', now);
  const calendar = workClock(await loadCalendar(tx, now));
  const contact = state.requesterId ? await contactOf(tx, app.vault, state.requesterId) : null;
  const link = linkCodeOf(app.vault, actor.tenant, { caseId: state.id, round: need.round });
  await openEntry(tx, {
    caseId: state.id,
    round: need.round,
    timing: need.timing,
    classCode: code,
    organisationId: need.organisationId,
    dueAt: calendar.dueAt(now, limit.amount, limit.clock).due,
    lane,
    areaCode: state.areaCode,
    sensitivity: state.sensitivity,
    handledBy: need.handledBy,
    language: contact?.locale ?? 'zh-CN',
    linkHash: linkHashOf(link),
    at: now,
  });
  if (saidIn(state, need.round)) return;
  await publish(tx, {
    tenant: actor.tenant,
    kind: 'call_back.due',
    subject: state.id,
    at: now,
    payload: {
      round: need.round,
      number: state.number,
      state: state.state,
      areaCode: state.areaCode,
      lane,
      classCode: code,
      sensitivity: state.sensitivity,
      requesterId: state.requesterId,
      commandCentreId: state.commandCentreId,
      leadId: need.organisationId,
      assistIds: [],
      stageDueAt: null,
      actorId: 'system:call-backs',
    },
  });
}

/** Cases that waited for their call-back before this module was there, or whose event was given up. */
export async function sweep(app: App, stopping: () => boolean): Promise<void> {
  const actor = systemActor(app.config.tenant, 'call-backs');
  let after: string | null = null;
  while (!stopping()) {
    const from: string | null = after;
    const ids: string[] = await app.database.read(actor, (tx) => casesIn(tx, actor, 'call_back', from, 100));
    for (const id of ids) {
      const missing = await app.database.read(actor, async (tx) => {
        const stored = await findStored(tx, actor, id, false);
        return stored !== null && !(await entriesOf(tx, id)).some((entry) => entry.round === stored.state.round);
      });
      if (missing) await app.database.transact(actor, (tx) => syncCase(app, tx, actor, id, app.now()));
    }
    after = ids.at(-1) ?? null;
    if (ids.length < 100) return;
  }
}
