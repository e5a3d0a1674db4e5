import type { App, Module } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { startJob } from '../../platform/jobs/job.ts';
import * as contracts from './contract.ts';
import { SEALED_REQUESTERS } from './identities.ts';
import { purgeResidentSessions, SEALED_SESSIONS } from './phone-codes.ts';
import { requestersRoutes } from './routes.ts';
import { requestersTexts } from './texts.ts';

export {
  checkIdentity,
  checkRequester,
  type Contact,
  contactOf,
  correctRequester,
  eraseRequester,
  identityWords,
  type Look,
  type LookTaken,
  looksAt,
  lookUpPhone,
  maskedRequester,
  maskIdentity,
  ownIdentity,
  type PlainRequester,
  phoneIndexesOf,
  personKeys,
  phoneIndexOf,
  requesterIdsByPhone,
  requesterIdsByPhoneEnding,
  type SavedRequester,
  requesterInserts,
  type SealedRequester,
  saveRequester,
  sealRequester,
  unmaskRequester,
} from './identities.ts';
export { findResident, phoneOfResident } from './phone-codes.ts';
export { type Phone, readPhone } from './rules/phone.ts';

export const requestersModule: Module = {
  name: 'requesters',
  texts: requestersTexts,
  refusals: {
    'requesters.bad_phone': 422,
    'requesters.phone_needs_area_code': 422,
    'requesters.bad_mail': 422,
    'requesters.not_a_mobile': 422,
    'requesters.code_too_often': 429,
    'requesters.code_wrong': 401,
    'requesters.no_text_messages': 409,
    'requesters.not_found': 404,
    'requesters.erased': 410,
  },
  grants: {},
  sealed: [...SEALED_REQUESTERS, SEALED_SESSIONS],
  contracts: Object.values(contracts),
  routes: requestersRoutes,
  workers: (app) => [startJob({ app, name: 'resident sessions clean-up', every: 3_600_000, run: () => purge(app) })],
};

function purge(app: App): Promise<void> {
  const actor = systemActor(app.config.tenant, 'requesters');
  return app.database.transact(actor, (tx) => purgeResidentSessions(tx, app.now()));
}
