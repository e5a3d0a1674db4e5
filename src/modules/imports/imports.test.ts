import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COUNTY, GRID } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { importFile } from './index.ts';
import { type Mapping, mappingSchema } from './rules/mapping.ts';
import { zip } from '../../platform/testing/zip.ts';
import { workbook } from './testing/xlsx.ts';

let county: County;
let folder: string;
beforeAll(async () => {
  county = await testCounty();
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-import-'));
});
afterAll(async () => {
  await county.close();
  await rm(folder, { recursive: true, force: true });
});

const HEADER = '编号,标题,内容,反映时间,办结时间,答复,地点,经度,纬度';
const mapping = (source: string, over: object = {}): Mapping =>
  mappingSchema.parse({
    source,
    sourceId: { column: '编号' },
    title: { column: '标题', maxLength: 80 },
    body: { column: '内容' },
    openedAt: { column: '反映时间', formats: ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd'] },
    closedAt: { column: '办结时间', formats: ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd'], dayMeans: 'end' },
    answer: { column: '答复' },
    class: 'auto',
    area: { code: GRID },
    placeText: { column: '地点' },
    point: { lon: '经度', lat: '纬度', outside: 'drop' },
    ...over,
  });
const row = (
  id: string,
  over: Partial<Record<'title' | 'opened' | 'closed' | 'answer' | 'place' | 'lon' | 'lat', string>> = {},
) =>
  [
    id,
    over.title ?? `路灯不亮 ${id}`,
    '晚上看不清路。',
    over.opened ?? '2026-02-01 09:00:00',
    over.closed ?? '',
    over.answer ?? '',
    over.place ?? '',
    over.lon ?? '',
    over.lat ?? '',
  ].join(',');

const bring = async (name: string, content: string | Uint8Array, map: Mapping, more: { dryRun?: boolean } = {}) => {
  const file = join(folder, name);
  await writeFile(file, content);
  const { app, tenant } = county;
  const parts = { database: app.database, vault: app.vault, tenant, rootCode: COUNTY, now: app.now };
  const report = join(folder, `${name}.rejected.csv`);
  return importFile(parts, app.texts, map, { file, report, dryRun: more.dryRun ?? false });
};
const lines = (...rows: string[]) => `${[HEADER, ...rows].join('\r\n')}\r\n`;

type Imported = { source_id: string; state: string; closure: string | null; opened_at: Date; closed_at: Date | null };
const casesOf = (source: string): Promise<Imported[]> =>
  county.read(async (tx) => {
    const found = await sql<Imported>`
      SELECT source_id, state, closure, opened_at, closed_at FROM cases.case_file
      WHERE tenant_id = ${county.tenant} AND source = ${source} ORDER BY source_id`.execute(tx);
    return found.rows;
  });

describe('importing a table', () => {
  test('makes a case of every row: closed where the source says so, waiting for dispatch where not', async () => {
    const counts = await bring(
      'first.csv',
      lines(row('a1', { closed: '2026-02-03', answer: '已更换。' }), row('a2')),
      mapping('first'),
    );

    expect(counts).toMatchObject({ rows: 2, created: 2, known: 0, rejected: 0, closed: 1, open: 1, report: null });
    expect(await casesOf('first')).toMatchObject([
      { source_id: 'a1', state: 'closed', closure: 'imported', closed_at: new Date('2026-02-03T23:59:59+08:00') },
      { source_id: 'a2', state: 'registered', closure: null, closed_at: null },
    ]);
  });

  test('run again, enters what is new and knows the rest', async () => {
    const counts = await bring('first.csv', lines(row('a1'), row('a2'), row('a3')), mapping('first'));

    expect(counts).toMatchObject({ rows: 3, created: 1, known: 2, rejected: 0 });
    expect(await casesOf('first')).toHaveLength(3);
  });

  test('counts every row once, whatever becomes of it', async () => {
    const text = lines(
      row('b1'),
      row('b2', { opened: 'yesterday' }),
      row(''),
      'b4,too,few',
      row('b1'),
      row('b6', { title: '' }),
    );
    const counts = await bring('mixed.csv', text, mapping('mixed'));

    expect(counts).toMatchObject({ rows: 6, created: 1, known: 0, rejected: 5 });
    expect(counts.reasons).toEqual({
      'imports.bad_time': 1,
      'imports.no_source_id': 1,
      'imports.ragged': 1,
      'imports.repeated_id': 1,
      'imports.empty': 1,
    });
  });

  test('takes nothing that closed before it opened, nor what lies in the future', async () => {
    const text = lines(
      row('c1', { opened: '2026-02-03 10:00:00', closed: '2026-02-03 09:59:59' }),
      row('c2', { opened: '2027-01-01' }),
    );
    const counts = await bring('times.csv', text, mapping('times'));

    expect(counts.reasons).toEqual({ 'imports.closed_before_opened': 1, 'imports.in_future': 1 });
    expect(await casesOf('times')).toEqual([]);
  });

  test('writes nothing on a dry run, and says what it would do', async () => {
    const counts = await bring('dry.csv', lines(row('d1'), row('d2', { opened: '?' })), mapping('dry'), {
      dryRun: true,
    });

    expect(counts).toMatchObject({ rows: 2, created: 1, rejected: 1 });
    expect(await casesOf('dry')).toEqual([]);
  });

  test('refuses characters that no text holds, wherever they would be written', async () => {
    const text = lines(
      row('e1', { title: 'a\u0000b' }),
      row('e2', { place: 'x\u0001' }),
      row('e3', { answer: 'y\uffff', closed: '2026-02-02' }),
    );
    const counts = await bring('control.csv', text, mapping('control'));

    expect(counts.reasons).toEqual({ 'imports.forbidden_characters': 3 });
  });
});

describe('more rows than are written at once', () => {
  const many = Array.from({ length: 620 }, (_, at) => row(`n${at}`, { title: `路灯 ${at}`, closed: '2026-02-03' }));

  test('are all entered with their words, each under a number of its own, and known when they come again', async () => {
    expect(await bring('many.csv', lines(...many), mapping('many'))).toMatchObject({ created: 620, closed: 620 });
    const { rows } = await county.read((tx) =>
      sql<{ numbers: number; texts: number; events: number; salts: number; timers: number }>`
        SELECT count(DISTINCT c.number)::int AS numbers, count(t.search)::int AS texts, count(e.hash)::int AS events,
          count(DISTINCT o.salt)::int AS salts,
          (SELECT count(*)::int FROM platform.timer m WHERE m.subject = ANY(array_agg(c.id::text))) AS timers
        FROM cases.case_file c
        LEFT JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id AND t.title = '路灯 ' || substr(c.source_id, 2)
        LEFT JOIN cases.event e ON e.tenant_id = c.tenant_id AND e.case_id = c.id AND e.hash = c.chain_head
        LEFT JOIN cases.event_content o ON o.tenant_id = c.tenant_id AND o.case_id = c.id
        WHERE c.tenant_id = ${county.tenant} AND c.source = 'many'`.execute(tx),
    );
    expect(rows[0]).toEqual({ numbers: 620, texts: 620, events: 620, salts: 620, timers: 0 });
    expect(await bring('many.csv', lines(...many), mapping('many'))).toMatchObject({ created: 0, known: 620 });
  });
});

describe('the report of rejected rows', () => {
  test('is corrected and imported again; cells that a spreadsheet would run come back as they were', async () => {
    const map = mapping('formula');
    const first = await bring(
      'formula.csv',
      lines(row('f1', { title: '=1+1 @灯', opened: '2026/02/01', lon: '-73.99', lat: '40.7' })),
      map,
    );
    expect(first).toMatchObject({ created: 0, rejected: 1 });
    const report = await readFile(first.report ?? '', 'utf8');
    expect(report).toContain("'=1+1 @灯");
    expect(report).toContain(',-73.99,');

    const again = await bring('formula-2.csv', report.replace('2026/02/01', '2026-02-01'), map);
    expect(again).toMatchObject({ rows: 1, created: 1, rejected: 0 });
    const { body } = await county.call('dispatcher', 'GET', '/api/cases?q=1%2B1');
    expect(body.items).toMatchObject([{ title: '=1+1 @灯', imported: true }]);
  });

  test('keeps what a row without an id is known by, so that the original does not come in beside the corrected', async () => {
    const map = mapping('digest', { sourceId: { rowDigest: true } });
    const text = lines(row('g', { opened: '2026/02/01' }), row('g'), row('g'));
    const first = await bring('digest.csv', text, map);
    expect(first).toMatchObject({ rows: 3, created: 2, rejected: 1 });

    const report = (await readFile(first.report ?? '', 'utf8')).replace('2026/02/01', '2026-02-05');
    expect(await bring('digest-2.csv', report, map)).toMatchObject({ created: 1 });
    expect(await bring('digest-2.csv', report, map)).toMatchObject({ created: 0, known: 1 });
    expect(await bring('digest.csv', text, map)).toMatchObject({ created: 0, known: 2, rejected: 1 });
  });

  test('loses no cell of a row that is too long', async () => {
    const first = await bring('ragged.csv', lines(`${row('h1')},one,more`), mapping('ragged'));

    expect(await readFile(first.report ?? '', 'utf8')).toContain('one | more');
  });

  test('never overwrites the file it is about', async () => {
    const file = join(folder, 'self.csv');
    await writeFile(file, lines(row('i1')));
    const { app, tenant } = county;
    const parts = { database: app.database, vault: app.vault, tenant, rootCode: COUNTY, now: app.now };
    const args = { file, report: file, dryRun: false };

    await expect(importFile(parts, app.texts, mapping('self'), args)).rejects.toThrow('overwrite');
  });
});

describe('files as offices have them', () => {
  test('GB 18030 from an older Excel, also when only its last line has Chinese in it', async () => {
    const ascii = Array.from({ length: 40 }, (_, index) => `k${index},lamp,dark,2026-02-01,,,,,`);
    // 灯, 坏, 了 in GB 18030, which Node can read but not write.
    const last = Buffer.concat([
      Buffer.from('k99,'),
      Buffer.from('b5c6bbb5c1cb', 'hex'),
      Buffer.from(',dark,2026-02-01,,,,,\r\n'),
    ]);
    const head = 'id,title,body,opened,closed,answer,place,lon,lat';
    const map = mapping('gb', {
      sourceId: { column: 'id' },
      title: { column: 'title' },
      body: { column: 'body' },
      openedAt: { column: 'opened', formats: ['yyyy-MM-dd'] },
      closedAt: { column: 'closed', formats: ['yyyy-MM-dd'] },
      answer: { column: 'answer' },
      placeText: { column: 'place' },
      point: null,
    });
    const counts = await bring(
      'gb.csv',
      Buffer.concat([Buffer.from(`${[head, ...ascii].join('\r\n')}\r\n`), last]),
      map,
    );

    expect(counts).toMatchObject({ created: 41, rejected: 0 });
    const { body } = await county.call('dispatcher', 'GET', `/api/cases?q=${encodeURIComponent('灯坏了')}`);
    expect(body.items).toMatchObject([{ title: '灯坏了' }]);
  });

  test('a workbook, whose dates are the wall clock they show', async () => {
    const bytes = workbook([
      HEADER.split(','),
      ['x1', '井盖松动', '走过会响。', new Date('2026-02-01T09:30:00Z'), '', '', '', '', ''],
      ['x2', '路灯不亮', '很暗。', '2026-02-01 10:00:00', new Date('2026-02-02T08:00:00Z'), '修好了', '', '', ''],
      [3, '数字编号', '编号是数字。', '2026-02-01', '', '', '', '', ''],
    ]);
    const counts = await bring('book.xlsx', bytes, mapping('book'));

    expect(counts).toMatchObject({ rows: 3, created: 3, rejected: 0, closed: 1 });
    const opened = (await casesOf('book')).map((each) => [each.source_id, each.opened_at.toISOString()]);
    expect(opened).toEqual([
      ['3', '2026-01-31T16:00:00.000Z'],
      ['x1', '2026-02-01T01:30:00.000Z'],
      ['x2', '2026-02-01T02:00:00.000Z'],
    ]);
  });

  test('a workbook made to fill the memory is not unfolded', async () => {
    const bomb = zip([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(30 * 1024 * 1024, 'a') }]);

    await expect(bring('bomb.xlsx', bomb, mapping('bomb'))).rejects.toThrow('unfolds to more than any real one');
    await expect(bring('no.xlsx', Buffer.alloc(900), mapping('no'))).rejects.toThrow('cannot be read safely');
  });

  test('a quote that is not closed stops the import with one sentence', async () => {
    const broken = bring('quote.csv', lines('j1,"路灯'), mapping('quote'));

    await expect(broken).rejects.toThrow(/the file is no CSV/);
  });

  test('a column that the mapping names and the file lacks is named', async () => {
    const missing = bring('columns.csv', '编号,标题\r\nl1,灯\r\n', mapping('columns'));

    await expect(missing).rejects.toThrow(/no column "内容"/);
  });
});

describe('places', () => {
  test('an area by name is taken when one stands out and never guessed between two', async () => {
    const map = mapping('named', { area: { column: '地点' }, placeText: undefined });
    const named = { m1: '园林社区', m2: '凉亭村', m3: '无此地方', m4: '421181100', m5: '园临射区' };
    const text = lines(...Object.entries(named).map(([id, place]) => row(id, { place })));
    const counts = await bring('named.csv', text, map);

    expect(counts).toMatchObject({ created: 2, rejected: 3 });
    expect(counts.reasons).toEqual({ 'imports.area_ambiguous': 1, 'imports.area_unknown': 2 });
  });

  test('a point elsewhere is dropped where the mapping says so', async () => {
    const counts = await bring(
      'point.csv',
      lines(row('n1', { lon: '-123.1', lat: '49.2' }), row('n2', { lon: '500', lat: '1' })),
      mapping('point'),
    );

    expect(counts).toMatchObject({ created: 1, reasons: { 'imports.bad_point': 1 } });
  });
});
