import { sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import type { KnownArea } from './rules/boundary-file.ts';
import { ancestorsOf } from './rules/codes.ts';
import { tenant } from './store.ts';

/** Every area of the jurisdiction with its path, by code. */
export async function knownAreas(tx: ReadTx, day: string): Promise<Map<string, KnownArea>> {
  const found = await sql<{
    code: string;
    name: string;
    official_name: string;
    short_name: string;
    top: boolean;
    open: boolean;
  }>`
    SELECT code, name, official_name, short_name, parent_code IS NULL AS top,
      valid_to IS NULL OR valid_to > ${day}::date AS open
    FROM areas.area WHERE tenant_id = ${tenant} ORDER BY length(code), code`.execute(tx);
  const areas = new Map<string, KnownArea>();
  const tops = new Set(found.rows.filter((row) => row.top).map((row) => row.code));
  for (const row of found.rows) {
    const above = ancestorsOf(row.code).flatMap((code) => (tops.has(code) ? [] : (areas.get(code)?.name ?? [])));
    areas.set(row.code, {
      code: row.code,
      name: row.name,
      officialName: row.official_name,
      shortName: row.short_name,
      path: [...above, row.name].join('/'),
      open: row.open,
    });
  }
  return areas;
}
