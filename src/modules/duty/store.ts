import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import type { Actor, Lane } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { clearTimers, setTimers } from '../../platform/timers/timers.ts';
import { type Call, runningClocks } from './rules/call.ts';
import { kindsWith, type TeamKind } from './rules/kinds.ts';
import type { Shift } from './rules/roster.ts';

export const DUTY_TIMER = 'duty.clock';
const tenant = sql`nullif(current_setting('app.tenant', true), '')::int`;

/** The kinds of teams in force at a moment. */
export async function teamKinds(tx: ReadTx, at: Date): Promise<readonly TeamKind[]> {
  const { rows } = await sql<{ kind: string; name_zh: string; name_en: string; takes: string[] }>`
    SELECT kind, name_zh, name_en, takes FROM duty.kind
    WHERE tenant_id = ${tenant} AND valid_from <= ${at} AND (valid_to IS NULL OR valid_to > ${at})
    ORDER BY kind`.execute(tx);
  return kindsWith(rows.map((row) => ({ kind: row.kind, nameZh: row.name_zh, nameEn: row.name_en, takes: row.takes })));
}

/** Sets a kind from now on; what held before ends. */
export async function putKind(tx: WriteTx, kind: TeamKind, by: string, now: Date): Promise<void> {
  await sql`
    UPDATE duty.kind SET valid_to = greatest(valid_from, ${now})
    WHERE tenant_id = ${tenant} AND kind = ${kind.kind} AND (valid_to IS NULL OR valid_to > ${now})`.execute(tx);
  await sql`
    INSERT INTO duty.kind (tenant_id, id, kind, name_zh, name_en, takes, valid_from, created_by)
    VALUES (${tenant}, ${uuidv7(now.getTime())}, ${kind.kind}, ${kind.nameZh}, ${kind.nameEn}, ${[...kind.takes]}::text[],
      ${now}, ${by})`.execute(tx);
}

export type Team = { readonly id: string; readonly kind: string; readonly name: string; readonly areaCode: string };
type TeamRow = { id: string; kind: string; name: string; area_code: string };
const toTeam = (row: TeamRow): Team => ({ id: row.id, kind: row.kind, name: row.name, areaCode: row.area_code });

export async function findTeam(tx: ReadTx, id: string, lock = false): Promise<Team | null> {
  const { rows } = await sql<TeamRow>`
    SELECT id, kind, name, area_code FROM duty.team
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid AND closed_at IS NULL ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    tx,
  );
  return rows[0] ? toTeam(rows[0]) : null;
}

/** Open teams at or below one of the prefixes, by area and name. */
export async function teamsIn(tx: ReadTx, prefixes: readonly string[]): Promise<readonly Team[]> {
  const { rows } = await sql<TeamRow>`
    SELECT id, kind, name, area_code FROM duty.team t
    WHERE t.tenant_id = ${tenant} AND t.closed_at IS NULL
      AND EXISTS (SELECT FROM unnest(${[...prefixes]}::text[]) AS p (prefix) WHERE starts_with(t.area_code, p.prefix))
    ORDER BY t.area_code, t.name, t.id LIMIT 300`.execute(tx);
  return rows.map(toTeam);
}

/** Open teams that answer for a place: those of its town first, then the county's. */
export async function teamsFor(tx: ReadTx, areaCode: string): Promise<readonly Team[]> {
  const { rows } = await sql<TeamRow>`
    SELECT id, kind, name, area_code FROM duty.team t
    WHERE t.tenant_id = ${tenant} AND t.closed_at IS NULL AND starts_with(${areaCode}, t.area_code)
    ORDER BY length(t.area_code) DESC, t.name, t.id`.execute(tx);
  return rows.map(toTeam);
}

export async function insertTeam(tx: WriteTx, team: Team, now: Date): Promise<void> {
  await sql`
    INSERT INTO duty.team (tenant_id, id, kind, name, area_code, created_at)
    VALUES (${tenant}, ${team.id}, ${team.kind}, ${team.name}, ${team.areaCode}, ${now})`.execute(tx);
}

export async function closeTeam(tx: WriteTx, id: string, now: Date): Promise<void> {
  await sql`UPDATE duty.team SET closed_at = ${now} WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
}

export type TeamMember = { readonly teamId: string; readonly postId: string; readonly userId: string };

export async function membersOf(tx: ReadTx, teamIds: readonly string[]): Promise<readonly TeamMember[]> {
  const { rows } = await sql<{ team_id: string; post_id: string; user_id: string }>`
    SELECT team_id, post_id, user_id FROM duty.team_member
    WHERE tenant_id = ${tenant} AND team_id = ANY(${[...teamIds]}::uuid[]) ORDER BY added_at, post_id`.execute(tx);
  return rows.map((row) => ({ teamId: row.team_id, postId: row.post_id, userId: row.user_id }));
}

