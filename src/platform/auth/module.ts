import type { Module } from '../app.ts';
import { startWorker } from '../worker.ts';
import * as contracts from './contract.ts';
import { authRoutes } from './routes.ts';
import { authTexts } from './texts.ts';

/** Signing in and out, and the accounts behind it. Rights do not come from here but from posts. */
export const authModule: Module = {
  name: 'auth',
  texts: authTexts,
  refusals: {
    'auth.wrong_credentials': 401,
    'auth.suspended': 403,
    'auth.too_many_tries': 429,
    'auth.wrong_proof': 422,
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
  grants: { administrator: ['auth.manage_accounts'] },
  contracts: Object.values(contracts),
  routes: authRoutes,
  workers: (app) => [
    startWorker({ name: 'sign-in clean-up', every: 3_600_000, log: app.log, run: () => app.auth.purge() }),
  ],
};
