import { z } from 'zod';
import { defineContract } from '../http/contract.ts';
import { noContent, optionalText, pageOf, text } from '../http/fields.ts';
import { LANES, ROLES } from './actor.ts';
import { factorKinds } from './safety-contract.ts';

const id = z.object({ id: z.uuid() });
const password = z.string().min(1).max(500);

const account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  mail: z.string().nullable(),
  suspendedAt: z.string().nullable(),
  createdAt: z.string(),
});

const link = z.object({
  /** Shown once; only its digest is kept. */
  url: z.string(),
  expiresAt: z.string(),
});

const person = z.object({ id: z.string(), username: z.string(), name: z.string() });

export const signIn = defineContract({
  id: 'auth.sign_in',
  method: 'POST',
  path: '/api/auth/sign-in',
  summary: 'Sign in with username and password; sets the session cookie',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ username: z.string().max(200), password }),
  /** `secondStep` instead of `user`: the account has a second factor, which is asked for next. */
  answer: z.object({ user: person.nullable(), secondStep: factorKinds.nullable() }),
  refusals: ['auth.wrong_credentials', 'auth.suspended', 'auth.too_many_tries'],
  perMinute: 60,
});

export const signOut = defineContract({
  id: 'auth.sign_out',
  method: 'POST',
  path: '/api/auth/sign-out',
  summary: 'End the session',
  access: { kind: 'public' },
  effect: 'none',
  answer: noContent,
  refusals: [],
});

export const me = defineContract({
  id: 'auth.me',
  method: 'GET',
  path: '/api/auth/me',
  summary: 'Who is signed in, with which posts and permissions',
  access: { kind: 'signed_in' },
  effect: 'none',
  withoutSecondFactor: true,
  answer: z.object({
    user: person,
    posts: z.array(
      z.object({
        id: z.string(),
        organisationId: z.string(),
        role: z.enum(ROLES),
        scope: z.array(z.string()),
        lanes: z.array(z.enum(LANES)).nullable(),
      }),
    ),
    /** `missing`: nothing else is answered until a second factor was given or set up. */
    secondFactor: z.enum(['given', 'missing', 'optional']),
    /** Actions that at least one post allows. */
    permissions: z.array(z.string()),
    locale: z.enum(['zh-CN', 'en']),
  }),
  refusals: [],
});

export const changePassword = defineContract({
  id: 'auth.change_password',
  method: 'POST',
  path: '/api/auth/password',
  summary: 'Change the own password; ends all other sessions',
  access: { kind: 'signed_in' },
  effect: 'none',
  body: z.strictObject({ current: password, next: password }),
  answer: noContent,
  refusals: [
    'auth.wrong_current_password',
    'auth.password_length',
    'auth.password_guessable',
    'auth.too_many_tries',
    'auth.suspended',
  ],
  perMinute: 6,
});

export const readLink = defineContract({
  id: 'auth.read_link',
  method: 'POST',
  path: '/api/auth/first-password/check',
  summary: 'Whose password a one-time link sets',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ token: z.string().max(100) }),
  answer: z.object({ username: z.string(), name: z.string() }),
  refusals: ['auth.link_invalid'],
  perMinute: 20,
});

export const setFirstPassword = defineContract({
  id: 'auth.set_first_password',
  method: 'POST',
  path: '/api/auth/first-password',
  summary: 'Set the password with a one-time link',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ token: z.string().max(100), password }),
  answer: z.object({ username: z.string() }),
  refusals: ['auth.link_invalid', 'auth.password_length', 'auth.password_guessable'],
  perMinute: 20,
});

const manage = { kind: 'action', action: 'auth.manage_accounts', target: 'tenant' } as const;

export const listAccounts = defineContract({
  id: 'auth.list_accounts',
  method: 'GET',
  path: '/api/auth/accounts',
  summary: 'List sign-in accounts by username',
  access: { kind: 'action', action: 'auth.read_accounts', target: 'tenant' },
  effect: 'none',
  query: z.strictObject({
    after: z.string().max(40).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: pageOf(account),
  refusals: [],
});

export const createAccount = defineContract({
  id: 'auth.create_account',
  method: 'POST',
  path: '/api/auth/accounts',
  summary: 'Create an account; its holder sets the password by the one-time link',
  access: manage,
  effect: 'none',
  fresh: true,
  body: z.strictObject({
    username: text(40, 3),
    name: text(50),
    mail: optionalText(200).pipe(z.email().nullable()).optional(),
  }),
  answer: z.object({ account, link }),
  status: 201,
  refusals: ['auth.username_malformed', 'auth.username_taken', 'auth.mail_taken'],
});

export const issueLink = defineContract({
  id: 'auth.issue_link',
  method: 'POST',
  path: '/api/auth/accounts/:id/link',
  summary: 'Issue a new one-time link; earlier ones stop working',
  access: manage,
  effect: 'none',
  fresh: true,
  params: id,
  answer: link,
  status: 201,
  refusals: ['auth.account_not_found'],
});

export const suspend = defineContract({
  id: 'auth.suspend_account',
  method: 'POST',
  path: '/api/auth/accounts/:id/suspension',
  summary: 'Suspend an account; its sessions end at once',
  access: manage,
  effect: 'none',
  fresh: true,
  params: id,
  answer: account,
  refusals: ['auth.account_not_found', 'auth.not_oneself'],
});

export const resume = defineContract({
  id: 'auth.resume_account',
  method: 'DELETE',
  path: '/api/auth/accounts/:id/suspension',
  summary: 'Let a suspended account sign in again',
  access: manage,
  effect: 'none',
  fresh: true,
  params: id,
  answer: account,
  refusals: ['auth.account_not_found'],
});
