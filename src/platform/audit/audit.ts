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

/** A row of `platform.audit_entry`. */
export type AuditRow = {
  readonly tenant_id: number;
  readonly id: string;
  readonly at: Date;
  readonly actor_id: string;
  readonly actor_kind: Actor['kind'];
  readonly post_id: string | null;
  readonly action: string;
  readonly target_kind: string;
  readonly target_id: string;
  readonly result: AuditEntry['result'];
  readonly address: string | null;
  readonly details: AuditDetails;
};

/** An entry as it is stored. */
export function auditRow(actor: Actor, entry: AuditEntry, at: Date): AuditRow {
  return {
    tenant_id: actor.tenant,
    id: uuidv7(),
    at,
    actor_id: actorId(actor),
    actor_kind: actor.kind,
    post_id: entry.postId ?? null,
    action: entry.action,
    target_kind: entry.targetKind,
    target_id: entry.targetId,
    result: entry.result,
    address: entry.address ?? null,
    details: checked(entry.details ?? {}),
  };
}

export async function storeEntries(tx: WriteTx, rows: readonly AuditRow[]): Promise<void> {
  await tx
    .insertInto('platform.audit_entry')
    .values(rows as never)
    .execute();
}

/**
 * Writes who did what to what, in the transaction of the change: no change without its entry, no entry without its
 * change.
 */
export async function audit(tx: WriteTx, actor: Actor, entry: AuditEntry, at: Date = new Date()): Promise<void> {
  await storeEntries(tx, [auditRow(actor, entry, at)]);
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
