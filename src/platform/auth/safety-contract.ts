import { z } from 'zod';
import { defineContract } from '../http/contract.ts';
import { noContent, text } from '../http/fields.ts';

/** Second factors and sessions: the own ones, and what an administrator may do about another's. */

const id = z.object({ id: z.uuid() });
/** What a browser's passkey answers; the library that checks it looks at every part. */
const passkeyAnswer = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
});
/** What the browser's own interface for passkeys takes. */
const passkeyOptions = z.record(z.string(), z.unknown());
const code = z.string().min(1).max(20);
const secondProof = z.union([
  z.strictObject({ code }),
  z.strictObject({ recoveryCode: z.string().min(1).max(40) }),
  z.strictObject({ passkey: passkeyAnswer }),
]);
const own = { access: { kind: 'signed_in' }, effect: 'none', withoutSecondFactor: true } as const;
/** In the hands of the security administrator, not of whoever makes accounts and gives posts. */
const manage = { kind: 'action', action: 'auth.manage_safety', target: 'tenant' } as const;
const person = z.object({ id: z.string(), username: z.string(), name: z.string() });
const kinds = z.object({ totp: z.boolean(), passkey: z.boolean() });
/** Shown this once; null when the account had a factor before. */
const newFactor = z.object({ recoveryCodes: z.array(z.string()).nullable() });

export const secondStep = defineContract({
  id: 'auth.second_step',
  method: 'POST',
  path: '/api/auth/second-step',
  summary: 'Finish a sign-in with the second factor; sets the session cookie',
  access: { kind: 'public' },
  effect: 'none',
  body: secondProof,
  answer: z.object({ user: person }),
  refusals: ['auth.second_step_over', 'auth.wrong_code', 'auth.suspended', 'auth.too_many_tries'],
  perMinute: 30,
});

export const askPasskey = defineContract({
  id: 'auth.ask_passkey',
  method: 'POST',
  path: '/api/auth/passkey-questions',
  summary: 'What a browser needs to answer with a passkey: to sign in, or as the second step of a sign-in',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ purpose: z.enum(['sign_in', 'second_step']) }),
  answer: passkeyOptions,
  refusals: ['auth.second_step_over'],
  perMinute: 30,
});

export const signInWithPasskey = defineContract({
  id: 'auth.sign_in_with_passkey',
  method: 'POST',
  path: '/api/auth/passkey-sign-in',
  summary: 'Sign in with a passkey alone, which is two factors; sets the session cookie',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ passkey: passkeyAnswer }),
  answer: z.object({ user: person }),
  refusals: ['auth.passkey_unknown', 'auth.suspended'],
  perMinute: 30,
});

export const readWays = defineContract({
  id: 'auth.read_ways',
  method: 'GET',
  path: '/api/auth/ways',
  summary: 'By what officers can sign in here beside the password',
  access: { kind: 'public' },
  effect: 'none',
  answer: z.object({ sso: z.object({ name: z.string() }).nullable() }),
  refusals: [],
});

export const beginSso = defineContract({
  id: 'auth.begin_sso',
  method: 'GET',
  path: '/api/auth/sso',
  summary: 'Sends the browser to the sign-in service; with `proof` to prove anew who holds the session',
  access: { kind: 'public' },
  effect: 'none',
  query: z.strictObject({ from: z.string().max(500).optional(), proof: z.literal('1').optional() }),
  answer: noContent,
  refusals: ['auth.sso_off', 'auth.sso_away'],
  perMinute: 30,
});

export const finishSso = defineContract({
  id: 'auth.finish_sso',
  method: 'GET',
  path: '/api/auth/sso/callback',
  summary: 'Where the sign-in service sends the browser back to',
  access: { kind: 'public' },
  effect: 'none',
  answer: noContent,
  refusals: ['auth.sso_off', 'auth.sso_over', 'auth.sso_failed', 'auth.sso_unknown', 'auth.sso_away'],
  perMinute: 30,
});

