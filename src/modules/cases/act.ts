import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { type Actor, actorId, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { sendAhead } from '../../platform/database/transaction.ts';
import { attachFiles } from '../../platform/files/index.ts';
import { commandContext, viewContext } from './context.ts';
import { chainAll, eventInserts, stateUpdates } from './record.ts';
import { removeRelease, storeRelease } from './released.ts';
import { legalParty } from './rules/actions.ts';
import type { CaseCommand } from './rules/commands.ts';
import { decide } from './rules/decide.ts';
import type { Decision } from './rules/events.ts';
import type { CaseState } from './rules/state.ts';
import { passStepChecks } from './step-checks.ts';
import { findStored, type StoredCase } from './stored.ts';

export type Step = { readonly id: string; readonly version: number; readonly state: CaseState['state'] };

/**
 * One step of a case: the rules decide on the locked state; events, row, timers and outbox are written in the caller's
 * transaction. Answers the new version, or the rules' refusal.
 */
export async function act(
  tx: WriteTx,
  actor: Actor,
  stored: StoredCase,
  command: CaseCommand,
  now: Date,
): Promise<Result<Step>> {
  const context = await commandContext(tx, actor, stored.state, command, now);
  const decision = decide(stored.state, command, context);
  if (isRefusal(decision)) return decision;
  const above = await passStepChecks(tx, actor, stored, command, now);
  if (isRefusal(above)) return above;
  const fileHashes = await attachFiles(
    tx,
    actor,
    decision.events.flatMap((event) => event.files),
    {
      kind: 'case',
      id: stored.state.id,
    },
  );
  if (isRefusal(fileHashes)) return fileHashes;
  const recordings = [{ actor, decision, chain: stored.chain, fileHashes }];
  const chained = chainAll(recordings);
  const chain = chained.ends[0] ?? stored.chain;
  sendAhead(tx, [
    ...eventInserts(tx, recordings, chained),
    ...stateUpdates(tx, actor, stored.state, decision.state, chain, now),
  ]);
  await followRelease(tx, actor, command, decision, now);
  const followed =
    (await followMerge(tx, actor.tenant, command, decision, now)) ??
    (await followParting(tx, actor.tenant, stored.state, decision, now));
  if (isRefusal(followed)) return followed;
  return { id: decision.state.id, version: decision.state.version, state: decision.state.state };
}

/** Why the actor may not take this action now, told from the one table; null when he may. Looks at no command. */
export async function refusalOfStep(
  tx: ReadTx,
  actor: Actor,
  { state }: StoredCase,
  action: CaseCommand['action'],
  now: Date,
): Promise<Refusal | null> {
  const party = legalParty(action, state, await viewContext(tx, actor, state, now));
  return isRefusal(party) ? party : null;
}

/** The case that takes a duplicate in records it in its own chain, in the same transaction. */
async function followMerge(
  tx: WriteTx,
  tenant: number,
  command: CaseCommand,
  decision: Decision,
  now: Date,
): Promise<Result<null>> {
  if (command.action !== 'merge') return null;
  const system = systemActor(tenant, 'merge');
  const master = await findStored(tx, system, command.masterCaseId, true);
  if (!master) return refuse('cases.not_found');
  const adopted = await act(
    tx,
    system,
    master,
    { action: 'adopt_duplicate', duplicateId: decision.state.id, expectedVersion: master.state.version },
    now,
  );
  return isRefusal(adopted) ? adopted : null;
}

/** The case that a duplicate leaves, because it was opened again, lets it go in its own chain. */
async function followParting(
  tx: WriteTx,
  tenant: number,
  before: CaseState,
  decision: Decision,
  now: Date,
): Promise<Result<null>> {
  if (before.state !== 'merged' || before.masterCaseId === null || decision.state.masterCaseId !== null) return null;
  const system = systemActor(tenant, 'merge');
  const master = await findStored(tx, system, before.masterCaseId, true);
  if (!master?.state.duplicateIds.includes(before.id)) return null;
  const released = await act(
    tx,
    system,
    master,
    { action: 'release_duplicate', duplicateId: before.id, expectedVersion: master.state.version },
    now,
  );
  return isRefusal(released) ? released : null;
}

/** Keeps or removes the public text beside the case. */
async function followRelease(
  tx: WriteTx,
  actor: Actor,
  command: CaseCommand,
  decision: Decision,
  now: Date,
): Promise<void> {
  if (command.action === 'unrelease') return removeRelease(tx, actor, decision.state.id);
  if (command.action !== 'release') return undefined;
  return storeRelease(tx, actor, {
    caseId: decision.state.id,
    title: command.title,
    text: command.text,
    answer: command.answer,
    answeredBy: command.answer === null ? null : (decision.state.dispatch?.leadId ?? null),
    areaCode: command.areaCode,
    point: command.point,
    fileIds: command.files,
    by: actorId(actor),
    at: now,
  });
}
