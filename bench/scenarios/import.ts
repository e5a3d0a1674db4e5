import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { uuidv7 } from '../../src/kit/ids.ts';
import { linesOf } from '../fill/fill.ts';
import { emptyLines } from '../fill/make-cases.ts';
import { makeTexts } from '../fill/texts.ts';
import { type Figure, target } from '../figure.ts';
import { type Scenario, settle, type Stage } from '../stage.ts';
import { costOf, usageOf } from '../usage.ts';
import { places } from './shots.ts';

/** Rows for every second that a measurement is to take. */
const ROWS_A_SECOND = 8000;
const HISTORY_DAYS = 700;

/** The import command beside the running platform, and COPY of as many such cases into the same tables with their indexes. */
export const imports: Scenario = {
  name: 'import',
  async run(stage) {
    const rows = Math.max(5000, stage.seconds * ROWS_A_SECOND);
    const source = `bench-${Date.now().toString(36)}`;
    const folder = await mkdtemp(join(tmpdir(), 'gongzhi-bench-import-'));
    try {
      await writeFile(join(folder, 'map.json'), JSON.stringify(mappingOf(source)));
      await writeFile(join(folder, 'cases.csv'), await tableOf(stage, rows));
      await settle(stage);
      const before = await usageOf(stage.platform.pid, stage.client);
      const seconds = await runImport(stage, folder);
      const after = await usageOf(stage.platform.pid, stage.client);
      const { entered, closed } = await enteredOf(stage, source);
      await settle(stage);
      const floor = await copyFloor(stage, closed, rows);
      const perSecond = entered / seconds;
      return [
        {
          scenario: 'import',
          what: `imported ${rows.toLocaleString('en')} rows of CSV by the command`,
          size: stage.size.name,
          value: perSecond,
          unit: 'cases/s',
          floor: { what: 'COPY into the same tables and indexes', value: floor },
          target: target(['≥ 0.3 × floor', perSecond >= 0.3 * floor], ['every row entered', entered === rows]),
          wal: costOf(before, after, entered).wal,
          notes: [`${entered} of ${rows} rows entered in ${seconds.toFixed(1)} s, the start of the command with it`],
        },
      ] satisfies Figure[];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

function mappingOf(source: string) {
  const moment = (column: string) => ({ column, formats: ['iso'], zone: 'Asia/Shanghai' });
  return {
    source,
    sourceId: { column: 'id' },
    title: { column: 'title' },
    body: { column: 'body' },
    openedAt: moment('opened'),
    closedAt: moment('closed'),
    class: { column: 'class', values: {}, otherwise: 'auto' },
    area: { column: 'area' },
    placeText: { column: 'place' },
  };
}

async function tableOf(stage: Stage, rows: number): Promise<string> {
  const { areas } = await places(stage);
  const texts = makeTexts(2000, 11);
  const lines = Array.from({ length: rows }, (_, at) => {
    const text = texts[at % texts.length];
    const opened = Date.now() - ((at * HISTORY_DAYS) / rows + 10) * 86_400_000;
    const closed = new Date(opened + 5 * 86_400_000).toISOString();
    const fields = [
      at,
      text?.title,
      text?.body,
      text?.place,
      areas[at % areas.length],
      '',
      new Date(opened).toISOString(),
      closed,
    ];
    return fields.join(',');
  });
  return `id,title,body,place,area,class,opened,closed\n${lines.join('\n')}\n`;
}

/** Seconds of the whole command, its start with it. */
async function runImport(stage: Stage, folder: string): Promise<number> {
  const words = [
    'import',
    'cases',
    join(folder, 'cases.csv'),
    '--map',
    join(folder, 'map.json'),
    '--data',
    stage.platform.dataDir,
  ];
  const began = performance.now();
  await promisify(execFile)(process.execPath, ['bin/gongzhi.mjs', ...words], { maxBuffer: 2 ** 26 });
  return (performance.now() - began) / 1000;
}

async function enteredOf(stage: Stage, source: string): Promise<{ entered: number; closed: string }> {
  const { rows } = await stage.client.query<{ entered: number; closed: string }>(
    `SELECT count(*)::int AS entered, (array_agg(id) FILTER (WHERE state = 'closed' AND length(area_code) >= 12))[1] AS closed
     FROM cases.case_file WHERE tenant_id = $1 AND source = $2`,
    [stage.tenant, source],
  );
  return rows[0] ?? { entered: 0, closed: '' };
}

/** Cases a second by COPY, all in one transaction, foreign keys and indexes kept as they are; the text is made before. */
async function copyFloor(stage: Stage, templateId: string, count: number): Promise<number> {
  // Of a seed of its own: with that of the filling the same ids would come once more.
  const seed = Date.now() % 1_000_003;
  const options = { url: stage.addresses.superuser, tenant: stage.tenant, count, only: templateId, seed };
  const { columns, maker } = await linesOf(options);
  const lines = emptyLines();
  for (let place = 0; place < count; place++) maker.make(place, lines);
  const texts = Object.entries(lines)
    .filter(([, list]) => list.length > 0)
    .map(([table, list]) => ({ table, names: columns[table as keyof typeof columns], text: `${list.join('\n')}\n` }));
  const outbox = lines['cases.event'].map(
    (line) => `${stage.tenant}\t${uuidv7()}\tplain.imported\t${line.split('\t')[1]}\tnow\t{"seq": 1}`,
  );
  const client = new pg.Client({ connectionString: stage.addresses.superuser });
  await client.connect();
  try {
    const began = performance.now();
    await client.query('BEGIN');
    for (const { table, names, text } of texts)
      await copyText(
        client,
        table,
        names.map(({ name }) => name),
        text,
      );
    await copyText(
      client,
      'platform.outbox',
      ['tenant_id', 'id', 'kind', 'subject', 'at', 'payload'],
      `${outbox.join('\n')}\n`,
    );
    await client.query('COMMIT');
    return count / ((performance.now() - began) / 1000);
  } finally {
    await client.end();
  }
}

async function copyText(client: pg.Client, table: string, names: readonly string[], text: string): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${names.join(', ')}) FROM STDIN`));
  const done = new Promise<void>((resolve, reject) => stream.once('finish', resolve).once('error', reject));
  stream.end(text);
  await done;
}