export const prove = defineContract({
  id: 'auth.prove',
  method: 'POST',
  path: '/api/auth/proofs',
  summary: 'Prove again who one is, for what needs a fresh proof; the session gets another id',
  ...own,
  body: z.union([z.strictObject({ password: z.string().min(1).max(500) }), secondProof]),
  /** How long the proof holds. */
  answer: z.object({ seconds: z.number() }),
  refusals: ['auth.wrong_proof', 'auth.wrong_code', 'auth.suspended', 'auth.too_many_tries'],
  perMinute: 20,
});

export const askProof = defineContract({
  id: 'auth.ask_proof',
  method: 'POST',
  path: '/api/auth/proof-questions',
  summary: 'By what one can prove again who one is, with what a browser needs to answer with a passkey',
  ...own,
  answer: z.object({
    hasPassword: z.boolean(),
    totp: z.boolean(),
    passkey: passkeyOptions.nullable(),
    sso: z.boolean(),
  }),
  refusals: [],
  perMinute: 30,
});

export const readSafety = defineContract({
  id: 'auth.read_safety',
  method: 'GET',
  path: '/api/auth/safety',
  summary: 'The own second factors, and whether one is needed',
  ...own,
  answer: z.object({
    hasPassword: z.boolean(),
    /** `missing`: one of the posts needs it and this session has none. `optional`: no post needs it. */
    secondFactor: z.enum(['given', 'missing', 'optional']),
    needed: z.boolean(),
    totpSince: z.string().nullable(),
    recoveryCodesLeft: z.number(),
    passkeys: z.array(
      z.object({ id: z.string(), name: z.string(), createdAt: z.string(), usedAt: z.string().nullable() }),
    ),
  }),
  refusals: [],
});

export const beginTotp = defineContract({
  id: 'auth.begin_totp',
  method: 'POST',
  path: '/api/auth/totp',
  summary: 'A new secret for an authenticator app; it counts once a code of it is confirmed',
  ...own,
  fresh: true,
  answer: z.object({ secret: z.string(), address: z.string() }),
  status: 201,
  refusals: [],
});

export const confirmTotp = defineContract({
  id: 'auth.confirm_totp',
  method: 'POST',
  path: '/api/auth/totp/confirmation',
  summary: 'Take the authenticator app into use by a code of it',
  ...own,
  body: z.strictObject({ code }),
  answer: newFactor,
  refusals: ['auth.wrong_code', 'auth.suspended'],
  perMinute: 20,
});

export const removeTotp = defineContract({
  id: 'auth.remove_totp',
  method: 'DELETE',
  path: '/api/auth/totp',
  summary: 'Stop using the authenticator app',
  ...own,
  fresh: true,
  answer: noContent,
  refusals: ['auth.no_second_factor', 'auth.last_second_factor'],
});

export const beginPasskey = defineContract({
  id: 'auth.begin_passkey',
  method: 'POST',
  path: '/api/auth/passkeys/questions',
  summary: 'What a browser needs to make a passkey',
  ...own,
  fresh: true,
  answer: passkeyOptions,
  refusals: [],
});

export const addPasskey = defineContract({
  id: 'auth.add_passkey',
  method: 'POST',
  path: '/api/auth/passkeys',
  summary: 'Keep the passkey that the browser made',
  ...own,
  body: z.strictObject({ name: text(50), passkey: passkeyAnswer }),
  answer: newFactor,
  status: 201,
  refusals: ['auth.passkey_not_added', 'auth.suspended'],
});

export const removePasskey = defineContract({
  id: 'auth.remove_passkey',
  method: 'DELETE',
  path: '/api/auth/passkeys/:id',
  summary: 'Stop using a passkey',
  ...own,
  fresh: true,
  params: id,
  answer: noContent,
  refusals: ['auth.no_second_factor', 'auth.last_second_factor'],
});

