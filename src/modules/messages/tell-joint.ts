import { z } from 'zod';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { type Role, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';
import { findJoint, type Joint } from '../joint-handling/index.ts';
import { paramsFor, WORKING, workersOf } from './audiences.ts';
import type { OfficerNotice } from './rules/notices.ts';
import { tellPeople } from './tell.ts';

const jointFacts = z.object({
  caseId: z.string(),
  organisationId: z.string().nullable(),
  owesId: z.string().optional(),
  clock: z.string().nullable(),
});
type JointFacts = z.output<typeof jointFacts>;

type Told = {
  readonly notice: OfficerNotice;
  readonly organisationIds: readonly string[];
  readonly roles: readonly Role[];
  readonly dueAt: string | null;
};

/** Follows joint handling, and tells the offices that are called, asked to rule, late, or done. */
export function tellJoint(app: App): OutboxConsumer {
  return {
    name: 'messages.joint',
    kinds: ['joint.*'],
    handle: async (event, tx) => tellOfJoint(app, tx, event),
  };
}

async function tellOfJoint(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  const facts = jointFacts.parse(event.payload);
  const stored = await findJoint(tx, systemActor(event.tenant, 'messages'), event.subject, false);
  if (!stored) return;
  const { joint } = stored;
  for (const { notice, organisationIds, roles, dueAt } of toldOf(event.kind, facts, joint)) {
    const people = await workersOf(tx, organisationIds, roles, app.now());
    const params = await paramsFor(tx, joint.caseId, joint.areaCode, dueAt, { kind: 'joint', id: joint.id });
    await tellPeople(app, tx, { caseId: joint.caseId, at: event.at, notice, params, people, actorId: '' });
  }
}

function toldOf(kind: string, facts: JointFacts, joint: Joint): readonly Told[] {
  const { organisationId, owesId } = facts;
  const member = joint.members.find((one) => one.organisationId === organisationId);
  const all = joint.members.map((one) => one.organisationId);
  const [first] = joint.members;
  switch (kind) {
    case 'joint.whistled':
      return [{ notice: 'joint_called', organisationIds: all, roles: WORKING, dueAt: first?.answerDueAt ?? null }];
    case 'joint.called':
    case 'joint.replaced':
      return member ? [toMember('joint_called', member.organisationId, member.answerDueAt)] : [];
    case 'joint.must_come':
      return member ? [toMember('joint_must_come', member.organisationId, member.arriveDueAt)] : [];
    case 'joint.refused': {
      const organisationIds = [joint.centreId, joint.whistlerId];
      return [{ notice: 'joint_refused', organisationIds, roles: ['dispatcher'], dueAt: member?.rulingDueAt ?? null }];
    }
    case 'joint.overdue':
      return owesId === undefined ? [] : [toMember('joint_late', owesId, lateSince(facts, joint))];
    case 'joint.closed':
    case 'joint.cancelled':
    case 'joint.ended': {
      // Nobody was called to what the town did not whistle for.
      const organisationIds = joint.whistledAt === null ? [joint.whistlerId] : [...all, joint.whistlerId];
      return [{ notice: 'joint_over', organisationIds, roles: WORKING, dueAt: null }];
    }
    default:
      return [];
  }
}

function toMember(notice: OfficerNotice, organisationId: string, dueAt: string | null): Told {
  return { notice, organisationIds: [organisationId], roles: WORKING, dueAt };
}

/** The deadline that passed; a ruling is owed by the centre, and it is not told for which of those called. */
function lateSince({ clock, organisationId }: JointFacts, joint: Joint): string | null {
  if (clock === 'confirmation') return joint.confirmDueAt;
  const member = joint.members.find((one) => one.organisationId === organisationId);
  if (clock === 'answer') return member?.answerDueAt ?? null;
  if (clock === 'arrival') return member?.arriveDueAt ?? null;
  return clock === 'part' ? (member?.partDueAt ?? null) : null;
}
