import { isRefusal, type Result } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { CaseCommand } from './rules/commands.ts';
import type { StoredCase } from './stored.ts';

/**
 * What a module above asks before a step of a case is decided, in the step's own transaction and with the case locked.
 * A refusal stops the step. It must be cheap and ask only for the actions it cares about: every step passes by it.
 */
export type StepCheck = (
  tx: ReadTx,
  actor: Actor,
  stored: StoredCase,
  command: CaseCommand,
  now: Date,
) => Promise<Result<null>>;

const checks = new Map<string, StepCheck>();

/** Registers a check under a name; the same name replaces it. */
export function registerStepCheck(name: string, check: StepCheck): void {
  checks.set(name, check);
}

/** The first refusal of those above, or null. */
export async function passStepChecks(...step: Parameters<StepCheck>): Promise<Result<null>> {
  for (const check of checks.values()) {
    const answer = await check(...step);
    if (isRefusal(answer)) return answer;
  }
  return null;
}
