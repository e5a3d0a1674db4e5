import type pg from 'pg';

/** What the schema dump and the generated types are written from; everything sorted by name, so it reads the same. */
export type Catalogue = {
  readonly extensions: readonly string[];
  readonly schemas: readonly { readonly name: string; readonly grants: readonly string[] }[];
  readonly tables: readonly Table[];
  readonly domains: readonly { readonly name: string; readonly definition: string }[];
  readonly sequences: readonly { readonly name: string; readonly type: string; readonly grants: readonly string[] }[];
  readonly functions: readonly {
    readonly name: string;
    readonly definition: string;
    readonly grants: readonly string[];
  }[];
};

export type Table = {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned' | 'view' | 'materialized';
  /** `PARTITION BY …`, `PARTITION OF … FOR VALUES …`, or empty. */
  readonly partition: string;
  readonly isPartition: boolean;
  readonly rowSecurity: boolean;
  readonly forced: boolean;
  readonly definition: string | null;
  readonly columns: readonly Column[];
  readonly constraints: readonly { readonly name: string; readonly definition: string }[];
  readonly indexes: readonly string[];
  readonly policies: readonly string[];
  readonly triggers: readonly string[];
  readonly grants: readonly string[];
};

export type Column = {
  readonly name: string;
  readonly type: string;
  /** Name of the base type without length; an array's has `[]` behind it. */
  readonly base: string;
  readonly notNull: boolean;
  readonly collation: string | null;
  readonly standard: string | null;
  /** '' no, 'a' always, 'd' by default. */
  readonly identity: '' | 'a' | 'd';
  readonly generated: boolean;
};

// Objects of extensions are theirs; `public` and PostgreSQL's own schemas hold nothing of ours.
const OURS = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')`;
const NOT_OF_EXTENSION = (catalogue: string, oid: string) => `NOT EXISTS (
  SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
/** Rights given to others than the owner, one line each. */
const GRANTS = (acl: string, owner: string, what: string) => `(
  SELECT coalesce(json_agg(line ORDER BY line COLLATE "C"), '[]') FROM (
    SELECT format('GRANT %s ON ${what} TO %s', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type COLLATE "C"),
                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END) AS line
    FROM aclexplode(${acl}) a WHERE a.grantee <> ${owner} GROUP BY a.grantee) grants)`;

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
    CASE c.relkind WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized' ELSE 'table' END AS kind,
    concat_ws(' ',
      CASE WHEN c.relispartition THEN (
        SELECT 'PARTITION OF ' || i.inhparent::regclass FROM pg_inherits i WHERE i.inhrelid = c.oid) END,
      pg_get_expr(c.relpartbound, c.oid),
      CASE WHEN c.relkind = 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(c.oid) END) AS partition,
    c.relispartition AS "isPartition", c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS forced,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
    (SELECT json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'base', CASE WHEN t.typcategory = 'A' THEN (SELECT e.typname || '[]' FROM pg_type e WHERE e.oid = t.typelem)
                     WHEN t.typtype = 'd' THEN (SELECT b.typname FROM pg_type b WHERE b.oid = t.typbasetype)
                     ELSE t.typname END,
        'notNull', a.attnotnull,
        'collation', (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation),
        'standard', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated <> '')
        ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
        ORDER BY k.contype = 'p' DESC, k.conname COLLATE "C"), '[]')
      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n') AS constraints,
    (SELECT coalesce(json_agg(pg_get_indexdef(x.indexrelid) ORDER BY r.relname COLLATE "C"), '[]')
      FROM pg_index x JOIN pg_class r ON r.oid = x.indexrelid
      WHERE x.indrelid = c.oid AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)) AS indexes,
    (SELECT coalesce(json_agg(format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.policyname, c.oid::regclass,
        p.permissive, p.cmd, array_to_string(p.roles, ', '), ' USING (' || p.qual || ')', ' WITH CHECK (' || p.with_check || ')')
        ORDER BY p.policyname), '[]')
      FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname) AS policies,
    (SELECT coalesce(json_agg(pg_get_triggerdef(g.oid) ORDER BY g.tgname), '[]')
      FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal) AS triggers,
    ${GRANTS('c.relacl', 'c.relowner', "' || c.oid::regclass || '")} AS grants
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND ${OURS} AND ${NOT_OF_EXTENSION('pg_class', 'c.oid')}
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

const SCHEMAS = `
  SELECT n.nspname AS name, ${GRANTS('n.nspacl', 'n.nspowner', "SCHEMA ' || n.nspname || '")} AS grants
  FROM pg_namespace n WHERE ${OURS} ORDER BY n.nspname COLLATE "C"`;

const FUNCTIONS = `
  SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition,
    ${GRANTS("coalesce(p.proacl, acldefault('f', p.proowner))", 'p.proowner', "FUNCTION ' || p.oid::regprocedure || '")} AS grants
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p') AND ${OURS} AND ${NOT_OF_EXTENSION('pg_proc', 'p.oid')}
  ORDER BY p.oid::regprocedure::text COLLATE "C"`;

const SEQUENCES = `
  SELECT c.oid::regclass::text AS name, format_type(s.seqtypid, NULL) AS type,
    ${GRANTS('c.relacl', 'c.relowner', "SEQUENCE ' || c.oid::regclass || '")} AS grants
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
  WHERE ${OURS} AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const DOMAINS = `
  SELECT t.oid::regtype::text AS name, concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
    CASE WHEN t.typnotnull THEN 'NOT NULL' END,
    (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
      FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')) AS definition
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'd' AND ${OURS} AND ${NOT_OF_EXTENSION('pg_type', 't.oid')}
  ORDER BY t.oid::regtype::text COLLATE "C"`;

const EXTENSIONS = `SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname COLLATE "C"`;

export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const rows = async <T>(text: string) => (await client.query(text)).rows as T[];
  // Names are printed with their schema only when it is not on the path.
  await client.query("SET search_path = ''");
  return {
    extensions: (await rows<{ name: string }>(EXTENSIONS)).map((row) => row.name),
    schemas: await rows(SCHEMAS),
    tables: await rows(TABLES),
    domains: await rows(DOMAINS),
    sequences: await rows(SEQUENCES),
    functions: await rows(FUNCTIONS),
  };
}
