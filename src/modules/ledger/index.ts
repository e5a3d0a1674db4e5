import type { App, Module, BatchConsumer } from '../../platform/app.ts';
import * as contract from './contract.ts';
import { ledgerWorkers } from './keep.ts';
import { ledgerRoutes } from './routes.ts';
import { markMoved } from './store.ts';
import { ledgerTexts } from './texts.ts';

/** The history of the whole tenant: one log over all chains, signed checkpoints, proofs for outsiders. */
export const ledgerModule: Module = {
  name: 'ledger',
  texts: ledgerTexts,
  refusals: {
    'ledger.not_yet': 409,
    'ledger.no_checkpoint': 404,
    'ledger.not_public': 404,
    'ledger.case_needed': 409,
  },
  grants: { auditor: ['ledger.read'] },
  contracts: [
    contract.historyKey,
    contract.listCheckpoints,
    contract.latestOne,
    contract.getCheckpoint,
    contract.getConsistency,
    contract.listLeaves,
    contract.releasedProof,
    contract.ownProof,
    contract.officeProof,
    contract.historyState,
  ],
  routes: (app) => ledgerRoutes(app),
  consumers: (app) => [movedCases(app)],
  workers: (app: App) => ledgerWorkers(app),
};

const movedCases = (app: App): BatchConsumer => ({
  name: 'ledger',
  kinds: ['case.*'],
  handleAll: (events, tx) =>
    markMoved(
      tx,
      app.config.tenant,
      events.map(({ subject }) => subject),
    ),
});

export { removeOldEntries } from './audit-batches.ts';
export { checkHistory, type HistoryCheck } from './check-history.ts';
export { takeCheckpoints } from './grow.ts';
export { keepHistory } from './keep.ts';
export { readKeys } from './mirror.ts';
