import type { Module } from '../../platform/app.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import * as contract from './contract.ts';
import { countingConsumer, firstCount } from './follow.ts';
import { recountDaily } from './recount.ts';
import { statisticsRoutes } from './routes.ts';
import { statisticsTexts } from './texts.ts';

const READ = ['statistics.read'];

export const statisticsModule: Module = {
  name: 'statistics',
  texts: statisticsTexts,
  refusals: {
    'statistics.area_not_yours': 403,
    'statistics.days_wrong': 422,
    'statistics.days_missing': 422,
    'statistics.one_at_a_time': 422,
    'statistics.whole_months': 422,
  },
  grants: {
    dispatcher: READ,
    supervisor: READ,
    evaluator: READ,
    administrator: READ,
    auditor: READ,
  },
  contracts: [contract.readCounts],
  routes: statisticsRoutes,
  consumers: (app) => [countingConsumer(app)],
  workers: (app) => [firstCount(app), recountDaily(app, tenantPrefix(app))],
};

export { type Recount, recount, type WrongCell } from './recount.ts';
export { type RegionRow, regionCounts } from './region.ts';
