import type { App, Module } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { startJob } from '../../platform/jobs/job.ts';
import { findJurisdiction } from '../areas/index.ts';
import { SEALED_LISTS } from './affected.ts';
import { privacyContracts } from './contract.ts';
import { runRetention } from './erasing.ts';
import { loadPrivacy } from './notices.ts';
import { SEALED_REQUESTS } from './requests.ts';
import { privacyRoutes } from './routes.ts';
import { privacyTexts } from './texts.ts';

const HOUR_MS = 3_600_000;

/** What the platform owes to the people whose data it holds. */
export const privacyModule: Module = {
  name: 'privacy',
  texts: privacyTexts,
  refusals: {
    'privacy.notice_incomplete': 422,
    'privacy.content_before_identity': 422,
    'privacy.no_case': 404,
    'privacy.no_office_phone': 409,
    'privacy.no_request': 404,
    'privacy.decided_already': 409,
    'privacy.case_token_needed': 401,
    'privacy.nothing_to_correct': 422,
    'privacy.asked_already': 409,
    'privacy.no_identity': 409,
  },
  grants: {
    administrator: ['privacy.manage'],
    dispatcher: ['privacy.look_up'],
    supervisor: ['privacy.decide'],
    auditor: ['privacy.list_affected'],
  },
  sealed: [SEALED_REQUESTS, SEALED_LISTS],
  contracts: Object.values(privacyContracts),
  routes: privacyRoutes,
  workers: (app) => [
    startJob({ app, name: 'retention', every: HOUR_MS, run: (stopping) => runRetentionOn(app, stopping) }),
  ],
};

/** A database from before this module gets its first notice and rule; then what is due goes. */
async function runRetentionOn(app: App, stopping: () => boolean): Promise<void> {
  const actor = systemActor(app.config.tenant, 'privacy');
  await app.database.transact(actor, async (tx) => {
    const jurisdiction = await findJurisdiction(tx);
    if (jurisdiction) await loadPrivacy(tx, { at: app.now(), place: jurisdiction.name });
  });
  await runRetention(app, stopping);
}

export { runRetention } from './erasing.ts';
export { askCorrection } from './requests.ts';
export { loadPrivacy, type Purpose, recordFilings, withdrawConsent } from './notices.ts';
