import { pino } from 'pino';
import { type Recount, recount, type RegionRow, regionCounts } from '../modules/statistics/index.ts';
import { type Arguments, loadConfig } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { tenantPrefix } from '../platform/http/serve.ts';
import { SetupError } from '../platform/setup-error.ts';

/** `statistics recount` and `statistics region`. */
export async function statisticsCommand(args: Arguments, say: (line: string) => void): Promise<number> {
  const { words } = args;
  if (words[1] === 'recount' && words.length === 2) return recountCommand(args, say);
  if (words[1] === 'region' && words.length <= 3) return regionCommand(args, say);
  throw new SetupError('usage: statistics recount [--json], or statistics region [CODE] [--json]');
}

/**
 * `statistics region [CODE] [--json]`: counties and cities below a province's or city's code, all of them without one, over
 * every tenant of the database; from sums by month alone, under a role that sees nothing else.
 */
async function regionCommand({ words, flags }: Arguments, say: (line: string) => void): Promise<number> {
  const prefix = words[2] ?? '';
  if (!/^(\d{2}|\d{4}|\d{6})?$/.test(prefix)) throw new SetupError(`${prefix} is no code of two, four or six digits.`);
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const opened = await openDatabase(config, { log, say: tell, mode: 'join' });
  try {
    const rows = await regionCounts(opened.ownerUrl, prefix, { from: null, to: null });
    if (flags.has('json')) say(JSON.stringify(rows));
    else for (const line of regionReport(rows)) say(line);
    return 0;
  } finally {
    await opened.close();
  }
}

function regionReport(rows: readonly RegionRow[]): string[] {
  const percent = (value: number | null) => (value === null ? '—' : `${(value * 100).toFixed(1)} %`);
  return [
    'area    filed  open  closed  response  resolution  satisfaction  unreachable',
    ...rows.map(({ areaCode, filed, open, closed, rates, callBacks }) =>
      [
        areaCode.padEnd(6),
        String(filed).padStart(6),
        String(open).padStart(5),
        String(closed.all).padStart(7),
        percent(rates.response.value).padStart(9),
        percent(rates.resolution.value).padStart(11),
        percent(rates.satisfaction.value).padStart(13),
        String(callBacks.unreachable).padStart(12),
      ].join(' '),
    ),
  ];
}

/**
 * `statistics recount [--json]`: counts everything anew beside a running platform or without one; 0 when all was right, 1
 * with what differed, which is put right.
 */
async function recountCommand({ flags }: Arguments, say: (line: string) => void): Promise<number> {
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const opened = await openDatabase(config, { log, say: tell, mode: 'join' });
  try {
    const root = tenantPrefix({ config });
    const found = await recount({ database: opened.database, tenant: config.tenant, root, now: () => new Date() });
    if (found === null) throw new SetupError('Another recount began this very moment. Please try again.');
    if (flags.has('json')) say(JSON.stringify(found));
    else for (const line of recountReport(found)) say(line);
    return found.wrongCases.count + found.wrongCells.count === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

/** What a recount found, in lines to read. */
export function recountReport({ cases, wrongCases, wrongCells }: Recount): string[] {
  const lines = [`${cases} cases counted anew`];
  if (wrongCases.count + wrongCells.count === 0) return [...lines, 'every count was right'];
  lines.push(`${wrongCases.count} cases had been counted otherwise than they are; put right`);
  lines.push(...wrongCases.ids.map((id) => `  case ${id}`));
  lines.push(`${wrongCells.count} sums differed from what their cases add up to; put right`);
  lines.push(
    ...wrongCells.cells.map(
      ({ areaCode, dimension, value, span, day, measure, held, right }) =>
        `  area ${areaCode}, ${dimension === 'all' ? 'all' : `${dimension} ${value}`}, ${span} ${day}, ${measure}: ${held}, is ${right}`,
    ),
  );
  return lines;
}
