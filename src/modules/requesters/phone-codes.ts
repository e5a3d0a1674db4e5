import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import type { Resident } from '../../platform/auth/actor.ts';
import type { SealedTable } from '../../platform/crypto/reseal.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { phoneIndexesOf, phoneIndexOf } from './identities.ts';
import { CODE_RULES, secondsUntilNextCode } from './rules/code.ts';
import { tenant } from './tenant.ts';

/** A resident's session ends after a day: the phone may be shared, and a new code costs nothing. */
export const RESIDENT_SESSION_SECONDS = 86_400;

export type IssuedCode =
  | { readonly state: 'issued'; readonly id: string; readonly code: string }
  | { readonly state: 'wait'; readonly seconds: number };

/**
 * Makes a code for a phone, or says how long to wait. Nothing here looks whether anyone filed with that phone, so
 * nothing can be learnt about it.
 */
export async function issueCode(
  tx: WriteTx,
  vault: Vault,
  of: { readonly phone: string; readonly address: string },
  now: Date,
): Promise<IssuedCode> {
  const phoneIndex = phoneIndexOf(vault, of.phone);
  const addressIndex = vault.blindIndex(vault.tenant, 'address', of.address);
  // Requests for one phone wait for each other, or many at once would each see none before them.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${phoneIndex}, ${vault.tenant}))`.execute(tx);
  const wait = secondsUntilNextCode(await historyOf(tx, phoneIndexesOf(vault, of.phone), addressIndex, now), now);
  if (wait > 0) return { state: 'wait', seconds: wait };
  const id = uuidv7();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await sql`
    INSERT INTO requesters.phone_code
      (tenant_id, id, phone_index, address_index, code_mac, tries, created_at, expires_at)
    VALUES (${vault.tenant}, ${id}, ${phoneIndex}, ${addressIndex}, ${macOf(vault, id, code)}, 0, ${now},
      ${new Date(now.getTime() + CODE_RULES.lifeSeconds * 1000)})`.execute(tx);
  return { state: 'issued', id, code };
}

async function historyOf(tx: ReadTx, phoneIndexes: readonly string[], addressIndex: string, now: Date) {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const forPhone = await sql<{ created_at: Date }>`
    SELECT created_at FROM requesters.phone_code
    WHERE tenant_id = ${tenant} AND phone_index = ANY(${[...phoneIndexes]}) AND created_at > ${dayAgo}
    ORDER BY created_at DESC LIMIT ${CODE_RULES.perPhoneDay}`.execute(tx);
  const fromAddress = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM requesters.phone_code
      WHERE tenant_id = ${tenant} AND address_index = ${addressIndex} AND created_at > ${hourAgo}
      LIMIT ${CODE_RULES.perAddressHour}) AS recent`.execute(tx);
  return {
    forPhone: forPhone.rows.map((row) => row.created_at),
    fromAddressInHour: fromAddress.rows[0]?.count ?? 0,
  };
}

/**
 * Takes the newest code of a phone. True once, for the right code in time; each wrong one counts, and after the fifth
 * the code is dead. Commit also when it answers false, or the count is lost.
 */
export async function redeemCode(tx: WriteTx, vault: Vault, phone: string, typed: string, now: Date): Promise<boolean> {
  const found = await sql<{ id: string; code_mac: Buffer; tries: number; expires_at: Date; used_at: Date | null }>`
    SELECT id, code_mac, tries, expires_at, used_at FROM requesters.phone_code
    WHERE tenant_id = ${tenant} AND phone_index = ANY(${[...phoneIndexesOf(vault, phone)]})
    ORDER BY created_at DESC LIMIT 1 FOR UPDATE`.execute(tx);
  const code = found.rows[0];
  if (!code || code.used_at || code.expires_at <= now || code.tries >= CODE_RULES.tries) return false;
  const fits = timingSafeEqual(macOf(vault, code.id, typed), code.code_mac);
  await sql`
    UPDATE requesters.phone_code SET tries = ${code.tries + 1}, used_at = ${fits ? now : null}
    WHERE tenant_id = ${tenant} AND id = ${code.id}`.execute(tx);
  return fits;
}

/** Opens a session for a proved phone; answers the token for the cookie. Only its digest is stored. */
export async function openResidentSession(tx: WriteTx, vault: Vault, phone: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const hash = digest(token);
  await sql`
    INSERT INTO requesters.resident_session (tenant_id, token_hash, phone_index, phone, created_at, expires_at)
    VALUES (${vault.tenant}, ${hash}, ${phoneIndexOf(vault, phone)},
      ${vault.seal(vault.tenant, phone, `resident session:${hash.toString('hex')}`)}, ${now},
      ${new Date(now.getTime() + RESIDENT_SESSION_SECONDS * 1000)})`.execute(tx);
  return token;
}

export async function closeResidentSession(tx: WriteTx, token: string): Promise<void> {
  await sql`DELETE FROM requesters.resident_session WHERE tenant_id = ${tenant} AND token_hash = ${digest(token)}`.execute(
    tx,
  );
}

/** The phone index of a live session; registered with the actor resolver. */
export async function findResident(tx: ReadTx, token: string, now: Date): Promise<string | null> {
  const found = await sql<{ phone_index: string }>`
    SELECT phone_index FROM requesters.resident_session
    WHERE tenant_id = ${tenant} AND token_hash = ${digest(token)} AND expires_at > ${now}`.execute(tx);
  return found.rows[0]?.phone_index ?? null;
}

/** The phone a resident proved, for filing with it and for showing it masked; null without a live session. */
export async function phoneOfResident(tx: ReadTx, vault: Vault, resident: Resident, now: Date): Promise<string | null> {
  if (resident.phoneIndex === null) return null;
  const found = await sql<{ token_hash: Buffer; phone: Buffer }>`
    SELECT token_hash, phone FROM requesters.resident_session
    WHERE tenant_id = ${tenant} AND phone_index = ${resident.phoneIndex} AND expires_at > ${now}
    ORDER BY created_at DESC LIMIT 1`.execute(tx);
  const row = found.rows[0];
  return row ? vault.open(vault.tenant, row.phone, `resident session:${row.token_hash.toString('hex')}`) : null;
}

/** What rotations seal anew here. */
export const SEALED_SESSIONS: SealedTable = {
  table: 'requesters.resident_session',
  key: ['token_hash'],
  sealed: ['phone'],
  context: (_column, row) => `resident session:${(row.token_hash as Buffer).toString('hex')}`,
  indexes: [{ column: 'phone_index', of: 'phone', make: phoneIndexOf }],
};

/** Removes sessions that ended and codes older than the longest limit looks back. */
export async function purgeResidentSessions(tx: WriteTx, now: Date): Promise<void> {
  await sql`DELETE FROM requesters.resident_session WHERE tenant_id = ${tenant} AND expires_at < ${now}`.execute(tx);
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await sql`DELETE FROM requesters.phone_code WHERE tenant_id = ${tenant} AND created_at < ${dayAgo}`.execute(tx);
}

function macOf(vault: Vault, id: string, code: string): Buffer {
  return vault.mac('phone code', `${id}:${code}`);
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
