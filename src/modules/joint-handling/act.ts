import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { attachFiles } from '../../platform/files/index.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { act as actOnCase, findStored } from '../cases/index.ts';
import { organisationsOf as loadOrganisations } from '../organisations/index.ts';
import { owes } from './rules/clocks.ts';
import type { JointCommand } from './rules/commands.ts';
import type { Acting, Called, Context } from './rules/context.ts';
import { decide } from './rules/decide.ts';
import type { Joint } from './rules/state.ts';
import type { Told } from './rules/told.ts';
import { actingOn } from './standing.ts';
import { saveJoint, type StoredJoint } from './store.ts';

export type Step = { readonly id: string; readonly version: number; readonly state: Joint['state'] };

/** What a decision looks at beside the joint handling: who acts, and the organisations named. */
export async function contextOf(
  tx: ReadTx,
  acting: Acting,
  organisationIds: readonly string[],
  now: Date,
): Promise<Context> {
  const found = await loadOrganisations(tx, organisationIds);
  const today = dayOf(now);
  const organisations = new Map<string, Called>();
  for (const [id, { kind, level, name, areaCode, validFrom, validTo }] of found) {
    const active = validFrom <= today && (validTo === null || validTo > today);
    organisations.set(id, { id, kind, level, name, active, areaCode });
  }
  return { now, acting, organisations };
}

function named(joint: Joint, command: JointCommand | null): string[] {
  const more = command?.action === 'call' ? [command.organisationId] : [];
  return [joint.whistlerId, ...joint.members.map((member) => member.organisationId), ...more];
}

export function contextFor(
  tx: ReadTx,
  actor: Actor,
  joint: Joint,
  command: JointCommand | null,
  now: Date,
): Promise<Context> {
  return contextOf(tx, actingOn(actor, joint), named(joint, command), now);
}

/**
 * One step of a joint handling: the rules decide on the locked state; row, clocks, the case's chain, outbox and audit are
 * written in the caller's transaction. Answers the new version, or the refusal.
 */
export async function act(
  tx: WriteTx,
  actor: Actor,
  stored: StoredJoint,
  command: JointCommand,
  now: Date,
): Promise<Result<Step>> {
  const { joint } = stored;
  const decided = decide(joint, command, await contextFor(tx, actor, joint, command, now));
  if (isRefusal(decided)) return decided;
  await saveJoint(tx, actor, joint, decided.joint, now);
  const overdue = command.action === 'record_overdue' ? command : null;
  const followed = await tell(tx, actor, { ...stored, joint: decided.joint }, decided.told, now, {
    clock: overdue?.clock ?? null,
  });
  if (isRefusal(followed)) return followed;
  const organisation = 'organisationId' in command ? command.organisationId : null;
  await audit(
    tx,
    actor,
    {
      action: `joint_handling.${command.action}`,
      targetKind: 'joint_handling',
      targetId: joint.id,
      result: 'done',
      details: { caseId: joint.caseId, organisation },
    },
    now,
  );
  return { id: joint.id, version: decided.joint.version, state: decided.joint.state };
}

/** Tells the case's chain, and through the outbox whoever follows joint handling. No words and no person leave by it. */
export async function tell(
  tx: WriteTx,
  actor: Actor,
  { joint, caseNumber }: StoredJoint,
  steps: readonly Told[],
  now: Date,
  more: { readonly clock: string | null } = { clock: null },
): Promise<Result<null>> {
  const system = systemActor(actor.tenant, 'joint-handling');
  for (const { step, organisationId, texts, files, joins, leaves } of steps) {
    const taken = await attachFiles(tx, actor, files, { kind: 'case', id: joint.caseId });
    if (isRefusal(taken)) return taken;
    const stored = await findStored(tx, system, joint.caseId, true);
    if (!stored) return refuse('cases.not_found');
    const by = actor.kind === 'officer' ? actorId(actor) : null;
    const recorded = await actOnCase(
      tx,
      system,
      stored,
      {
        ...{ action: 'record_joint_step', jointId: joint.id, step, organisationId, joins, leaves, by, texts, files },
        expectedVersion: stored.state.version,
      },
      now,
    );
    if (isRefusal(recorded)) return recorded;
  }
  await publishAll(
    tx,
    steps.map(({ step, organisationId, leaves }) => ({
      tenant: actor.tenant,
      kind: `joint.${step}`,
      subject: joint.id,
      at: now,
      payload: {
        caseId: joint.caseId,
        number: caseNumber,
        ground: joint.ground,
        areaCode: joint.areaCode,
        whistlerId: joint.whistlerId,
        leadId: joint.leadId,
        centreId: joint.centreId,
        organisationId,
        // Whose part the organisation took over.
        formerId: step === 'replaced' ? (leaves[0] ?? null) : null,
        clock: more.clock,
        ...(more.clock === null
          ? {}
          : { owesId: owes(joint, more.clock as Parameters<typeof owes>[1], organisationId) }),
      },
    })),
  );
  return null;
}
