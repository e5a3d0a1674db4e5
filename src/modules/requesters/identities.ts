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
import { insertRows, type Statement, sendTogether } from '../../platform/database/rows.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { canonicalIdentity, type GivenIdentity, type Identity, readIdentity } from './rules/identity.ts';
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
  const sealed = sealRequester(vault, given);
  if (isRefusal(sealed)) return sealed;
  await sendTogether(tx, requesterInserts([sealed]));
  const { id, phoneIndex, commitment } = sealed;
  return { id, phoneIndex, commitment };
}

/** Who asked, sealed and not stored yet. */
export type SealedRequester = SavedRequester & { readonly row: Readonly<Record<string, unknown>> };

/** The first half of `saveRequester`, for callers who store many at once. */
export function sealRequester(
  vault: Vault,
  given: GivenIdentity & { readonly locale?: Locale },
): Result<SealedRequester> {
  const identity = readIdentity(given);
  if (isRefusal(identity)) return identity;
  const id = uuidv7();
  const salt = randomBytes(16);
  const { name, phone, mail, phoneIndex, endingIndex, keyVersion } = sealedRow(vault, id, identity);
  const row = {
    tenant_id: vault.tenant,
    id,
    name,
    phone,
    mail,
    phone_index: phoneIndex,
    phone_ending_index: endingIndex,
    salt,
    key_version: keyVersion,
    locale: given.locale ?? 'zh-CN',
    created_at: new Date(),
  };
  return { id, phoneIndex, commitment: commitmentOf(salt, identity), row };
}

/** The other half: the statements that store them. */
export function requesterInserts(sealed: readonly SealedRequester[]): Statement[] {
  return insertRows(
    'requesters.requester',
    sealed.map(({ row }) => row),
  );
}

function sealedRow(vault: Vault, id: string, identity: Identity) {
  const seal = (part: Part) => {
    const plain = identity[part];
    return plain === null ? null : vault.seal(vault.tenant, plain, contextOf(id, part));
  };
  const [name, phone, mail] = [seal('name'), seal('phone'), seal('mail')];
  return {
    name,
    phone,
    mail,
    phoneIndex: identity.phone === null ? null : phoneIndexOf(vault, identity.phone),
    endingIndex: identity.phoneEnding === null ? null : phoneEndingIndexOf(vault, identity.phoneEnding),
    keyVersion: keyVersionOf(name ?? phone ?? mail ?? vault.seal(vault.tenant, '', 'version')),
  };
}

/**
 * For each request's requester a key that two requests of one telephone share. It names nobody and is for counting
 * different people alone: never shown, never kept.
 */
