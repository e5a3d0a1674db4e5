import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { Database, WriteTx } from '../database/database.ts';

/**
 * What an entry may tell beside who, what and when: ids, codes, counts. Never names, numbers of persons or free text;
 * the type keeps nested things out, a test looks at the length of strings.
 */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type AuditEntry = {
  /** `module.verb_noun`, as in the contract's id or the permission. */
  readonly action: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly result: 'done' | 'refused' | 'failed';
  readonly details?: AuditDetails;
  /** The caller's network address. */
  readonly address?: string;
  /** The post in whose name it was done, where one was chosen. */
  readonly postId?: string;
};

/** Longest string in the details: an id or a code fits, a sentence does not. */
const LONGEST_DETAIL = 80;

/**
 * Writes who did what to what, in the transaction of the change: no change without its entry, no entry without its
 * change.
 */
export async function audit(tx: WriteTx, actor: Actor, entry: AuditEntry, at: Date = new Date()): Promise<void> {
  await sql`
    INSERT INTO platform.audit_entry
      (tenant_id, id, at, actor_id, actor_kind, post_id, action, target_kind, target_id, result, address, details)
    VALUES (${actor.tenant}, ${uuidv7()}, ${at}, ${actorId(actor)}, ${actor.kind}, ${entry.postId ?? null},
      ${entry.action}, ${entry.targetKind}, ${entry.targetId}, ${entry.result}, ${entry.address ?? null}::inet,
      ${JSON.stringify(checked(entry.details ?? {}))}::jsonb)`.execute(tx);
}

/** Writes an entry of something refused or failed, in a transaction of its own, since the change's was rolled back. */
export async function auditDenied(
  database: Database,
  actor: Actor,
  entry: Omit<AuditEntry, 'result'> & { readonly result?: 'refused' | 'failed' },
  at: Date = new Date(),
): Promise<void> {
  await database.transact(actor, (tx) => audit(tx, actor, { result: 'refused', ...entry }, at));
}

function checked(details: AuditDetails): AuditDetails {
  for (const [key, value] of Object.entries(details)) {
    const strings = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
    if (strings.some((each) => each.length > LONGEST_DETAIL)) {
      throw new Error(`audit detail ${key} is longer than an id or a code`);
    }
  }
  return details;
}
