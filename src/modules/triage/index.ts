import type { Module } from '../../platform/app.ts';
import { registerClassAdvisor } from '../catalogue/index.ts';
import * as contracts from './contract.ts';
import { outcomeConsumer } from './follow-cases.ts';
import { keepUp } from './keep-up.ts';
import { triageRoutes } from './routes.ts';
import { classAdvisor } from './suggest.ts';
import { triageTexts } from './texts.ts';

export const triageModule: Module = {
  name: 'triage',
  texts: triageTexts,
  refusals: { 'triage.training_runs': 409, 'triage.no_such_model': 404 },
  grants: {
    dispatcher: ['triage.suggest'],
    supervisor: ['triage.suggest'],
    community_worker: ['triage.suggest'],
    grid_worker: ['triage.suggest'],
    administrator: ['triage.manage'],
  },
  contracts: Object.values(contracts),
  routes: (app) => {
    registerClassAdvisor((tx, at) => classAdvisor(app, tx, at));
    return triageRoutes(app);
  },
  consumers: (app) => [outcomeConsumer(app)],
  workers: (app) => [keepUp(app)],
};

export { evaluateCommand, type Evaluation, trainCommand } from './command.ts';
export type { LabelledFile } from './labelled-file.ts';
export { scrub } from './rules/scrub.ts';
export { TriageError } from './triage-error.ts';