export async function addMember(tx: WriteTx, member: TeamMember, now: Date): Promise<void> {
  await sql`
    INSERT INTO duty.team_member (tenant_id, team_id, post_id, user_id, added_at)
    VALUES (${tenant}, ${member.teamId}, ${member.postId}, ${member.userId}, ${now}) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
}

export async function removeMember(tx: WriteTx, teamId: string, postId: string): Promise<void> {
  await sql`
    DELETE FROM duty.team_member
    WHERE tenant_id = ${tenant} AND team_id = ${teamId} AND post_id = ${postId}::uuid`.execute(tx);
}

export type StoredShift = Shift & {
  readonly teamId: string;
  readonly handoverNote: string | null;
  readonly handedOverAt: string | null;
};
type ShiftRow = {
  id: string;
  team_id: string;
  starts_at: Date;
  ends_at: Date;
  line: string[];
  handover_note: string | null;
  handed_over_at: Date | null;
};
const toShift = (row: ShiftRow): StoredShift => ({
  id: row.id,
  teamId: row.team_id,
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  line: row.line,
  handoverNote: row.handover_note,
  handedOverAt: row.handed_over_at?.toISOString() ?? null,
});
const SHIFT = sql`id, team_id, starts_at, ends_at, line, handover_note, handed_over_at`;

/** Shifts of some teams that touch a span, in order. */
export async function shiftsBetween(
  tx: ReadTx,
  teamIds: readonly string[],
  from: Date,
  to: Date,
): Promise<readonly StoredShift[]> {
  const { rows } = await sql<ShiftRow>`
    SELECT ${SHIFT} FROM duty.shift
    WHERE tenant_id = ${tenant} AND team_id = ANY(${[...teamIds]}::uuid[]) AND starts_at < ${to} AND ends_at > ${from}
    ORDER BY starts_at, id`.execute(tx);
  return rows.map(toShift);
}

/** Shifts of any team in which one of these posts stands, that touch a span. */
export async function shiftsOfPosts(
  tx: ReadTx,
  postIds: readonly string[],
  from: Date,
  to: Date,
): Promise<readonly StoredShift[]> {
  const { rows } = await sql<ShiftRow>`
    SELECT ${SHIFT} FROM duty.shift
    WHERE tenant_id = ${tenant} AND starts_at < ${to} AND ends_at > ${from} AND line && ${[...postIds]}::uuid[]
    ORDER BY starts_at, id`.execute(tx);
  return rows.map(toShift);
}

export async function findShift(tx: ReadTx, id: string): Promise<StoredShift | null> {
  const { rows } = await sql<ShiftRow>`
    SELECT ${SHIFT} FROM duty.shift WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
  return rows[0] ? toShift(rows[0]) : null;
}

export async function insertShift(tx: WriteTx, shift: Shift & { readonly teamId: string }): Promise<void> {
  await sql`
    INSERT INTO duty.shift (tenant_id, id, team_id, starts_at, ends_at, line)
    VALUES (${tenant}, ${shift.id}, ${shift.teamId}, ${shift.startsAt}, ${shift.endsAt}, ${[...shift.line]}::uuid[])`.execute(
    tx,
  );
}

export async function deleteShift(tx: WriteTx, id: string): Promise<void> {
  await sql`DELETE FROM duty.shift WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

export async function noteHandover(tx: WriteTx, id: string, note: string, now: Date): Promise<void> {
  await sql`
    UPDATE duty.shift SET handover_note = ${note}, handed_over_at = ${now}
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

/** A call as loaded, with the lines of its case by which it is seen. */
export type StoredCall = {
  readonly call: Call;
  readonly caseNumber: string;
  readonly lane: Lane;
  readonly sensitivity: string;
};
type CallRow = { facts: Call; case_number: string; lane: Lane; sensitivity: string };
export const CALL_COLUMNS = sql`c.facts, c.case_number, c.lane, c.sensitivity`;
export const toStoredCall = (row: CallRow): StoredCall => ({
  call: row.facts,
  caseNumber: row.case_number,
  lane: row.lane,
  sensitivity: row.sensitivity,
});

export async function findCall(tx: ReadTx, actor: Actor, id: string, lock: boolean): Promise<StoredCall | null> {
  const { rows } = await sql<CallRow>`
    SELECT ${CALL_COLUMNS} FROM duty.call c
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ${id}::uuid ${lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0] ? toStoredCall(rows[0]) : null;
}

export async function callsOfCase(tx: ReadTx, actor: Actor, caseId: string): Promise<StoredCall[]> {
  const { rows } = await sql<CallRow>`
    SELECT ${CALL_COLUMNS} FROM duty.call c
    WHERE c.tenant_id = ${actor.tenant} AND c.case_id = ${caseId}::uuid ORDER BY c.sent_at DESC LIMIT 20`.execute(tx);
  return rows.map(toStoredCall);
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

function callColumns(call: Call, now: Date) {
  return {
    version: call.version,
    state: call.state,
    team_id: call.teamId,
    called_users: call.line.slice(0, call.reached).map((one) => one.userId),
    acknowledged_at: moment(call.acknowledgedAt),
    arrived_at: moment(call.arrivedAt),
    reported_at: moment(call.reportedAt),
    ended_at: moment(call.endedAt),
    facts: JSON.stringify(call),
    updated_at: now,
  };
}

export async function insertCall(tx: WriteTx, actor: Actor, { call, ...lines }: StoredCall, now: Date): Promise<void> {
  await tx
    .insertInto('duty.call')
    .values({
      tenant_id: actor.tenant,
      id: call.id,
      case_id: call.caseId,
      case_number: lines.caseNumber,
      area_code: call.areaCode,
      lane: lines.lane,
      sensitivity: lines.sensitivity,
      sent_at: new Date(call.sentAt),
      ...callColumns(call, now),
    } as never)
    .execute();
  await setTimers(tx, timersOf(actor.tenant, call));
}

/** Writes what a step changed, and its clocks. */
export async function saveCall(tx: WriteTx, actor: Actor, call: Call, now: Date): Promise<void> {
  await tx
    .updateTable('duty.call')
    .set(callColumns(call, now) as never)
    .where('tenant_id', '=', actor.tenant)
    .where('id', '=', call.id)
    .execute();
  await clearTimers(tx, actor.tenant, DUTY_TIMER, call.id);
  await setTimers(tx, timersOf(actor.tenant, call));
}

function timersOf(tenantId: number, call: Call) {
  return runningClocks(call).map(({ clock, dueAt }) => ({
    tenant: tenantId,
    kind: DUTY_TIMER,
    subject: call.id,
    name: clock,
    dueAt: new Date(dueAt),
    payload: { clock, dueAt },
  }));
}
