import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { keyVersionOf } from '../../platform/crypto/create-vault.ts';
import type { SealedTable } from '../../platform/crypto/reseal.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { canonicalIdentity, type GivenIdentity, readIdentity } from './rules/identity.ts';
import { maskMail, maskName } from './rules/mask.ts';
import { maskPhone, phoneEnding } from './rules/phone.ts';
import { tenant } from './tenant.ts';

type Part = 'name' | 'phone' | 'mail';

export type SavedRequester = {
  readonly id: string;
  readonly phoneIndex: string | null;
  /** Salted digest of the identity, for the case's chain; `checkRequester` compares it. */
  readonly commitment: string;
};

export type PlainRequester = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly mail: string | null;
};

/**
 * Seals who asked and answers the id under which a case may point to him. One record a filing: two filings of one
 * person are joined by nothing but the index of his phone.
 * Refuses `requesters.bad_phone`, `requesters.phone_needs_area_code`, `requesters.bad_mail`.
 */
export async function saveRequester(
  tx: WriteTx,
  vault: Vault,
  given: GivenIdentity & { readonly locale?: Locale },
): Promise<Result<SavedRequester>> {
  const identity = readIdentity(given);
  if (isRefusal(identity)) return identity;
  const id = uuidv7();
  const salt = randomBytes(16);
  const seal = (part: Part) => {
    const plain = identity[part];
    return plain === null ? null : vault.seal(vault.tenant, plain, contextOf(id, part));
  };
  const phoneIndex = identity.phone === null ? null : phoneIndexOf(vault, identity.phone);
  const endingIndex = identity.phoneEnding === null ? null : phoneEndingIndexOf(vault, identity.phoneEnding);
  const keyVersion = keyVersionOf(vault.seal(vault.tenant, '', 'version'));
  await sql`
    INSERT INTO requesters.requester
      (tenant_id, id, name, phone, mail, phone_index, phone_ending_index, salt, key_version, locale, created_at)
    VALUES (${vault.tenant}, ${id}, ${seal('name')}, ${seal('phone')}, ${seal('mail')}, ${phoneIndex}, ${endingIndex},
      ${salt}, ${keyVersion}, ${given.locale ?? 'zh-CN'}, ${new Date()})`.execute(tx);
  return { id, phoneIndex, commitment: commitmentOf(salt, identity) };
}

/** What every reader of a case may see of the person: `汪**`, `138****8000`. Null when erased or unknown. */
export async function maskedRequester(tx: ReadTx, vault: Vault, id: string): Promise<PlainRequester | null> {
  const found = await findRow(tx, id);
  if (!found || found.erased_at) return null;
  const { name, phone, mail } = openRow(vault, id, found);
  return { name: name && maskName(name), phone: phone && maskPhone(phone), mail: mail && maskMail(mail) };
}

/**
 * The person in plain words, for an officer who said why. Whether he may is the caller's to decide; that he did is
 * recorded here, in the same transaction: no look without its entry.
 */
