import type { App, Module } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { startJob } from '../../platform/jobs/job.ts';
import { openContracts } from './contract.ts';
import { ownRoutes } from './own-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { openTexts } from './texts.ts';
import { purgeTries } from './tries.ts';

const HOUR_MS = 3_600_000;

/** The residents' portal: the way in, following one's own request, and what was made public. */
export const openModule: Module = {
  name: 'open',
  texts: openTexts,
  refusals: {
    'open.consent_needed': 422,
    'open.nothing_agreed': 409,
    'open.no_match': 404,
    'open.too_many_tries': 429,
    'open.case_token_needed': 401,
    'open.phone_session_needed': 401,
    'open.not_public': 404,
    'open.reason_needed': 422,
  },
  grants: {},
  contracts: Object.values(openContracts),
  routes: (app) => [...publicRoutes(app), ...ownRoutes(app)],
  workers: (app) => [purger(app)],
};

function purger(app: App) {
  const actor = systemActor(app.config.tenant, 'open');
  return startJob({
    app,
    name: 'tracking tries',
    every: HOUR_MS,
    run: () => app.database.transact(actor, (tx) => purgeTries(tx, app.now())),
  });
}
