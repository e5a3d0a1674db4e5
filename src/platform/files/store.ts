import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { Vault } from '../crypto/vault.ts';
import type { ReadTx, WriteTx } from '../database/database.ts';
import { clearTimers } from '../timers/timers.ts';
import type { PhotoPosition } from './exif-position.ts';
import type { FileType } from './file-types.ts';

export type FileInfo = {
  readonly id: string;
  readonly type: FileType;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
};

/** Fires a day after an upload, unless something took the file in. */
export const PURGE_TIMER = 'files.purge';

/** What a file belongs to, e.g. a case. */
export type FileOwner = { readonly kind: string; readonly id: string };

/** A file with what decides who may see it. */
export type StoredFile = FileInfo & {
  /** Hex; null once erased. */
  readonly sha256: string | null;
  /** What the owner's chain holds of it; stays. */
  readonly commitment: string;
  readonly owner: FileOwner | null;
  readonly createdBy: string;
  readonly releasedKey: string | null;
  readonly erased: boolean;
};

/** Files of one owner: from the public ten in all; from officers enough for every step of a long case. */
const MOST_FILES = { public: 10, officer: 100, system: 100 } as const;

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

type Row = {
  id: string;
  type: FileType;
  size: number;
  width: number | null;
  height: number | null;
  sha256: string | null;
  commitment: string;
  owner_kind: string | null;
  owner_id: string | null;
  created_by: string;
  created_kind: string;
  released_key: string | null;
  erased_at: Date | null;
};

const COLUMNS = sql`id, type, size, width, height, sha256, commitment, owner_kind, owner_id, created_by, created_kind, released_key, erased_at`;

/** The file with what decides who may see it; null when there is none. */
export async function findFile(tx: ReadTx, id: string): Promise<StoredFile | null> {
  const found = await sql<Row>`SELECT ${COLUMNS} FROM platform.file WHERE tenant_id = ${tenant} AND id = ${id}`.execute(
    tx,
  );
  return found.rows[0] ? storedFrom(found.rows[0]) : null;
}

/** Facts about files that were not erased, in no particular order. */
export async function fileInfos(tx: ReadTx, ids: readonly string[]): Promise<FileInfo[]> {
  if (ids.length === 0) return [];
  const found = await sql<Row>`
    SELECT ${COLUMNS} FROM platform.file
    WHERE tenant_id = ${tenant} AND id = ANY(${[...ids]}::uuid[]) AND erased_at IS NULL`.execute(tx);
  return found.rows.map(({ id, type, size, width, height }) => ({ id, type, size, width, height }));
}

/**
 * Gives uploaded files to an owner, in the transaction that needs them, and answers the commitment of each by its id, for the
 * owner's chain. Only
 * who uploaded a file can attach it; a resident is known by holding its id, which nobody can guess. Attaching to the
 * same owner again changes nothing.
 * Refuses `files.not_found`, `files.already_attached`, `files.too_many`.
 */
export async function attachFiles(
  tx: WriteTx,
  actor: Actor,
  ids: readonly string[],
  owner: FileOwner,
): Promise<Result<ReadonlyMap<string, string>>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await sql<Row>`
    SELECT ${COLUMNS} FROM platform.file
    WHERE tenant_id = ${tenant} AND id = ANY(${wanted}::uuid[]) ORDER BY id FOR UPDATE`.execute(tx);
  const fresh = found.rows.filter((row) => row.owner_id === null);
  if (found.rows.length < wanted.length || fresh.some((row) => !isUploader(actor, row)))
    return refuse('files.not_found');
  if (found.rows.some((row) => row.erased_at !== null)) return refuse('files.not_found');
  const foreign = found.rows.some(
    (row) => row.owner_id !== null && (row.owner_id !== owner.id || row.owner_kind !== owner.kind),
  );
  if (foreign) return refuse('files.already_attached');
  if (fresh.length > 0) {
    const full = await refuseTooMany(tx, actor, owner, fresh.length);
    if (full) return full;
    await take(
      tx,
      actor,
      owner,
      fresh.map((row) => row.id),
    );
  }
  return new Map(found.rows.map((row) => [row.id, row.commitment]));
}

/** What a chain holds of a file: without the salt it says nothing about the bytes. Hex. */
export function fileCommitment(salt: Uint8Array, sha256: string): string {
  return createHash('sha256').update(salt).update(Buffer.from(sha256, 'hex')).digest('hex');
}

function isUploader(actor: Actor, row: Row): boolean {
  const kind = uploaderKind(actor);
  return row.created_kind === kind && (kind === 'public' || row.created_by === actorId(actor));
}

async function refuseTooMany(tx: ReadTx, actor: Actor, owner: FileOwner, more: number) {
  const kind = uploaderKind(actor);
  const counted = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM platform.file
    WHERE tenant_id = ${tenant} AND owner_kind = ${owner.kind} AND owner_id = ${owner.id} AND created_kind = ${kind}`.execute(
    tx,
  );
  const limit = MOST_FILES[kind];
  return (counted.rows[0]?.count ?? 0) + more > limit ? refuse('files.too_many', { limit }) : null;
}

async function take(tx: WriteTx, actor: Actor, owner: FileOwner, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE platform.file SET owner_kind = ${owner.kind}, owner_id = ${owner.id}
    WHERE tenant_id = ${tenant} AND id = ANY(${[...ids]}::uuid[])`.execute(tx);
  for (const id of ids) await clearTimers(tx, actor.tenant, PURGE_TIMER, id);
}

/** The name a file was uploaded with; null when it had none. */
export async function fileName(tx: ReadTx, vault: Vault, id: string): Promise<string | null> {
  return openPart(tx, vault, id, 'name');
}

/** Where a photo was taken, as its camera wrote; for whoever may know the place of the case. */
export async function filePosition(tx: ReadTx, vault: Vault, id: string): Promise<PhotoPosition | null> {
  const plain = await openPart(tx, vault, id, 'position');
  return plain === null ? null : (JSON.parse(plain) as PhotoPosition);
}

async function openPart(tx: ReadTx, vault: Vault, id: string, part: 'name' | 'position'): Promise<string | null> {
  const found = await sql<{ sealed: Buffer | null }>`
    SELECT ${sql.ref(part)} AS sealed FROM platform.file WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  const sealed = found.rows[0]?.sealed;
  return sealed ? vault.open(vault.tenant, sealed, `file:${id}:${part}`) : null;
}

function storedFrom(row: Row): StoredFile {
  return {
    id: row.id,
    type: row.type,
    size: row.size,
    width: row.width,
    height: row.height,
    sha256: row.sha256,
    commitment: row.commitment,
    owner: row.owner_kind !== null && row.owner_id !== null ? { kind: row.owner_kind, id: row.owner_id } : null,
    createdBy: row.created_by,
    releasedKey: row.released_key,
    erased: row.erased_at !== null,
  };
}

/** Residents with and without a session are one kind: a filing may begin before the sign-in. */
export function uploaderKind(actor: Actor): 'officer' | 'public' | 'system' {
  switch (actor.kind) {
    case 'officer':
      return 'officer';
    case 'resident':
    case 'anonymous':
      return 'public';
    case 'system':
      return 'system';
  }
}