export async function unmaskRequester(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Result<PlainRequester>> {
  const found = await findRow(tx, id);
  if (!found) return refuse('requesters.not_found');
  if (found.erased_at) return refuse('requesters.erased', { order: found.erasure_order ?? '' });
  const unmaskingId = uuidv7();
  const sealedReason = vault.seal(vault.tenant, reason, `unmasking:${unmaskingId}`);
  await sql`
    INSERT INTO requesters.unmasking (tenant_id, id, requester_id, officer_id, reason, at)
    VALUES (${vault.tenant}, ${unmaskingId}, ${id}, ${actorId(actor)}, ${sealedReason}, ${new Date()})`.execute(tx);
  await audit(tx, actor, {
    action: 'requesters.unmask',
    targetKind: 'requester',
    targetId: id,
    result: 'done',
    details: { unmasking: unmaskingId },
  });
  return openRow(vault, id, found);
}

export type Contact = { readonly phone: string | null; readonly mail: string | null; readonly locale: Locale };

/** Where to send the person a message; for consumers alone, never for a screen. Null when erased or unknown. */
export async function contactOf(tx: ReadTx, vault: Vault, id: string): Promise<Contact | null> {
  const found = await findRow(tx, id);
  if (!found || found.erased_at) return null;
  const { phone, mail } = openRow(vault, id, found);
  return { phone, mail, locale: found.locale };
}

/** Records of filings made with a phone, newest first; at most 200. */
export async function requesterIdsByPhone(tx: ReadTx, phoneIndexes: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT id FROM requesters.requester WHERE tenant_id = ${tenant} AND phone_index = ANY(${[...phoneIndexes]})
    ORDER BY created_at DESC LIMIT 200`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Records whose phone ends with these four digits, newest first; the caller shows only cases its reader may see. */
export async function requesterIdsByPhoneEnding(tx: ReadTx, vault: Vault, ending: string): Promise<string[]> {
  if (!/^\d{4}$/.test(ending)) return [];
  const found = await sql<{ id: string }>`
    SELECT id FROM requesters.requester
    WHERE tenant_id = ${tenant} AND phone_ending_index = ANY(${[...vault.blindIndexes(vault.tenant, ENDING, ending)]})
    ORDER BY created_at DESC LIMIT 500`.execute(tx);
  return found.rows.map((row) => row.id);
}

/**
 * Removes the identity for good and keeps that it was removed, when, by whom and by which order. What hangs on the
 * record (cases, the record of looks) stays. Asking again changes nothing.
 */
export async function eraseRequester(
  tx: WriteTx,
  actor: Actor,
  id: string,
  erasure: { readonly order: string; readonly at: Date },
): Promise<Result<null>> {
  const erased = await sql`
    UPDATE requesters.requester
    SET name = NULL, phone = NULL, mail = NULL, phone_index = NULL, phone_ending_index = NULL, salt = NULL,
      erased_at = ${erasure.at}, erased_by = ${actorId(actor)}, erasure_order = ${erasure.order}
    WHERE tenant_id = ${tenant} AND id = ${id} AND erased_at IS NULL RETURNING id`.execute(tx);
  if (erased.rows.length === 0) return (await findRow(tx, id)) ? null : refuse('requesters.not_found');
  const entry = { action: 'requesters.erase', targetKind: 'requester', targetId: id, result: 'done' } as const;
  await audit(tx, actor, { ...entry, details: { order: erasure.order } }, erasure.at);
  return null;
}

/** Whether the record still is what a case's chain committed to. */
export async function checkRequester(
  tx: ReadTx,
  vault: Vault,
  id: string,
  commitment: string,
): Promise<{ readonly state: 'intact' | 'changed' } | { readonly state: 'erased'; readonly order: string }> {
  const found = await findRow(tx, id);
  if (found?.erased_at) return { state: 'erased', order: found.erasure_order ?? '' };
  if (!found?.salt) return { state: 'changed' };
  const intact = commitmentOf(found.salt, openRow(vault, id, found)) === commitment;
  return { state: intact ? 'intact' : 'changed' };
}

/** Keyed digest of a phone in stored form. */
export function phoneIndexOf(vault: Vault, phone: string): string {
  return vault.blindIndex(vault.tenant, 'phone', phone);
}

/** The digests under every key in use, for look-ups: while a rotation runs, rows hang on the former or on the new one. */
export function phoneIndexesOf(vault: Vault, phone: string): readonly string[] {
  return vault.blindIndexes(vault.tenant, 'phone', phone);
}

const ENDING = 'phone ending';

function phoneEndingIndexOf(vault: Vault, ending: string): string {
  return vault.blindIndex(vault.tenant, ENDING, ending);
}

/** What rotations seal anew here. */
export const SEALED_REQUESTERS: readonly SealedTable[] = [
  {
    table: 'requesters.requester',
    key: ['id'],
    sealed: ['name', 'phone', 'mail'],
    context: (column, row) => contextOf(String(row.id), column as Part),
    indexes: [
      { column: 'phone_index', of: 'phone', make: phoneIndexOf },
      {
        column: 'phone_ending_index',
        of: 'phone',
        make: (vault, phone) => phoneEndingIndexOf(vault, phoneEnding(phone)),
      },
    ],
    versionColumn: 'key_version',
  },
  {
    table: 'requesters.unmasking',
    key: ['id'],
    sealed: ['reason'],
    context: (_column, row) => `unmasking:${row.id}`,
  },
];

type Row = {
  name: Buffer | null;
  phone: Buffer | null;
  mail: Buffer | null;
  salt: Buffer | null;
  locale: Locale;
  erased_at: Date | null;
  erasure_order: string | null;
};

async function findRow(tx: ReadTx, id: string): Promise<Row | null> {
  const found = await sql<Row>`
    SELECT name, phone, mail, salt, locale, erased_at, erasure_order FROM requesters.requester
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

function openRow(vault: Vault, id: string, row: Row): PlainRequester {
  const open = (part: Part) => {
    const sealed = row[part];
    return sealed === null ? null : vault.open(vault.tenant, sealed, contextOf(id, part));
  };
  return { name: open('name'), phone: open('phone'), mail: open('mail') };
}

/** Bound to row and column: sealed bytes moved elsewhere do not open. */
function contextOf(id: string, part: Part): string {
  return `requester:${id}:${part}`;
}

function commitmentOf(salt: Buffer, identity: PlainRequester): string {
  return createHash('sha256').update(salt).update(canonicalIdentity(identity)).digest('hex');
}
