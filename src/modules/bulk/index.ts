import type { Module } from '../../platform/app.ts';
import { dispatchMany, exportMany, noteMany, printMany } from './contract.ts';
import { bulkRoutes } from './routes.ts';
import { bulkTexts } from './texts.ts';

/** Those whose work is with lists; steps and printing go by the rights of cases. */
const EXPORTS = ['bulk.export'];

export const bulkModule: Module = {
  name: 'bulk',
  texts: bulkTexts,
  refusals: { 'bulk.no_suggestion': 409 },
  grants: { dispatcher: EXPORTS, supervisor: EXPORTS, evaluator: EXPORTS },
  contracts: [dispatchMany, noteMany, printMany, exportMany],
  routes: bulkRoutes,
};