export const renewRecoveryCodes = defineContract({
  id: 'auth.renew_recovery_codes',
  method: 'POST',
  path: '/api/auth/recovery-codes',
  summary: 'New recovery codes, shown this once; earlier ones stop working',
  ...own,
  fresh: true,
  answer: z.object({ recoveryCodes: z.array(z.string()) }),
  status: 201,
  refusals: ['auth.no_second_factor'],
});

const session = z.object({
  id: z.string(),
  method: z.enum(['password', 'passkey', 'sso']),
  secondFactor: z.boolean(),
  userAgent: z.string(),
  address: z.string(),
  beganAt: z.string(),
  lastSeenAt: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
const sessions = z.object({ items: z.array(session) });

const clock = z.object({
  idleEndsAt: z.string(),
  endsAt: z.string(),
  now: z.string(),
  /** How long the session lives without anything done. */
  idleSeconds: z.number(),
});

export const readSession = defineContract({
  id: 'auth.read_session',
  method: 'GET',
  path: '/api/auth/session',
  summary: 'When the own session ends; asking does not keep it alive',
  ...own,
  passive: true,
  answer: clock,
  refusals: [],
});

export const renewSession = defineContract({
  id: 'auth.renew_session',
  method: 'POST',
  path: '/api/auth/session/renewal',
  summary: 'Keep the own session alive because its holder is at work',
  ...own,
  answer: clock,
  refusals: [],
});

export const listOwnSessions = defineContract({
  id: 'auth.list_own_sessions',
  method: 'GET',
  path: '/api/auth/sessions',
  summary: 'Where one is signed in',
  ...own,
  answer: sessions,
  refusals: [],
});

export const endOwnSession = defineContract({
  id: 'auth.end_own_session',
  method: 'DELETE',
  path: '/api/auth/sessions/:id',
  summary: 'Sign out on another device, at its next request',
  ...own,
  params: id,
  answer: noContent,
  refusals: ['auth.session_not_found'],
});

export const endOtherSessions = defineContract({
  id: 'auth.end_other_sessions',
  method: 'DELETE',
  path: '/api/auth/sessions',
  summary: 'Sign out everywhere else',
  ...own,
  answer: noContent,
  refusals: [],
});

export const listSessionsOf = defineContract({
  id: 'auth.list_sessions_of',
  method: 'GET',
  path: '/api/auth/accounts/:id/sessions',
  summary: 'Where an account is signed in',
  access: manage,
  effect: 'none',
  params: id,
  answer: sessions,
  refusals: ['auth.account_not_found'],
});

export const endSessionsOf = defineContract({
  id: 'auth.end_sessions_of',
  method: 'DELETE',
  path: '/api/auth/accounts/:id/sessions',
  summary: 'Sign an account out everywhere',
  access: manage,
  effect: 'none',
  fresh: true,
  params: id,
  answer: noContent,
  refusals: ['auth.account_not_found'],
});

export const endSessionOf = defineContract({
  id: 'auth.end_session_of',
  method: 'DELETE',
  path: '/api/auth/accounts/:id/sessions/:session',
  summary: 'Sign an account out on one device, at its next request',
  access: manage,
  effect: 'none',
  fresh: true,
  params: z.object({ id: z.uuid(), session: z.uuid() }),
  answer: noContent,
  refusals: ['auth.account_not_found', 'auth.session_not_found'],
});

export const resetSecondFactors = defineContract({
  id: 'auth.reset_second_factors',
  method: 'POST',
  path: '/api/auth/accounts/:id/second-factor-reset',
  summary: 'Take the second factors from an account whose holder lost them; its sessions end',
  access: manage,
  effect: 'none',
  fresh: true,
  params: id,
  answer: noContent,
  refusals: ['auth.account_not_found', 'auth.not_own_factors'],
});

/** Which second factors an account has; the first step of a sign-in answers it. */
export const factorKinds = kinds;
