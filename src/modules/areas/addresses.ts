import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { SQLSTATE, sqlState } from '../../platform/database/errors.ts';
import { attempt } from '../../platform/database/transaction.ts';
import { type AddressParts, addressText, normalAddress, placeKey } from './rules/address.ts';
import type { Area } from './rules/area.ts';
import { areaNames, tenant } from './store.ts';
import type { AddressItem } from './contract.ts';

type AddressRow = AddressParts & { readonly id: string; readonly grid_code: string };

async function present(tx: ReadTx, rows: readonly AddressRow[]): Promise<AddressItem[]> {
  const names = await areaNames(
    tx,
    rows.map((row) => row.grid_code),
  );
  return rows.map(({ id, grid_code: code, estate, building, unit, room }) => {
    const grid = names.get(code) ?? { name: code, path: code };
    const parts = { estate, building, unit, room };
    return { id, grid: { code, ...grid }, ...parts, text: addressText(parts) };
  });
}

/** One page of the addresses below any of `prefixes`, in the order they were entered; `estate` is a beginning. */
export async function pageOfAddresses(
  tx: ReadTx,
  prefixes: readonly string[],
  query: { readonly after?: string | undefined; readonly limit: number; readonly estate?: string | undefined },
): Promise<{ items: AddressItem[]; next: string | null }> {
  const found = await sql<AddressRow>`
    SELECT id, grid_code, estate, building, unit, room FROM areas.address
    WHERE tenant_id = ${tenant}
      AND EXISTS (SELECT FROM unnest(${[...prefixes]}::text[]) AS p(prefix) WHERE starts_with(grid_code, p.prefix))
      AND (${query.estate ?? null}::text IS NULL OR starts_with(estate, ${query.estate ?? ''}))
      AND (${query.after ?? null}::uuid IS NULL OR id > ${query.after ?? null}::uuid)
    ORDER BY id LIMIT ${query.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, query.limit);
  const last = rows[rows.length - 1];
  return { items: await present(tx, rows), next: found.rows.length > query.limit && last ? last.id : null };
}

/** Adds one address to an open grid or micro-grid. */
export async function addAddress(
  tx: WriteTx,
  grid: Area,
  written: { readonly [K in keyof AddressParts]?: string | undefined },
): Promise<Result<AddressItem>> {
  if (grid.level !== 'grid' && grid.level !== 'micro_grid') return refuse('areas.not_a_grid', { name: grid.name });
  if (grid.validTo !== null) return refuse('areas.already_closed', { name: grid.name, on: grid.validTo });
  const parts = normalAddress(written);
  if ('reason' in parts) return refuse('areas.address_invalid', { reason: parts.reason });
  const row = { id: uuidv7(), grid_code: grid.code, ...parts };
  const key = placeKey(grid.code.slice(0, 12), parts);
  const done = await sql`
    INSERT INTO areas.address (tenant_id, id, grid_code, estate, building, unit, room, place_key, updated_at)
    VALUES (${tenant}, ${row.id}, ${row.grid_code}, ${parts.estate}, ${parts.building}, ${parts.unit}, ${parts.room},
      ${key}, now())
    ON CONFLICT (tenant_id, place_key) DO NOTHING`.execute(tx);
  if (done.numAffectedRows === 0n) return refuse('areas.address_known', { address: addressText(parts) });
  const [item] = await present(tx, [row]);
  return item ?? refuse('areas.address_invalid', { reason: 'address_empty' });
}

/** Deletes an address unless something refers to it. */
export async function removeAddress(tx: WriteTx, id: string): Promise<Result<{ ok: true }>> {
  return removed('areas.address_not_found', () =>
    attempt(tx, () => sql`DELETE FROM areas.address WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx)),
  );
}

/** Runs a delete; what is referred to is refused, what is not there is not found. */
export async function removed(
  notFound: string,
  work: () => Promise<{ readonly numAffectedRows?: bigint }>,
): Promise<Result<{ ok: true }>> {
  try {
    const done = await work();
    return done.numAffectedRows === 0n ? refuse(notFound) : { ok: true };
  } catch (error) {
    if (sqlState(error) === SQLSTATE.foreignKeyViolation) return refuse('areas.in_use');
    throw error;
  }
}

/** The estates of the addresses that lie in these areas themselves, by name. */
export async function estatesOf(
  tx: ReadTx,
  codes: readonly string[],
): Promise<{ readonly estate: string; readonly addresses: number }[]> {
  const found = await sql<{ estate: string; addresses: number }>`
    SELECT estate, count(*) AS addresses FROM areas.address
    WHERE tenant_id = ${tenant} AND grid_code = ANY(${[...codes]}) GROUP BY estate ORDER BY estate`.execute(tx);
  return found.rows;
}

/** Moves the addresses of one grid to another, all or those of some estates. */
export async function moveAddresses(
  tx: WriteTx,
  from: string,
  to: string,
  estates: readonly string[] | null = null,
): Promise<void> {
  // The key holds the village: it changes with it.
  await sql`
    UPDATE areas.address SET grid_code = ${to}, updated_at = now(),
      place_key = ${to.slice(0, 12)} || substr(place_key, 13)
    WHERE tenant_id = ${tenant} AND grid_code = ${from}
      AND (${estates === null} OR estate = ANY(${[...(estates ?? [])]}))`.execute(tx);
}
