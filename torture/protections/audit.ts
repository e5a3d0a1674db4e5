// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

const HTTP = 'src/platform/http';

/** Who read or changed what is on record. */
export const AUDIT_PROTECTIONS: readonly Protection[] = [
  {
    name: 'sensitive reads are recorded',
    file: `${HTTP}/serve.ts`,
    with: "await record(app, attempt, 'done');\n  }\n  return outcome;",
    without: '}\n  return outcome;',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'refused attempts are recorded',
    file: `${HTTP}/serve.ts`,
    with: "await record(app, attempt, 'refused', outcome.code);",
    without: 'void 0;',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'the record of who did what is read by auditors alone',
    file: 'src/platform/audit/module.ts',
    with: "grants: { auditor: ['audit.read'] }",
    without: "grants: { auditor: ['audit.read'], administrator: ['audit.read'] }",
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'entries removed before their term are named',
    file: 'src/modules/ledger/audit-batches.ts',
    with: 'return removedAt !== null && removedAt <= now && lastAt < monthsBefore(removedAt, LEAST_MONTHS);',
    without: 'return removedAt !== null && removedAt <= now;',
    tests: ['src/modules/ledger'],
  },
];
