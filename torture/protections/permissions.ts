// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

const HTTP = 'src/platform/http';

/** Who may see and do what. */
export const PERMISSIONS_PROTECTIONS: readonly Protection[] = [
  {
    name: 'who has no post for it is refused',
    file: `${HTTP}/serve.ts`,
    with: "if (posts.length === 0) return refuse('auth.forbidden');",
    without: '',
    tests: ['src/permissions.test.ts'],
  },
  {
    name: 'lists hold the own area alone',
    file: 'src/modules/cases/visibility.ts',
    with: 'sql`(c.area_code >= ${reach.prefix} AND',
    without: "sql`(c.area_code >= '0' AND c.area_code <> ${reach.prefix} OR",
    tests: ['src/permissions.cases.test.ts', 'src/modules/cases/lists.test.ts'],
  },
  {
    name: 'sealed cases stay out of lists',
    file: 'src/modules/cases/visibility.ts',
    with: "reach.sealed ? sql`` : sql` AND c.sensitivity = 'normal'`",
    without: 'sql``',
    tests: ['src/permissions.cases.test.ts', 'src/modules/cases/lists.test.ts'],
  },
  {
    name: 'row security holds for owners, too',
    file: 'src/modules/cases/sql/20261106000000_create_cases.sql',
    with: "    EXECUTE format('ALTER TABLE cases.%I FORCE ROW LEVEL SECURITY', t);\n",
    without: '',
    tests: ['src/platform/database'],
  },
  {
    name: 'a post that is over gives no right',
    file: 'src/modules/organisations/store.ts',
    with: 'sql`p.valid_from <= ${day}::date AND (p.valid_to IS NULL OR p.valid_to > ${day}::date)',
    without: 'sql`p.valid_from <= ${day}::date',
    tests: ['src/modules/organisations', 'src/permissions.test.ts'],
  },
  {
    name: 'three offices are never one person’s',
    file: 'src/modules/organisations/rules/post.ts',
    with: 'if (!SEPARATE_OFFICES.includes(post.role)) return null;',
    without: 'if (SEPARATE_OFFICES.length > 0) return null;',
    tests: ['src/modules/organisations'],
  },
  {
    name: 'counts of an area are for who covers it',
    file: 'src/modules/statistics/scope.ts',
    with: "if (posts.length === 0) return refuse('statistics.area_not_yours');",
    without: '',
    tests: ['src/modules/statistics'],
  },
  {
    name: 'exports hold what the list shows',
    file: 'src/modules/bulk/export.ts',
    with: 'const page = await casePage(tx, app.permissions, by.actor,',
    without:
      "const everybody = { ...by.actor, posts: [{ ...(by.actor as { posts: object[] }).posts[0], scope: [''], lanes: null }] } as never;\n    const page = await casePage(tx, app.permissions, everybody,",
    tests: ['src/modules/bulk'],
  },
  {
    name: 'a pooled connection never carries the former actor',
    file: 'src/platform/sql/20261101000000_create_platform.sql',
    with: "EXECUTE format('SET LOCAL app.actor = %L', actor);",
    without: "EXECUTE format('SET app.actor = %L', actor);",
    tests: ['src/platform/database/database.test.ts'],
  },
  {
    name: 'a pooled connection never carries the former tenant',
    file: 'src/platform/sql/20261101000000_create_platform.sql',
    with: "EXECUTE format('SET LOCAL app.tenant = %L', tenant);",
    without: "EXECUTE format('SET app.tenant = %L', tenant);",
    tests: ['src/platform/database/database.test.ts'],
  },
  {
    name: 'a transaction that is over reaches no connection',
    file: 'src/platform/database/transaction.ts',
    with: "if (this.#ended) throw new Error('the transaction has ended; a statement came too late');",
    without: '',
    tests: ['src/platform/database/database.test.ts'],
  },
  {
    name: 'a number that somebody else has is refused to nobody',
    file: 'src/modules/cases/sql/20261106000000_create_cases.sql',
    with: 'UNIQUE (tenant_id, number),',
    without: 'UNIQUE (number),',
    tests: ['src/platform/database'],
  },
  {
    name: 'rows are written into the own tenant alone',
    file: 'src/platform/sql/20261101000600_create_setting.sql',
    with: /WITH CHECK \(tenant_id = [^;]*;/,
    without: 'WITH CHECK (true);',
    tests: ['src/platform/database'],
  },
  {
    name: 'events are added by the application, never changed',
    file: 'src/modules/cases/sql/20261106000000_create_cases.sql',
    with: 'GRANT SELECT, INSERT ON cases.event TO gongzhi_app;',
    without: 'GRANT SELECT, INSERT, UPDATE, DELETE ON cases.event TO gongzhi_app;',
    tests: ['src/modules/cases/record.test.ts', 'src/platform/database'],
  },
];
