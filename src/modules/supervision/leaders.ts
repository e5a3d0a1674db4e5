import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { addDays, atMinute, dayOf, isDay } from '../../kit/time.ts';
import type { Officer } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { clearTimers, setTimer, type Timer } from '../../platform/timers/timers.ts';
import type { LeaderOutcome } from './rules/words.ts';
import { tenant } from './store.ts';

/** Reminds a leader of his report and of his deadline; the subject is his taking of the case. */
export const LEADER_TIMER = 'supervision.leader';
const NINE = 9 * 60;
const LONGEST_DAYS = 366;

export type LeaderCase = {
  readonly id: string;
  readonly caseId: string;
  readonly leaderId: string;
  readonly organisationId: string;
  readonly takenAt: Date;
  readonly aim: string;
  readonly dueOn: string;
  readonly reportEveryDays: number;
  readonly nextReportOn: string;
  readonly endedAt: Date | null;
  readonly result: string | null;
  readonly outcome: LeaderOutcome | null;
};

type Row = {
  id: string;
  case_id: string;
  leader_id: string;
  organisation_id: string;
  taken_at: Date;
  aim: string;
  due_on: string;
  report_every_days: number;
  next_report_on: string;
  ended_at: Date | null;
  result: string | null;
  outcome: LeaderOutcome | null;
};

const COLUMNS = sql`l.id, l.case_id, l.leader_id, l.organisation_id, l.taken_at, l.aim, l.due_on::text AS due_on,
  l.report_every_days, l.next_report_on::text AS next_report_on, l.ended_at, l.result, l.outcome`;

function toLeaderCase(row: Row): LeaderCase {
  return {
    id: row.id,
    caseId: row.case_id,
    leaderId: row.leader_id,
    organisationId: row.organisation_id,
    takenAt: row.taken_at,
    aim: row.aim,
    dueOn: row.due_on,
    reportEveryDays: row.report_every_days,
    nextReportOn: row.next_report_on,
    endedAt: row.ended_at,
    result: row.result,
    outcome: row.outcome,
  };
}

/** The leaders of a case, the present one first. */
export async function leadersOfCase(tx: ReadTx, caseId: string): Promise<readonly LeaderCase[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM supervision.leader_case l WHERE l.tenant_id = ${tenant} AND l.case_id = ${caseId}::uuid
    ORDER BY (l.ended_at IS NULL) DESC, l.taken_at DESC LIMIT 20`.execute(tx);
  return rows.map(toLeaderCase);
}

/** What a leader has taken, open ones first and by deadline. */
export async function casesOfLeader(tx: ReadTx, userId: string): Promise<readonly LeaderCase[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM supervision.leader_case l WHERE l.tenant_id = ${tenant} AND l.leader_id = ${userId}
    ORDER BY (l.ended_at IS NULL) DESC, l.due_on, l.id LIMIT 200`.execute(tx);
  return rows.map(toLeaderCase);
}

export type LeaderReport = { readonly leaderCaseId: string; readonly at: Date; readonly words: string };

export async function reportsOf(tx: ReadTx, ids: readonly string[]): Promise<readonly LeaderReport[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ leader_case_id: string; at: Date; words: string }>`
    SELECT leader_case_id, at, words FROM supervision.leader_report
    WHERE tenant_id = ${tenant} AND leader_case_id = ANY(${[...ids]}::uuid[]) ORDER BY leader_case_id, seq`.execute(tx);
  return rows.map((row) => ({ leaderCaseId: row.leader_case_id, at: row.at, words: row.words }));
}

export type Taking = { readonly aim: string; readonly dueOn: string; readonly reportEveryDays: number };

/** A leader takes a case as the one responsible: until a day, with a report every so many days. */
export async function takeCase(
  tx: WriteTx,
  leader: Officer,
  post: { readonly id: string; readonly organisationId: string },
  caseId: string,
  taking: Taking,
  now: Date,
): Promise<Result<LeaderCase>> {
  const today = dayOf(now);
  if (!isDay(taking.dueOn) || taking.dueOn <= today || taking.dueOn > addDays(today, LONGEST_DAYS)) {
    return refuse('supervision.leader_day_wrong', { last: addDays(today, LONGEST_DAYS) });
  }
  const [present] = await leadersOfCase(tx, caseId);
  if (present?.endedAt === null) return refuse('supervision.leader_there');
  const id = uuidv7(now.getTime());
  const first = addDays(today, taking.reportEveryDays);
  const nextReportOn = first < taking.dueOn ? first : taking.dueOn;
  await sql`
    INSERT INTO supervision.leader_case (tenant_id, id, case_id, leader_id, post_id, organisation_id, taken_at, aim, due_on,
      report_every_days, next_report_on)
    VALUES (${tenant}, ${id}::uuid, ${caseId}::uuid, ${leader.userId}, ${post.id}::uuid, ${post.organisationId}::uuid,
      ${now}, ${taking.aim}, ${taking.dueOn}::date, ${taking.reportEveryDays}, ${nextReportOn}::date)`.execute(tx);
  const of = { tenant: leader.tenant, kind: LEADER_TIMER, subject: id };
  await setTimer(tx, { ...of, name: 'report', dueAt: atMinute(nextReportOn, NINE) });
  await setTimer(tx, { ...of, name: 'due', dueAt: atMinute(taking.dueOn, NINE) });
  await tell(tx, leader.tenant, 'leader_taken', { id, caseId, leaderId: leader.userId, day: taking.dueOn }, now);
  const [taken] = await leadersOfCase(tx, caseId);
  if (!taken) throw new Error(`leader of ${caseId} was not written`);
  return taken;
}

