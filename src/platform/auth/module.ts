import { sql } from 'kysely';
import type { Module } from '../app.ts';
import { startJob } from '../jobs/job.ts';
import * as contracts from './contract.ts';
import { authRoutes } from './routes.ts';
import * as safety from './safety-contract.ts';
import { authTexts } from './texts.ts';

const { factorKinds: _, ...safetyContracts } = safety;

/** Signing in and out, and the accounts behind it. Rights do not come from here but from posts. */
export const authModule: Module = {
  name: 'auth',
  texts: authTexts,
  refusals: {
    'auth.wrong_credentials': 401,
    'auth.suspended': 403,
    'auth.too_many_tries': 429,
    'auth.wrong_proof': 422,
    'auth.sso_off': 404,
    'auth.sso_away': 409,
    'auth.sso_over': 410,
    'auth.sso_failed': 401,
    'auth.sso_unknown': 401,
    'auth.second_factor_needed': 403,
    'auth.second_step_over': 410,
    'auth.wrong_code': 422,
    'auth.passkey_unknown': 401,
    'auth.passkey_not_added': 422,
    'auth.no_second_factor': 404,
    'auth.last_second_factor': 409,
    'auth.session_not_found': 404,
    'auth.not_own_factors': 409,
    'auth.wrong_current_password': 422,
    'auth.password_length': 422,
    'auth.password_guessable': 422,
    'auth.link_invalid': 410,
    'auth.account_not_found': 404,
    'auth.username_malformed': 422,
    'auth.username_taken': 409,
    'auth.mail_taken': 409,
    'auth.not_oneself': 409,
  },
  // Accounts and their safety are in two hands (auth/actor.ts, SEPARATE_OFFICES).
  grants: {
    administrator: ['auth.read_accounts', 'auth.manage_accounts'],
    security_administrator: ['auth.read_accounts', 'auth.manage_safety'],
  },
  sealed: [
    {
      table: 'auth.totp',
      key: ['user_id'],
      sealed: ['secret', 'pending'],
      context: (_column, row) => `totp:${row.user_id}`,
      ofTenant: (tenant) => sql<boolean>`user_id IN (SELECT u.id FROM auth."user" u WHERE u.tenant = ${tenant})`,
    },
  ],
  contracts: [...Object.values(contracts), ...Object.values(safetyContracts)],
  routes: authRoutes,
  workers: (app) => [startJob({ app, name: 'sign-in clean-up', every: 3_600_000, run: () => app.auth.purge() })],
};
