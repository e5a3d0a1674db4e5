import pg from 'pg';
import { percentile } from '../figure.ts';
import type { Heard, Statement } from '../listen-in.ts';
import type { Stage } from '../stage.ts';

type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Node[];
};

type Explained = { readonly Plan: Node; readonly 'Execution Time': number; readonly 'Planning Time': number };

const TIMES = 5;
/** A sort of more than this is of more than a page. */
const PAGE = 250;
const MANY = 5000;

/** What the main statement of each request takes by EXPLAIN ANALYZE, as the application's role, and what is wrong with its plan. */
export async function alone(
  stage: Stage,
  heard: readonly Heard[],
  main: RegExp,
): Promise<{ told: string; faults: readonly string[] }> {
  const client = new pg.Client({ connectionString: stage.addresses.app });
  await client.connect();
  const times: number[] = [];
  const faults = new Set<string>();
  try {
    for (const [at, { trips }] of heard.entries()) {
      const statements = trips.flat();
      const enter = statements.find(({ text }) => text.includes('platform.enter'));
      const found = statements.find(({ text }) => main.test(text));
      if (!enter || !found) continue;
      for (let turn = 0; turn < TIMES; turn++) {
        const explained = await explain(client, enter, found);
        if (turn > 0) times.push(explained['Execution Time']);
        for (const fault of faultsOf(explained.Plan)) faults.add(`request ${at + 1}: ${fault}`);
      }
    }
  } finally {
    await client.end();
  }
  times.sort((one, other) => one - other);
  const told =
    times.length === 0
      ? 'not seen'
      : `p50 ${percentile(times, 0.5).toFixed(2)} ms, slowest ${times.at(-1)?.toFixed(2)} ms`;
  return { told, faults: [...faults] };
}

async function explain(client: pg.Client, enter: Statement, { text, values }: Statement): Promise<Explained> {
  if (!enter.text.startsWith('BEGIN')) await client.query('BEGIN READ ONLY');
  await client.query(enter.text, [...enter.values]);
  try {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, [...values]);
    return rows[0]['QUERY PLAN'][0] as Explained;
  } finally {
    await client.query('ROLLBACK');
  }
}

/** A whole table of cases read, or more than a page sorted. */
function faultsOf(node: Node): string[] {
  const table = node['Relation Name'] ?? '';
  const own: string[] = [];
  if (node['Node Type'] === 'Seq Scan' && /^case_|^event/.test(table) && node['Actual Rows'] > PAGE)
    own.push(`reads all of ${table}`);
  if (node['Node Type'].includes('Sort')) {
    const rows = node.Plans?.[0]?.['Actual Rows'] ?? 0;
    if (rows > PAGE) own.push(`sorts ${rows} rows`);
  } else if (node['Actual Rows'] > MANY) own.push(`goes through ${node['Actual Rows']} rows (${node['Node Type']})`);
  return [...own, ...(node.Plans ?? []).flatMap(faultsOf)];
}
