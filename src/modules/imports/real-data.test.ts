import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COUNTY } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { type ImportOutcome, importFile, readMapping } from './index.ts';

/** Real messages and service requests of three cities, kept beside the project and not in it. */
const DATA = join(import.meta.dirname, '../../../../shared/data');
const FILES = [
  { file: 'messages-with-replies-to-2018.csv', map: 'messages-with-replies', rows: 1911, closed: 1911 },
  { file: '311-nyc-2018-2019.csv', map: '311-nyc', rows: 1000, closed: 969 },
  { file: '311-vancouver-2023.csv', map: '311-vancouver', rows: 7329, closed: 7098 },
] as const;
const absent = FILES.filter(({ file }) => !existsSync(join(DATA, file))).map(({ file }) => file);

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

async function bring(file: string, map: string): Promise<ImportOutcome> {
  const { app, tenant } = county;
  const parts = { database: app.database, vault: app.vault, tenant, rootCode: COUNTY, now: app.now };
  const report = join(app.config.dataDir, `${file}.rejected.csv`);
  return importFile(parts, app.texts, await readMapping(map), { file: join(DATA, file), report, dryRun: false });
}

// Skipped with its reason where the data is not beside the project: it may not be copied in.
describe.skipIf(absent.length > 0)(`real data${absent.length > 0 ? ` (not there: ${absent.join(', ')})` : ''}`, () => {
  test.each(FILES)(
    '$file: every row a case, none closed before it opened',
    async ({ file, map, rows, closed }) => {
      const counts = await bring(file, map);

      expect(counts).toMatchObject({ rows, created: rows, known: 0, rejected: 0, closed, open: rows - closed });
      const backwards = await county.read((tx) =>
        sql`SELECT number FROM cases.case_file WHERE tenant_id = ${county.tenant} AND closed_at < opened_at`.execute(
          tx,
        ),
      );
      expect(backwards.rows).toEqual([]);
    },
    120_000,
  );

  test.each(FILES)(
    '$file again: every row known',
    async ({ file, map, rows }) => {
      expect(await bring(file, map)).toMatchObject({ rows, created: 0, known: rows, rejected: 0 });
    },
    60_000,
  );

  test('times are those of the place they come from', async () => {
    const { rows } = await county.read((tx) =>
      sql<{ opened_at: Date; closed_at: Date }>`
        SELECT opened_at, closed_at FROM cases.case_file
        WHERE tenant_id = ${county.tenant} AND source = 'nyc-311-2018-2019' AND source_id = '39573567'`.execute(tx),
    );
    expect(rows).toEqual([
      { opened_at: new Date('2018-06-26T10:58:54-04:00'), closed_at: new Date('2018-06-26T12:50:01-04:00') },
    ]);
  });

  test('what came closed is an event of kind imported and stays out of rates', async () => {
    const { rows } = await county.read((tx) =>
      sql<{ closure: string; solved: string | null; count: number }>`
        SELECT closure, solved, count(*)::int AS count FROM cases.case_file
        WHERE tenant_id = ${county.tenant} AND state = 'closed' GROUP BY closure, solved`.execute(tx),
    );
    const closed = FILES.reduce((sum, each) => sum + each.closed, 0);
    expect(rows).toEqual([{ closure: 'imported', solved: null, count: closed }]);
  });
});
