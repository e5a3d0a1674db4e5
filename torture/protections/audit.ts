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
    name: 'nothing is shown that could not be recorded',
    file: 'src/platform/audit/record-reads.ts',
    with: 'for (const { reject } of batch) reject(error);',
    without: 'for (const { resolve } of batch) resolve(void error);',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'the record says from where',
    file: 'src/platform/http/record.ts',
    with: '    result,\n    address,',
    without: '    result,',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'the record holds ids and codes, no words',
    file: 'src/platform/audit/audit.ts',
    with: 'if (strings.some((each) => each.length > LONGEST_DETAIL)) {',
    without: 'if (strings.some((each) => each.length > 1e9)) {',
    tests: ['src/platform/audit'],
  },
  {
    name: 'an export of the record is signed',
    file: 'src/platform/audit/export.ts',
    with: "signature: signer.sign(Buffer.from(content)).toString('base64'),",
    without: "signature: signer.sign(Buffer.from('')).toString('base64'),",
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'the database keeps the record for six months',
    file: 'src/platform/sql/20261122030100_search_and_keep_audit.sql',
    with: "USING (at < now() - interval '6 months');",
    without: 'USING (at < now());',
    tests: ['src/platform/audit'],
  },
  {
    name: 'entries removed before their term are named',
    file: 'src/modules/ledger/audit-batches.ts',
    with: 'return removedAt !== null && removedAt <= now && lastAt < monthsBefore(removedAt, LEAST_MONTHS);',
    without: 'return removedAt !== null && removedAt <= now;',
    tests: ['src/modules/ledger'],
  },
  {
    name: 'the removal of old entries is recorded',
    file: 'src/modules/ledger/audit-batches.ts',
    with: '  await audit(tx, actor, { ...entry, details }, now);\n  return gone;',
    without: '  void [audit, entry, details];\n  return gone;',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'the record says by which right',
    file: 'src/platform/http/record.ts',
    with: '...(action === null ? {} : { right: action }),',
    without: '',
    tests: ['src/audit-trail.test.ts'],
  },
  {
    name: 'nobody may set the term of the record below six months',
    file: 'src/platform/config/config.ts',
    with: 'schema: whole(6, 1200),',
    without: 'schema: whole(0, 1200),',
    tests: ['src/platform/config'],
  },
];
