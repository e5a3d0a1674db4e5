import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { attempt } from '../../platform/database/transaction.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { act } from './act.ts';
import type { ChosenCase, EachResult } from './contract.ts';
import type { CaseCommand } from './rules/commands.ts';
import { sees } from './sees.ts';
import { findStored, type StoredCase } from './stored.ts';

export type StepOnEach = {
  /** Names the batch in the record of who did what. */
  readonly name: string;
  /** The right that each case is asked for. */
  readonly permission: string;
  readonly command: (stored: StoredCase, one: ChosenCase) => Promise<Result<CaseCommand>>;
  /** What comes next for a case on which the step was taken. */
  readonly next: (command: CaseCommand) => Promise<string>;
  /** Another case that every step touches, locked with the others. */
  readonly together?: string;
};

type By = { readonly actor: Actor; readonly locale: Locale; readonly now: Date };

/**
 * Takes one step on each of some cases in one transaction, each under a savepoint of its own: what one refuses undoes
 * nothing of the others, and a repeated request is answered as a whole. A case the actor may not see answers as if it
 * were not there.
 */
export async function actOnEach(
  app: App,
  tx: WriteTx,
  by: By,
  chosen: readonly ChosenCase[],
  step: StepOnEach,
): Promise<EachResult[]> {
  await lockInOrder(tx, by.actor, [...chosen.map(({ id }) => id), ...(step.together ? [step.together] : [])]);
  const results: EachResult[] = [];
  for (const one of chosen) results.push(await onOne(app, tx, by, one, step));
  const done = results.filter((result) => result.done).length;
  const entry = { action: step.name, targetKind: 'batch', targetId: uuidv7(), result: 'done' } as const;
  const refused = [...new Set(results.flatMap(({ code }) => code ?? []))];
  await audit(tx, by.actor, { ...entry, details: { cases: chosen.length, done, refused } }, by.now);
  return results;
}

/** Always in the order of ids, so that two batches over the same cases wait for one another and do not lock up. */
async function lockInOrder(tx: WriteTx, actor: Actor, ids: readonly string[]): Promise<void> {
  for (const id of [...new Set(ids)].sort()) await findStored(tx, actor, id, true);
}

async function onOne(app: App, tx: WriteTx, by: By, one: ChosenCase, step: StepOnEach): Promise<EachResult> {
  const stored = await seen(app, tx, by.actor, one.id);
  if (isRefusal(stored)) return refusedRow(app, by, one, null, stored);
  const taken = await attempt(tx, async () => {
    if (postsFor(app.permissions, by.actor, step.permission).length === 0) return refuse('auth.forbidden');
    const command = await step.command(stored, one);
    if (isRefusal(command)) return command;
    const done = await act(tx, by.actor, stored, command, by.now);
    return isRefusal(done) ? done : { done, command };
  });
  if (isRefusal(taken)) return refusedRow(app, by, one, stored, taken);
  const { done, command } = taken;
  const row = { id: one.id, number: stored.state.number, version: done.version, state: done.state };
  return { ...row, done: true, code: null, message: null, next: await step.next(command) };
}

async function seen(app: App, tx: WriteTx, actor: Actor, id: string): Promise<Result<StoredCase>> {
  const stored = await findStored(tx, actor, id, true);
  return stored && sees(app, actor, stored) ? stored : refuse('cases.not_found');
}

/** Version and state as they are now, so that whoever still wants the step can ask for it knowingly. */
function refusedRow(app: App, by: By, one: ChosenCase, stored: StoredCase | null, refusal: Refusal): EachResult {
  const t = (key: string, values = {}) => say(app.texts, by.locale, key, values);
  const now = stored ? { number: stored.state.number, version: stored.state.version, state: stored.state.state } : NONE;
  const message = t(`refusal.${refusal.code}`, refusal.details);
  return { id: one.id, ...now, done: false, code: refusal.code, message, next: t(nextKey(refusal.code)) };
}

const NONE = { number: null, version: null, state: null };

function nextKey(code: string): string {
  switch (code) {
    case 'cases.not_found':
      return 'cases.each.leave_out';
    case 'cases.stale_version':
      return 'cases.each.look_again';
    case 'auth.forbidden':
    case 'cases.not_your_part':
      return 'cases.each.others';
    default:
      return 'cases.each.alone';
  }
}
