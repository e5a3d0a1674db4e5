import type { App } from '../app.ts';
import { type AuditEntry, auditRow } from '../audit/audit.ts';
import { recordEntry } from '../audit/record-reads.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import { postsFor } from '../auth/permission.ts';
import type { Contract } from './contract.ts';

/** What of a request belongs into the record of who did what. */
export type Attempt = {
  readonly contract: Contract;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, unknown>>;
  readonly address: string;
};

/** What the page asks for by itself and repeats. */
const ASKED_AGAIN = new Set(['auth.proof_needed']);

/** Whether a refusal is worth an entry: an officer reached for what he may not have, or not even know of. */
export function isDenied({ contract, actor }: Attempt, code: string, statuses: ReadonlyMap<string, number>): boolean {
  if (actor.kind !== 'officer' || contract.access.kind !== 'action' || ASKED_AGAIN.has(code)) return false;
  const status = statuses.get(code);
  return status === 403 || (status === 404 && 'param' in contract.access);
}

/** Records that something was read, or refused, before anything is answered; throws when it cannot be kept. */
export async function record(app: App, attempt: Attempt, result: AuditEntry['result'], code?: string): Promise<void> {
  const { contract, actor, address } = attempt;
  const { access } = contract;
  const action = access.kind === 'action' ? access.action : null;
  const post = action === null ? undefined : postsFor(app.permissions, actor, action)[0];
  const entry: AuditEntry = {
    action: contract.id,
    ...targetOf(attempt),
    result,
    address,
    ...(post ? { postId: post.id } : {}),
    details: {
      // By which right: the action and the role that grants it.
      ...(action === null ? {} : { right: action }),
      ...(post ? { role: post.role } : {}),
      ...(code === undefined ? {} : { code }),
    },
  };
  await recordEntry(app.database, auditRow(actor, entry, app.now()));
}

function targetOf({ contract, actor, params }: Attempt): { targetKind: string; targetId: string } {
  const { access } = contract;
  if (access.kind === 'action' && 'param' in access) {
    return { targetKind: access.target, targetId: idOf(params[access.param]) };
  }
  const [first] = Object.values(params);
  if (first !== undefined) return { targetKind: contract.id.split('.')[0] ?? '', targetId: idOf(first) };
  return { targetKind: 'list', targetId: actor.kind === 'officer' ? contract.id : actorId(actor) };
}

/** What stands in the path, unless it is no id at all. */
function idOf(value: unknown): string {
  const text = String(value ?? '');
  return /^[\w.:-]{1,60}$/.test(text) ? text : 'malformed';
}
