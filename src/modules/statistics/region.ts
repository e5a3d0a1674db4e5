import pg from 'pg';
import { measuresOf } from './read-counts.ts';
import { type Figures, figuresOf } from './rules/figures.ts';
import { columnOf, MEASURES } from './rules/measures.ts';

export type RegionRow = Figures & { readonly areaCode: string };
export type Months = { readonly from: string | null; readonly to: string | null };

const SUMS = MEASURES.map(columnOf)
  .map((column) => `sum(${column}) AS ${column}`)
  .join(', ');

/**
 * Counts of every county and city whose code begins with `prefix`, over all tenants of a database, from its sums by month.
 * Read under the role of that region, which is made when it is missing: what the role may not see is not in the answer.
 * `ownerUrl` is the owner of the database; months are yyyy-mm, null for all.
 */
export async function regionCounts(ownerUrl: string, prefix: string, months: Months): Promise<RegionRow[]> {
  if (!/^(\d{2}|\d{4}|\d{6})?$/.test(prefix)) throw new RangeError(`no division: ${prefix}`);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'gongzhi statistics region' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await becomeRegion(client, prefix);
    const { rows } = await client.query<Record<string, string | null>>(
      `SELECT area_code AS area, ${SUMS} FROM statistics.cell
       WHERE dimension = 'all' AND span = 'month' AND day >= coalesce($1::date, '-infinity')
         AND day <= coalesce($2::date, 'infinity')
       GROUP BY 1 ORDER BY 1`,
      [firstOf(months.from), firstOf(months.to)],
    );
    await client.query('COMMIT');
    return rows.map((row) => ({ areaCode: String(row.area), ...figuresOf(measuresOf(row)) }));
  } finally {
    await client.end();
  }
}

/** The transaction goes on as the region's role, which only reads sums and only below its own code. */
async function becomeRegion(client: pg.Client, prefix: string): Promise<void> {
  const role = pg.escapeIdentifier(`gongzhi_region_${prefix}`);
  const known = await client.query('SELECT FROM pg_catalog.pg_roles WHERE rolname = $1', [`gongzhi_region_${prefix}`]);
  if (known.rowCount === 0) await client.query(`CREATE ROLE ${role} NOLOGIN IN ROLE gongzhi_region`);
  await client.query(`GRANT ${role} TO CURRENT_USER`);
  await client.query(`SET LOCAL ROLE ${role}`);
}

function firstOf(month: string | null): string | null {
  return month === null ? null : `${month}-01`;
}
