import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { eventsOf } from './present.ts';
import type { PayloadOf } from './rules/events.ts';

/** One step of a joint handling as the case's chain holds it. */
export type JointEntry = {
  readonly seq: number;
  readonly at: Date;
  readonly step: PayloadOf<'joint_step'>['step'];
  readonly organisationId: string | null;
  readonly by: string | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly fileIds: readonly string[];
};

/** The steps of one joint handling in order. The case's chain is where they are kept, words and photos with them. */
export async function jointSteps(tx: ReadTx, actor: Actor, caseId: string, jointId: string): Promise<JointEntry[]> {
  const events = await eventsOf(tx, actor, caseId);
  return events.flatMap(({ seq, at, kind, payload, content, file_ids: fileIds }) => {
    if (kind !== 'joint_step' || payload.jointId !== jointId) return [];
    // The payload is as the rules wrote it.
    const { step, organisationId, by } = payload as unknown as PayloadOf<'joint_step'>;
    return [{ seq, at, step, organisationId, by, texts: content ?? {}, fileIds }];
  });
}
