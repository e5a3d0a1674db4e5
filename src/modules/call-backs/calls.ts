import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { DAY, shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { AnswerOf, BodyOf } from '../../platform/http/contract.ts';
import { callBackClaimMinutes, caseSettings } from '../catalogue/index.ts';
import { act, isMissed, missedCalls, refusalOfStep, type StoredCase, viewCase } from '../cases/index.ts';
import { personNames } from '../organisations/index.ts';
import { unmaskRequester } from '../requesters/index.ts';
import type { getCallBack, OUTCOMES, recordAttempt } from './contract.ts';
import { claimEntry, type Entry, entriesOf, putOff, releaseEntry } from './entries.ts';
import { claimUntil, presentEntries } from './list.ts';
import { nextCall } from './rules/next-call.ts';
import { checkAnswers } from './rules/script.ts';
import { readScript } from './scripts.ts';
import { syncCase } from './sync.ts';

export type Calling = {
  readonly app: App;
  readonly tx: WriteTx;
  readonly actor: Actor;
  readonly stored: StoredCase;
  readonly now: Date;
};

/** What is recorded as the reason of a look at a number: a fixed word, since the call itself is the reason. */
const LOOK_REASON = '回访 call-back';
const LONGEST_WAIT = 30 * DAY;

/** The round of the case that is open now; refused when there is none. */
async function openRound(tx: ReadTx, { state }: StoredCase): Promise<Result<Entry>> {
  const entry = (await entriesOf(tx, state.id)).find((one) => one.round === state.round);
  return entry?.state === 'open' ? entry : refuse('call-backs.none_due');
}

/** Takes a call on: one caller at a time, and nobody whose office handled the case. */
export async function claim({ tx, actor, stored, now }: Calling): Promise<Result<{ until: string }>> {
  const entry = await openRound(tx, stored);
  if (isRefusal(entry)) return entry;
  const minutes = await callBackClaimMinutes(tx, now);
  const until = claimUntil(entry, minutes, now);
  if (until && entry.claimedBy !== actorId(actor)) return refuse('call-backs.claimed', { until: shanghaiText(until) });
  const refusal = await refusalOfStep(tx, actor, stored, 'record_call_back', now);
  if (refusal) return refusal;
  await claimEntry(tx, entry, actorId(actor), now);
  return { until: new Date(now.getTime() + minutes * 60_000).toISOString() };
}

async function ownRound({ tx, actor, stored, now }: Calling): Promise<Result<Entry>> {
  const entry = await openRound(tx, stored);
  if (isRefusal(entry)) return entry;
  const live = claimUntil(entry, await callBackClaimMinutes(tx, now), now) !== null;
  return live && entry.claimedBy === actorId(actor) ? entry : refuse('call-backs.not_claimed');
}

export async function release(calling: Calling): Promise<Refusal | null> {
  const entry = await ownRound(calling);
  if (isRefusal(entry)) return entry;
  await releaseEntry(calling.tx, entry);
  return null;
}

/** The number in plain, for the one who took the call on; the look is recorded with its reason. */
export async function showNumber(calling: Calling): Promise<Result<{ name: string | null; phone: string | null }>> {
  const { app, tx, actor, stored, now } = calling;
  const entry = await ownRound(calling);
  if (isRefusal(entry)) return entry;
  const refusal = await refusalOfStep(tx, actor, stored, 'record_call_back', now);
  if (refusal) return refusal;
  if (stored.state.requesterId === null) return refuse('call-backs.none_due');
  const organisationId = actor.kind === 'officer' ? (actor.posts[0]?.organisationId ?? null) : null;
  const look = { reason: LOOK_REASON, organisationId, at: now };
  const plain = await unmaskRequester(tx, app.vault, actor, stored.state.requesterId, look);
  return isRefusal(plain) ? plain : { name: plain.name, phone: plain.phone };
}

type Outcome = (typeof OUTCOMES)[number];
type Body = BodyOf<typeof recordAttempt>;

/** He was on the line: nobody calls him again. */
const SPOKEN: readonly Outcome[] = ['reached', 'declined'];

/** What came of a call. Words and misses enter the case by its own rules; this list follows in the same transaction. */
export async function record(calling: Calling, body: Body): Promise<Result<AnswerOf<typeof recordAttempt>>> {
  const { app, tx, actor, stored, now } = calling;
  const entry = await ownRound(calling);
  if (isRefusal(entry)) return entry;
  const refusal = await checkBody(calling, entry, body);
  if (refusal) return refusal;
  const step = body.outcome === 'later' ? null : await recordInCase(calling, body);
  if (step && isRefusal(step)) return step;
  const nextAt = SPOKEN.includes(body.outcome) ? null : await nextOf(calling, body);
  await keepAttempt(calling, entry, body, nextAt);
  if (nextAt) {
    await putOff(tx, entry, {
      nextAt,
      missed: body.outcome !== 'later',
      language: body.language ?? entry.language,
      note: body.note === null ? entry.note : sealNote(app, entry, body.note),
    });
  }
  await syncCase(app, tx, actor, stored.state.id, now);
  const details = { round: entry.round, outcome: body.outcome };
  await audit(
    tx,
    actor,
    { action: 'call-backs.record_attempt', targetKind: 'case', targetId: stored.state.id, result: 'done', details },
    now,
  );
  const after = (await entriesOf(tx, stored.state.id)).find((one) => one.round === entry.round);
  const state = after?.state ?? 'open';
  return {
    state,
    nextAt: state === 'open' ? (after?.nextAt.toISOString() ?? null) : null,
    caseState: step?.state ?? stored.state.state,
  };
}

async function checkBody({ tx, now }: Calling, entry: Entry, body: Body): Promise<Refusal | null> {
  if (body.outcome === 'reached' && !body.answer) return refuse('call-backs.answer_missing');
  if (body.outcome === 'later' && !body.nextAt) return refuse('call-backs.time_missing');
  const next = body.nextAt ? Date.parse(body.nextAt) : null;
  if (next !== null && (next <= now.getTime() || next > now.getTime() + LONGEST_WAIT))
    return refuse('call-backs.time_wrong');
  return checkAnswers(await readScript(tx, entry.classCode, now), body.answers);
}

function recordInCase({ tx, actor, stored, now }: Calling, { outcome, answer, sendBack, remark }: Body) {
  const reached = outcome === 'reached' ? (answer ?? null) : null;
  const expectedVersion = stored.state.version;
  const command = {
    action: 'record_call_back',
    answer: reached,
    declined: outcome === 'declined',
    sendBack: reached !== null && sendBack,
    remark,
  } as const;
  return act(tx, actor, stored, { ...command, expectedVersion }, now);
}

async function nextOf({ tx, stored, now }: Calling, body: Body): Promise<Date> {
  if (body.nextAt) return new Date(body.nextAt);
  const { state } = stored;
  const settings = await caseSettings(tx, now, state.caseClass.code);
  const missed = state.callBacks.filter((call) => call.round === state.round && isMissed(call));
  return nextCall(
    [...missed.map((call) => new Date(call.at)), now],
    { tries: settings.callBackTries, days: settings.callBackDays },
    now,
  );
}

async function keepAttempt({ tx, actor, now }: Calling, entry: Entry, body: Body, nextAt: Date | null): Promise<void> {
  await sql`
    INSERT INTO call_backs.attempt (tenant_id, id, case_id, round, at, caller_id, outcome, answers, next_at)
    VALUES (${actor.tenant}, ${uuidv7()}, ${entry.caseId}, ${entry.round}, ${now}, ${actorId(actor)}, ${body.outcome},
      ${JSON.stringify(body.answers)}::jsonb, ${nextAt})`.execute(tx);
}

/** What a note for the next caller is bound to. */
export const noteContext = (entry: Pick<Entry, 'caseId' | 'round'>) => `call-back note:${entry.caseId}:${entry.round}`;

function sealNote(app: App, entry: Entry, note: string): Buffer {
  return app.vault.seal(app.config.tenant, note, noteContext(entry));
}

/** Everything a caller needs before he dials; the number is asked for apart. */
export async function presentCallBack(
  app: App,
  tx: ReadTx,
  actor: Actor,
  stored: StoredCase,
  now: Date,
): Promise<Result<AnswerOf<typeof getCallBack>>> {
  const { state } = stored;
  const entry = (await entriesOf(tx, state.id)).findLast((one) => one.round <= state.round);
  if (!entry) return refuse('call-backs.none_due');
  const [row] = await presentEntries(tx, actor, [entry], await callBackClaimMinutes(tx, now), now);
  if (!row) return refuse('call-backs.none_due');
  const view = await viewCase(tx, app, actor, stored, now);
  const told = view.timeline.findLast((one) => one.tone === 'public' && one.content !== null)?.content;
  const settings = await caseSettings(tx, now, state.caseClass.code);
  return {
    row,
    body: view.body,
    result: told?.['result'] ?? told?.['text'] ?? told?.['explanation'] ?? null,
    note: entry.note === null ? null : app.vault.open(app.config.tenant, entry.note, noteContext(entry)),
    script: scriptFor(await readScript(tx, entry.classCode, now)),
    attempts: await attemptsOf(tx, actor, entry),
    missed: missedCalls(state),
    needed: { tries: settings.callBackTries, days: settings.callBackDays, parts: settings.callBackParts },
  };
}

type ScriptAnswer = AnswerOf<typeof getCallBack>['script'];

function scriptFor(script: Awaited<ReturnType<typeof readScript>>): ScriptAnswer {
  const questions = script.questions.map((question) => ({
    ...question,
    options: question.options.map((option) => ({ ...option })),
  }));
  return { ...script, questions };
}

async function attemptsOf(tx: ReadTx, actor: Actor, entry: Entry) {
  const { rows } = await sql<{ at: Date; caller_id: string; outcome: Outcome; next_at: Date | null }>`
    SELECT at, caller_id, outcome, next_at FROM call_backs.attempt
    WHERE tenant_id = ${actor.tenant} AND case_id = ${entry.caseId}::uuid AND round = ${entry.round}
    ORDER BY at LIMIT 50`.execute(tx);
  const names = await personNames(tx, [...new Set(rows.map((row) => row.caller_id))]);
  return rows.map((row) => ({
    at: row.at.toISOString(),
    caller: names.get(row.caller_id) ?? null,
    outcome: row.outcome,
    nextAt: row.next_at?.toISOString() ?? null,
  }));
}
