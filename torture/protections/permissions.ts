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
];
