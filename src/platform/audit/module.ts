import { type Module, route } from '../app.ts';
import { defineTexts } from '../i18n/texts.ts';
import { listEntries } from './contract.ts';
import { readEntries } from './list.ts';

/** The record as auditors read it. Administrators hold no permission on it: they are among those it records. */
export const auditModule: Module = {
  name: 'audit',
  texts: defineTexts({ 'zh-CN': {}, en: {} }),
  refusals: {},
  grants: { auditor: ['audit.read'] },
  contracts: [listEntries],
  routes: () => [route(listEntries, ({ tx, actor, query }) => readEntries(tx, actor, query))],
};
