import { type Module, route } from '../app.ts';
import { exportEntries, listEntries } from './contract.ts';
import { exportSigned } from './export.ts';
import { readEntries } from './list.ts';
import { auditTexts } from './texts.ts';

/** The record as auditors read it. Administrators hold no permission on it: they are among those it records. */
export const auditModule: Module = {
  name: 'audit',
  texts: auditTexts,
  refusals: { 'audit.too_many': 422 },
  grants: { auditor: ['audit.read'] },
  contracts: [listEntries, exportEntries],
  routes: ({ signer }) => [
    route(listEntries, ({ tx, actor, query }) => readEntries(tx, actor, query)),
    route(exportEntries, ({ tx, actor, body, now }) => exportSigned(tx, actor, signer, body, now)),
  ],
};
