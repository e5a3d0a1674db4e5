import type { Module } from '../../platform/app.ts';
import { caseFile, identifiedFile, ownFile } from './contract.ts';
import { caseFileRoutes } from './routes.ts';
import { caseFileTexts } from './texts.ts';

/** Whoever may see a case gets its file. */
const READS = ['case-file.read'];

export const caseFileModule: Module = {
  name: 'case-file',
  texts: caseFileTexts,
  refusals: { 'case-file.case_token_needed': 401 },
  grants: {
    grid_worker: READS,
    community_worker: READS,
    dispatcher: READS,
    handler: READS,
    verifier: READS,
    supervisor: READS,
    evaluator: READS,
  },
  contracts: [caseFile, identifiedFile, ownFile],
  routes: caseFileRoutes,
};