export async function personKeys(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; key: string }>`
    SELECT id, coalesce(phone_index, id::text) AS key FROM requesters.requester
    WHERE tenant_id = ${tenant} AND id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.key]));
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
  look: Look,
): Promise<Result<PlainRequester>> {
  const found = await findRow(tx, id);
  if (!found) return refuse('requesters.not_found');
  if (found.erased_at) return refuse('requesters.erased', { order: found.erasure_order ?? '' });
  await recordLook(tx, vault, actor, id, 'unmasked', look);
  return openRow(vault, id, found);
}

/** Why an officer looks, and as a member of which office; the person reads both. */
export type Look = {
  readonly reason: string;
  readonly organisationId: string | null;
  readonly at: Date;
  readonly address?: string;
};

/**
 * The filings made with a phone, for an officer who said why: recorded with each of them, whatever he may see of their
 * cases. At most 200.
 */
export async function lookUpPhone(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  phone: string,
  look: Look,
): Promise<string[]> {
  const ids = await requesterIdsByPhone(tx, phoneIndexesOf(vault, phone));
  for (const id of ids) await recordLook(tx, vault, actor, id, 'looked_up', look);
  return ids;
}

type LookKind = 'unmasked' | 'looked_up';

async function recordLook(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  requesterId: string,
  kind: LookKind,
  { reason, organisationId, at, address }: Look,
): Promise<void> {
  const id = uuidv7();
  await sql`
    INSERT INTO requesters.unmasking (tenant_id, id, requester_id, officer_id, organisation_id, kind, reason, at)
    VALUES (${vault.tenant}, ${id}, ${requesterId}, ${actorId(actor)}, ${organisationId}, ${kind},
      ${vault.seal(vault.tenant, reason, `unmasking:${id}`)}, ${at})`.execute(tx);
  const entry = {
    action: kind === 'unmasked' ? 'requesters.unmask' : 'requesters.look_up',
    targetKind: 'requester',
    targetId: requesterId,
    result: 'done',
    details: { unmasking: id },
  } as const;
  await audit(tx, actor, address === undefined ? entry : { ...entry, address }, at);
}

export type LookTaken = {
  readonly at: Date;
  readonly kind: LookKind;
  readonly organisationId: string | null;
  readonly reason: string;
};

/** Who looked at an identity, newest first: as which office and why, never who by name. For the person himself. */
export async function looksAt(tx: ReadTx, vault: Vault, requesterId: string): Promise<LookTaken[]> {
  const found = await sql<{ id: string; at: Date; kind: LookKind; organisation_id: string | null; reason: Buffer }>`
    SELECT id, at, kind, organisation_id, reason FROM requesters.unmasking
    WHERE tenant_id = ${tenant} AND requester_id = ${requesterId} ORDER BY at DESC, id DESC LIMIT 200`.execute(tx);
  return found.rows.map(({ id, at, kind, organisation_id, reason }) => ({
    at,
    kind,
    organisationId: organisation_id,
    reason: vault.open(vault.tenant, reason, `unmasking:${id}`),
  }));
}

/** The person in plain words, for himself: whoever calls has made sure that it is he. Null when erased or unknown. */
export async function ownIdentity(tx: ReadTx, vault: Vault, id: string): Promise<PlainRequester | null> {
  const found = await findRow(tx, id);
  return !found || found.erased_at ? null : openRow(vault, id, found);
}

/**
 * Puts right what a person said of himself; parts that are left out stay. The commitment in the chain is of what he said
 * first, so the audit entry holds the one that is true from now on.
 * Refuses `requesters.not_found`, `requesters.erased` and what `saveRequester` refuses.
 */
export async function correctRequester(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  id: string,
  given: GivenIdentity,
  at: Date,
): Promise<Result<null>> {
  const found = await findRow(tx, id);
  if (!found) return refuse('requesters.not_found');
  if (found.erased_at) return refuse('requesters.erased', { order: found.erasure_order ?? '' });
  const identity = readIdentity({ ...openRow(vault, id, found), ...given });
  if (isRefusal(identity)) return identity;
  const salt = randomBytes(16);
  const row = sealedRow(vault, id, identity);
  await sql`
    UPDATE requesters.requester SET name = ${row.name}, phone = ${row.phone}, mail = ${row.mail}, salt = ${salt},
      phone_index = ${row.phoneIndex}, phone_ending_index = ${row.endingIndex}, key_version = ${row.keyVersion}
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  const entry = { action: 'requesters.correct', targetKind: 'requester', targetId: id, result: 'done' } as const;
  await audit(tx, actor, { ...entry, details: { commitment: commitmentOf(salt, identity) } }, at);
  return null;
}

/** Whether something given could be stored as it is; for wishes that are decided later. */
export function checkIdentity(given: GivenIdentity): Result<null> {
  const read = readIdentity(given);
  return isRefusal(read) ? read : null;
}

/** What was given, in the form every reader may see. */
export function maskIdentity({ name, phone, mail }: GivenIdentity): PlainRequester {
  return {
    name: name ? maskName(name) : null,
    phone: phone ? maskPhone(phone) : null,
    mail: mail ? maskMail(mail) : null,
  };
}

export type Contact = { readonly phone: string | null; readonly mail: string | null; readonly locale: Locale };

/** Where to send the person a message; for consumers alone, never for a screen. Null when erased or unknown. */
export async function contactOf(tx: ReadTx, vault: Vault, id: string): Promise<Contact | null> {
  const found = await findRow(tx, id);
  if (!found || found.erased_at) return null;
  const { phone, mail } = openRow(vault, id, found);
  return { phone, mail, locale: found.locale };
}

/**
 * Every word by which the person is known here, to be removed from a text that leaves the platform; never for a screen.
 */
export async function identityWords(tx: ReadTx, vault: Vault, id: string): Promise<readonly string[]> {
  const found = await findRow(tx, id);
  if (!found || found.erased_at) return [];
  const { name, phone, mail } = openRow(vault, id, found);
  return [name, phone, mail].filter((word): word is string => word !== null);
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
