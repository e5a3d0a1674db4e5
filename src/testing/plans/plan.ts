import pg from 'pg';

/** A node of a plan as `EXPLAIN (ANALYZE, FORMAT JSON)` tells it. */
type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
};

export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** Hears every statement sent to the database until it is stopped: what a list runs is explained, not a copy of it. */
export function overhear(): { readonly heard: Statement[]; readonly stop: () => void } {
  const heard: Statement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof original>) {
    const [first, second] = args as unknown as [string | { text?: string; values?: unknown[] }, unknown];
    const text = typeof first === 'string' ? first : (first?.text ?? '');
    const values = typeof first === 'string' ? second : (first?.values ?? second);
    heard.push({ text, values: Array.isArray(values) ? values : [] });
    return Reflect.apply(original, this, args);
  } as typeof original;
  return {
    heard,
    stop() {
      pg.Client.prototype.query = original;
    },
  };
}

/** What a plan does that grows with the number of cases, in words; empty for one that does not. */
export type Limits = {
  /** Tables that grow, as `schema.table`. */
  readonly growing: ReadonlySet<string>;
  /** Rows a sort may take in. */
  readonly sorted: number;
  /** Rows a scan may read, all its loops together. */
  readonly read: number;
};

export function faultsOf(plan: Node, limits: Limits): string[] {
  const faults: string[] = [];
  walk(plan, (node) => {
    const loops = node['Actual Loops'] ?? 1;
    const table = `${node.Schema}.${node['Relation Name']}`;
    const name = `${node['Node Type']} ${node['Index Name'] ?? table}`;
    if (node['Relation Name'] !== undefined && limits.growing.has(table)) {
      const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      const read = Math.round(((node['Actual Rows'] ?? 0) + removed) * loops);
      if (node['Node Type'] === 'Seq Scan') faults.push(`${name} reads the whole table`);
      else if (read > limits.read) faults.push(`${name} reads ${read} rows`);
    }
    if (node['Node Type'].endsWith('Sort')) {
      const taken = Math.round((node.Plans ?? []).reduce((sum, one) => sum + (one['Actual Rows'] ?? 0), 0) * loops);
      if (taken > limits.sorted) faults.push(`sorts ${taken} rows`);
    }
  });
  return faults;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of node.Plans ?? []) walk(child, visit);
}

/** Plans of statements as the application would have them made, under its role, tenant and row security. */
export async function explain(appUrl: string, tenant: number, statements: readonly Statement[]): Promise<Node[]> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    await client.query(`BEGIN READ ONLY; SELECT platform.enter(${tenant}, 'system:test')`);
    const plans: Node[] = [];
    for (const { text, values } of statements) {
      const { rows } = await client.query(`EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, FORMAT JSON) ${text}`, [...values]);
      plans.push(rows[0]['QUERY PLAN'][0].Plan);
    }
    return plans;
  } finally {
    await client.end();
  }
}
