import type pg from 'pg';

export type Table = {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly bytes: number;
};

const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT LIKE 'citus%'`;

/** Every table that holds data, without the list of migrations, which a restore makes by itself. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; bytes: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_relation_size(c.oid) AS bytes,
      array_agg(format('%I', a.attname) ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS}
      AND NOT (n.nspname = 'platform' AND c.relname = 'migration')
    GROUP BY c.oid, n.nspname, c.relname ORDER BY n.nspname, c.relname`);
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** Whether a database holds any table or view at all. */
export async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND ${OURS} AND NOT EXISTS (
      SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LIMIT 1`);
  return rows.length === 0;
}

export async function sequencesOf(
  client: pg.ClientBase,
): Promise<readonly { name: string; value: string; called: boolean }[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND ${OURS} ORDER BY 1`);
  const found = [];
  for (const { name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value::text AS value, is_called AS called FROM ${name}`,
    );
    if (state.rows[0]) found.push({ name, ...state.rows[0] });
  }
  return found;
}

/** What slows loading down or forbids it, as statements: to take it away, and to put it back. */
export async function hindrances(client: pg.ClientBase): Promise<{ readonly off: string[]; readonly on: string[] }> {
  const keys = await client.query<{ off: string; on: string }>(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS off,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS on
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    WHERE k.contype = 'f' AND k.conparentid = 0 AND ${OURS} ORDER BY 1`);
  const indexes = await client.query<{ off: string; on: string }>(`
    SELECT format('DROP INDEX %I.%I', n.nspname, c.relname) AS off, pg_get_indexdef(c.oid) AS on
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND NOT c.relispartition AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
    ORDER BY 1`);
  const guarded = await client.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relforcerowsecurity AND ${OURS} ORDER BY 1`);
  const row = (word: string) => guarded.rows.map(({ name }) => `ALTER TABLE ${name} ${word} ROW LEVEL SECURITY`);
  return {
    // COPY does not load into a table whose row security binds the owner, too.
    off: [...row('NO FORCE'), ...keys.rows.map(({ off }) => off), ...indexes.rows.map(({ off }) => off)],
    // Foreign keys last: they are checked against indexed tables, by an owner that still sees every row.
    on: [...indexes.rows.map(({ on }) => on), ...keys.rows.map(({ on }) => on), ...row('FORCE')],
  };
}
