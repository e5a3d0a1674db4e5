import { isRefusal } from '../../kit/result.ts';
import { dayOf, startOfDay } from '../../kit/time.ts';
import type { App, OutboxConsumer, TimerHandler } from '../../platform/app.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { setTimer } from '../../platform/timers/timers.ts';
import { sql } from 'kysely';
import type { StepCheck } from '../cases/index.ts';
import { act } from './act.ts';
import type { JointCommand } from './rules/commands.ts';
import { isSettled } from './rules/words.ts';
import { refuse } from '../../kit/result.ts';
import { findJoint, openJointOf, openJointsWith } from './store.ts';
import { organisationNames } from '../organisations/index.ts';

/** An organisation closes on a day to come: its parts go to the successor when the day begins. */
export const CLOSING_TIMER = 'joint.organisation_closed';

/** A clock ran out: recorded once, on the case's record and as an event for those above. One that moved on does nothing. */
export const clockRanOut: TimerHandler = async (timer, tx, now) => {
  const { clock, organisationId } = timer.payload as { clock: 'answer'; organisationId: string | null };
  await bySystem(tx, timer.tenant, timer.subject, { action: 'record_overdue', clock, organisationId }, now);
};

export const organisationClosed: TimerHandler = async (timer, tx, now) => {
  const { successorId } = timer.payload as { successorId: string | null };
  await succeed(tx, timer.tenant, timer.subject, successorId, now);
};

type Unversioned<T> = T extends { readonly expectedVersion: number } ? Omit<T, 'expectedVersion'> : never;

async function bySystem(
  tx: WriteTx,
  tenant: number,
  id: string,
  command: Unversioned<JointCommand>,
  now: Date,
): Promise<void> {
  const actor: Actor = systemActor(tenant, 'joint-handling');
  const stored = await findJoint(tx, actor, id, true);
  if (!stored) return;
  const full = { ...command, expectedVersion: stored.joint.version } as JointCommand;
  const result = await act(tx, actor, stored, full, now);
  // The rules refuse what no longer applies: the step that overtook the clock has said what holds now.
  if (isRefusal(result)) return;
}

async function succeed(
  tx: WriteTx,
  tenant: number,
  organisationId: string,
  successorId: string | null,
  now: Date,
): Promise<void> {
  for (const id of await openJointsWith(tx, tenant, organisationId)) {
    await bySystem(tx, tenant, id, { action: 'succeed', organisationId, successorId }, now);
  }
}

const CASE_OVER = ['case.withdrawn', 'case.voided', 'case.merged', 'case.rejected', 'case.referred', 'case.closed'];

/** What happens below: a case that is over takes its joint handling along, an organisation that closes hands its part on. */
export function followConsumer(app: App): OutboxConsumer {
  return {
    name: 'joint-handling',
    kinds: [...CASE_OVER, 'case.corrected', 'organisation.closed'],
    handle: async (event, tx) => {
      const now = app.now();
      const { tenant, subject, payload } = event;
      if (event.kind === 'organisation.closed') {
        const { successorId, endsOn } = payload as { successorId: string | null; endsOn: string };
        if (endsOn <= dayOf(now)) return succeed(tx, tenant, subject, successorId, now);
        const timer = { tenant, kind: CLOSING_TIMER, subject, dueAt: startOfDay(endsOn), payload: { successorId } };
        return setTimer(tx, timer);
      }
      if (event.kind === 'case.corrected') return correctLines(tx, tenant, subject, payload);
      const open = await openJointOf(tx, systemActor(tenant, 'joint-handling'), subject);
      return open ? bySystem(tx, tenant, open.id, { action: 'end' }, now) : undefined;
    },
  };
}

/** Lane and sensitivity decide who sees it by area; they follow the case. */
async function correctLines(
  tx: WriteTx,
  tenant: number,
  caseId: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    UPDATE joint_handling.joint SET lane = ${payload.lane}, sensitivity = ${payload.sensitivity}
    WHERE tenant_id = ${tenant} AND case_id = ${caseId}::uuid`.execute(tx);
}

/** What would leave those called with nothing to be called for, or say it is done while they still work. */
const STOPPED = ['report_done', 'settle', 'merge', 'reject', 'refer', 'void'];

/** A case is not reported done, nor put aside, while its joint handling is open. */
export const refuseWhileOpen: StepCheck = async (tx, actor, stored, command) => {
  if (!STOPPED.includes(command.action)) return null;
  const joint = await openJointOf(tx, actor, stored.state.id);
  if (!joint) return null;
  const open = joint.members.filter((member) => !isSettled(member.state)).map((member) => member.organisationId);
  if (open.length === 0) return refuse('joint_handling.not_closed');
  const names = await organisationNames(tx, open);
  return refuse('joint_handling.parts_open', {
    count: open.length,
    names: open.map((id) => names.get(id)?.shortName ?? '').join('、'),
  });
};
