import { sql } from 'kysely';
import type { Actor, Lane } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { clearTimers, setTimers } from '../../platform/timers/timers.ts';
import { runningClocks } from './rules/clocks.ts';
import type { Joint, Member } from './rules/state.ts';
import { OPEN_STATES } from './rules/words.ts';

export const JOINT_TIMER = 'joint.clock';

/** A joint handling as loaded, with the lines of its case by which it is seen. */
export type StoredJoint = {
  readonly joint: Joint;
  readonly caseNumber: string;
  readonly lane: Lane;
  readonly sensitivity: string;
};

type Row = { facts: Joint; case_number: string; lane: Lane; sensitivity: string };
export const JOINT_COLUMNS = sql`c.facts, c.case_number, c.lane, c.sensitivity`;

export function toStored(row: Row): StoredJoint {
  return { joint: row.facts, caseNumber: row.case_number, lane: row.lane, sensitivity: row.sensitivity };
}

/** Loads one by id, locked against other steps when asked; null when there is none in the tenant. */
export async function findJoint(tx: ReadTx, actor: Actor, id: string, lock: boolean): Promise<StoredJoint | null> {
  const { rows } = await sql<Row>`
    SELECT ${JOINT_COLUMNS} FROM joint_handling.joint c
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ${id}::uuid ${lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0] ? toStored(rows[0]) : null;
}

/** Every joint handling of a case, the newest first. */
export async function jointsOfCase(tx: ReadTx, actor: Actor, caseId: string): Promise<StoredJoint[]> {
  const { rows } = await sql<Row>`
    SELECT ${JOINT_COLUMNS} FROM joint_handling.joint c
    WHERE c.tenant_id = ${actor.tenant} AND c.case_id = ${caseId}::uuid ORDER BY c.opened_at DESC, c.id DESC`.execute(
    tx,
  );
  return rows.map(toStored);
}

/** The one that is open, if any; asked at every step of a case that it could stop, so it reads one index entry. */
export async function openJointOf(tx: ReadTx, actor: Actor, caseId: string): Promise<Joint | null> {
  const { rows } = await sql<{ facts: Joint }>`
    SELECT facts FROM joint_handling.joint
    WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid AND state IN ('asked', 'called')`.execute(tx);
  return rows[0]?.facts ?? null;
}

/** Ids of the open ones that an organisation was called to and still owes something in. */
export async function openJointsWith(tx: ReadTx, tenant: number, organisationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT m.joint_id AS id FROM joint_handling.member m
    JOIN joint_handling.joint c ON c.tenant_id = m.tenant_id AND c.id = m.joint_id
    WHERE m.tenant_id = ${tenant} AND m.organisation_id = ${organisationId}::uuid
      AND c.state = ANY(${[...OPEN_STATES]})
      AND m.state IN ('called', 'refused', 'coming', 'arrived', 'leave_asked')
    ORDER BY m.joint_id`.execute(tx);
  return rows.map((row) => row.id);
}

const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

function jointColumns(joint: Joint, now: Date) {
  return {
    version: joint.version,
    state: joint.state,
    area_code: joint.areaCode,
    lead_id: joint.leadId,
    facts: JSON.stringify(joint),
    whistled_at: at(joint.whistledAt),
    ended_at: at(joint.endedAt),
    cancelled_late: joint.cancelledLate,
    centre_justified: joint.centreRating?.justified ?? null,
    centre_needed: joint.centreRating?.needed ?? null,
    updated_at: now,
  };
}

function memberColumns(member: Member) {
  return {
    state: member.state,
    called_at: new Date(member.calledAt),
    answer_due_at: new Date(member.answerDueAt),
    answered_at: at(member.answeredAt),
    refused_at: at(member.refusedAt),
    ruling: member.ruling,
    arrive_due_at: new Date(member.arriveDueAt),
    arrived_at: at(member.arrivedAt),
    part_due_at: at(member.partDueAt),
    done_at: at(member.doneAt),
    timeliness: member.rating?.timeliness ?? null,
    result: member.rating?.result ?? null,
    justified: member.whistleRating?.justified ?? null,
    needed: member.whistleRating?.needed ?? null,
  };
}

/** Enters a new one with those it calls and the clocks that run. */
export async function insertJoint(tx: WriteTx, actor: Actor, stored: StoredJoint, now: Date): Promise<void> {
  const { joint, caseNumber, lane, sensitivity } = stored;
  await tx
    .insertInto('joint_handling.joint')
    .values({
      tenant_id: actor.tenant,
      id: joint.id,
      case_id: joint.caseId,
      case_number: caseNumber,
      ground: joint.ground,
      lane,
      sensitivity,
      whistler_id: joint.whistlerId,
      asker_id: joint.askerId,
      opened_at: new Date(joint.openedAt),
      ...jointColumns(joint, now),
    } as never)
    .execute();
  await saveMembers(tx, actor, joint);
  await setTimers(tx, timersOf(actor.tenant, joint));
}

/** Writes what a step changed: the row, those called, and the clocks where they moved. */
export async function saveJoint(tx: WriteTx, actor: Actor, before: Joint, joint: Joint, now: Date): Promise<void> {
  await tx
    .updateTable('joint_handling.joint')
    .set(jointColumns(joint, now) as never)
    .where('tenant_id', '=', actor.tenant)
    .where('id', '=', joint.id)
    .execute();
  await saveMembers(tx, actor, joint);
  const timers = timersOf(actor.tenant, joint);
  if (JSON.stringify(timersOf(actor.tenant, before)) === JSON.stringify(timers)) return;
  await clearTimers(tx, actor.tenant, JOINT_TIMER, joint.id);
  await setTimers(tx, timers);
}

async function saveMembers(tx: WriteTx, actor: Actor, joint: Joint): Promise<void> {
  const rows = joint.members.map((member) => ({
    tenant_id: actor.tenant,
    joint_id: joint.id,
    organisation_id: member.organisationId,
    ...memberColumns(member),
  }));
  await tx
    .insertInto('joint_handling.member')
    .values(rows as never)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'joint_id', 'organisation_id']).doUpdateSet((row) => ({
        state: row.ref('excluded.state'),
        answer_due_at: row.ref('excluded.answer_due_at'),
        called_at: row.ref('excluded.called_at'),
        answered_at: row.ref('excluded.answered_at'),
        refused_at: row.ref('excluded.refused_at'),
        ruling: row.ref('excluded.ruling'),
        arrive_due_at: row.ref('excluded.arrive_due_at'),
        arrived_at: row.ref('excluded.arrived_at'),
        part_due_at: row.ref('excluded.part_due_at'),
        done_at: row.ref('excluded.done_at'),
        timeliness: row.ref('excluded.timeliness'),
        result: row.ref('excluded.result'),
        justified: row.ref('excluded.justified'),
        needed: row.ref('excluded.needed'),
      })),
    )
    .execute();
}

function timersOf(tenant: number, joint: Joint) {
  return runningClocks(joint).map(({ clock, organisationId, dueAt }) => ({
    tenant,
    kind: JOINT_TIMER,
    subject: joint.id,
    name: `${clock}:${organisationId ?? ''}`,
    dueAt: new Date(dueAt),
    payload: { clock, organisationId, dueAt },
  }));
}