/** The open taking of a case by this person, locked; why not otherwise. */
async function ownTaking(tx: WriteTx, caseId: string, userId: string): Promise<LeaderCase | Refusal> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM supervision.leader_case l
    WHERE l.tenant_id = ${tenant} AND l.case_id = ${caseId}::uuid AND l.ended_at IS NULL FOR UPDATE`.execute(tx);
  const row = rows[0];
  if (!row) return refuse('supervision.no_leader');
  return row.leader_id === userId ? toLeaderCase(row) : refuse('supervision.not_your_part', { action: 'lead' });
}

/** He reports how it goes; the next report is due so many days from now. */
export async function reportOn(tx: WriteTx, leader: Officer, caseId: string, words: string, now: Date) {
  const taking = await ownTaking(tx, caseId, leader.userId);
  if (isRefusal(taking)) return taking;
  await sql`
    INSERT INTO supervision.leader_report (tenant_id, leader_case_id, seq, at, words)
    VALUES (${tenant}, ${taking.id}::uuid,
      (SELECT coalesce(max(seq), 0) + 1 FROM supervision.leader_report
       WHERE tenant_id = ${tenant} AND leader_case_id = ${taking.id}::uuid), ${now}, ${words})`.execute(tx);
  const nextReportOn = addDays(dayOf(now), taking.reportEveryDays);
  await sql`
    UPDATE supervision.leader_case SET next_report_on = ${nextReportOn}::date
    WHERE tenant_id = ${tenant} AND id = ${taking.id}::uuid`.execute(tx);
  const dueAt = atMinute(nextReportOn, NINE);
  await setTimer(tx, { tenant: leader.tenant, kind: LEADER_TIMER, subject: taking.id, name: 'report', dueAt });
  return { nextReportOn };
}

/** The responsibility ends with what came of it. */
export async function endTaking(
  tx: WriteTx,
  leader: Officer,
  caseId: string,
  ending: { readonly outcome: LeaderOutcome; readonly result: string },
  now: Date,
) {
  const taking = await ownTaking(tx, caseId, leader.userId);
  if (isRefusal(taking)) return taking;
  await sql`
    UPDATE supervision.leader_case SET ended_at = ${now}, result = ${ending.result}, outcome = ${ending.outcome}
    WHERE tenant_id = ${tenant} AND id = ${taking.id}::uuid`.execute(tx);
  await clearTimers(tx, leader.tenant, LEADER_TIMER, taking.id);
  const day = dayOf(now);
  await tell(tx, leader.tenant, 'leader_ended', { id: taking.id, caseId, leaderId: leader.userId, day }, now);
  return { ok: true as const };
}

/** A report or the deadline is due today; a missed report is asked for again after as many days. */
export async function leaderReminder(timer: Timer, tx: WriteTx, now: Date): Promise<void> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM supervision.leader_case l
    WHERE l.tenant_id = ${tenant} AND l.id = ${timer.subject}::uuid AND l.ended_at IS NULL`.execute(tx);
  const row = rows[0];
  if (!row) return;
  const day = timer.name === 'due' ? row.due_on : row.next_report_on;
  const { id, case_id: caseId, leader_id: leaderId } = row;
  await tell(
    tx,
    timer.tenant,
    timer.name === 'due' ? 'leader_due' : 'leader_report_due',
    { id, caseId, leaderId, day },
    now,
  );
  if (timer.name !== 'report') return;
  const again = atMinute(addDays(dayOf(now), row.report_every_days), NINE);
  await setTimer(tx, { tenant: timer.tenant, kind: LEADER_TIMER, subject: id, name: 'report', dueAt: again });
}

type LeaderTold = { readonly id: string; readonly caseId: string; readonly leaderId: string; readonly day: string };

function tell(tx: WriteTx, tenantId: number, kind: string, { id, ...payload }: LeaderTold, at: Date): Promise<void> {
  return publish(tx, { tenant: tenantId, kind: `supervision.${kind}`, subject: id, at, payload });
}
