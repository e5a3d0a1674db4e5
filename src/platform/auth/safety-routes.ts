import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { type AuditEntry, auditDenied } from '../audit/audit.ts';
import { type App, type Route, route } from '../app.ts';
import type { Actor } from './actor.ts';
import type { Proof, SecondProof, Session, SignedIn } from './account.ts';
import type { ListedSession } from './auth.ts';
import { setCookies } from './cookies.ts';
import * as contracts from './safety-contract.ts';
import { SECOND_STEP_COOKIE } from './sign-in.ts';
import { callerOf, headersOf, note, tellOfNewDevice, ownCookie, type Raw } from './route-parts.ts';
import { ssoRoutes } from './sso-routes.ts';

export function safetyRoutes(app: App): readonly Route[] {
  return [...entryRoutes(app), ...ssoRoutes(app), ...factorRoutes(app), ...sessionRoutes(app), ...adminRoutes(app)];
}

/** Second steps of signing in, and signing in by passkey. */
function entryRoutes(app: App): readonly Route[] {
  const { auth } = app;
  return [
    route(contracts.secondStep, async ({ body, actor, address, raw }) => {
      const headers = headersOf(raw);
      const token = ownCookie(app, headers, SECOND_STEP_COOKIE);
      const caller = callerOf(app, headers, address);
      return finish(app, actor, 'auth.second_step', address, raw, await auth.secondStep(token, proofOf(body), caller));
    }),
    route(contracts.askPasskey, async ({ body, raw }) => {
      const token = ownCookie(app, headersOf(raw), SECOND_STEP_COOKIE);
      const asked = await auth.askPasskey(body.purpose, { token });
      return isRefusal(asked) ? asked : { ...asked };
    }),
    route(contracts.signInWithPasskey, async ({ body, actor, address, raw }) => {
      const answer = body.passkey as unknown as AuthenticationResponseJSON;
      const signedIn = await auth.signInWithPasskey(answer, callerOf(app, headersOf(raw), address));
      return finish(app, actor, 'auth.sign_in_with_passkey', address, raw, signedIn);
    }),
    route(contracts.askProof, async ({ actor }) => {
      if (actor.kind !== 'officer') return refuse('auth.required');
      const { hasPassword, kinds } = await auth.safetyOf(actor.userId);
      const asked = kinds.passkey ? await auth.askPasskey('proof', { userId: actor.userId }) : null;
      const passkey = asked === null || isRefusal(asked) ? null : { ...asked };
      return { hasPassword, totp: kinds.totp, passkey, sso: auth.sso !== null };
    }),
    route(contracts.prove, async ({ body, actor, address, raw }) => {
      const session = await auth.sessionOf(headersOf(raw));
      if (actor.kind !== 'officer' || !session) return refuse('auth.required');
      const proof: Proof = 'password' in body ? body : proofOf(body);
      const proved = await auth.prove(session, proof, callerOf(app, headersOf(raw), address));
      const entry = { action: 'auth.prove', targetKind: 'account', targetId: actor.userId, address };
      if (isRefusal(proved)) return denied(app, actor, entry, proved);
      await note(app, actor, { ...entry, details: { by: Object.keys(proof)[0] ?? '' } });
      setCookies(raw.reply, proved.cookies);
      return { seconds: app.config.proofSeconds };
    }),
  ];
}

/** Sets the cookies of a sign-in that went through, and keeps either outcome. */
async function finish(
  app: App,
  actor: Actor,
  action: string,
  address: string,
  raw: Raw,
  signedIn: Result<SignedIn>,
): Promise<Result<{ user: { id: string; username: string; name: string } }>> {
  const entry = { action, targetKind: 'account', address };
  if (isRefusal(signedIn)) return denied(app, actor, { ...entry, targetId: 'unknown' }, signedIn);
  const { id, username, name } = signedIn.account;
  await note(app, actor, { ...entry, targetId: id });
  setCookies(raw.reply, signedIn.cookies);
  await tellOfNewDevice(app, signedIn);
  return { user: { id, username, name } };
}

function factorRoutes(app: App): readonly Route[] {
  const { auth } = app;
  const withSession = async (raw: Raw, work: (session: Session) => Promise<Result<object>>) => {
    const session = await auth.sessionOf(headersOf(raw));
    return session ? work(session) : refuse('auth.required');
  };
  return [
    route(contracts.readSafety, async ({ actor }) => {
      if (actor.kind !== 'officer' || !actor.session) return refuse('auth.required');
      const safety = await auth.safetyOf(actor.userId);
      const { secondFactor, secondFactorNeeded } = actor.session;
      return {
        hasPassword: safety.hasPassword,
        secondFactor,
        needed: secondFactorNeeded,
        totpSince: safety.totpSince?.toISOString() ?? null,
        recoveryCodesLeft: safety.recoveryCodesLeft,
        passkeys: safety.passkeys.map(({ id, name, createdAt, usedAt }) => ({
          ...{ id, name },
          ...{ createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null },
        })),
      };
    }),
    route(contracts.beginTotp, async ({ actor, address, raw }) => {
      const session = await auth.sessionOf(headersOf(raw));
      if (!session) return refuse('auth.required');
      const setup = await auth.beginTotp(session.account);
      await note(app, actor, own('auth.begin_totp', session.account.id, address));
      return setup;
    }),
    route(
      contracts.confirmTotp,
      ({ actor, body, address, raw }) =>
        withSession(raw, async (session) => {
          const entry = own('auth.confirm_totp', session.account.id, address);
          const added = await auth.confirmTotp(session, body.code, callerOf(app, headersOf(raw), address));
          if (isRefusal(added)) return denied(app, actor, entry, added);
          await note(app, actor, entry);
          setCookies(raw.reply, added.cookies);
          return { recoveryCodes: added.recoveryCodes };
        }) as Promise<Result<{ recoveryCodes: string[] | null }>>,
    ),
    route(contracts.removeTotp, ({ actor, address }) => remove(app, actor, 'totp', address)),
    route(contracts.beginPasskey, async ({ raw }) => {
      const session = await auth.sessionOf(headersOf(raw));
      return session ? { ...(await auth.beginPasskey(session.account)) } : refuse('auth.required');
    }),
    route(
      contracts.addPasskey,
      ({ actor, body, address, raw }) =>
        withSession(raw, async (session) => {
          const entry = own('auth.add_passkey', session.account.id, address);
          const passkey = { name: body.name, response: body.passkey as unknown as RegistrationResponseJSON };
          const added = await auth.addPasskey(session, passkey, callerOf(app, headersOf(raw), address));
          if (isRefusal(added)) return denied(app, actor, entry, added);
          await note(app, actor, entry);
          setCookies(raw.reply, added.cookies);
          return { recoveryCodes: added.recoveryCodes };
        }) as Promise<Result<{ recoveryCodes: string[] | null }>>,
    ),
    route(contracts.removePasskey, ({ actor, params, address }) => remove(app, actor, { passkey: params.id }, address)),
    route(contracts.renewRecoveryCodes, async ({ actor, address }) => {
      if (actor.kind !== 'officer') return refuse('auth.required');
      const codes = await auth.newRecoveryCodes(actor.userId);
      if (isRefusal(codes)) return codes;
      await note(app, actor, own('auth.renew_recovery_codes', actor.userId, address));
      return { recoveryCodes: [...codes] };
    }),
  ];
}

async function remove(
  app: App,
  actor: Actor,
  factor: Parameters<App['auth']['removeFactor']>[1],
  address: string,
): Promise<Result<{ ok: true }>> {
  if (actor.kind !== 'officer' || !actor.session) return refuse('auth.required');
  const entry = own(factor === 'totp' ? 'auth.remove_totp' : 'auth.remove_passkey', actor.userId, address);
  const removed = await app.auth.removeFactor(actor.userId, factor, actor.session.secondFactorNeeded);
  if (isRefusal(removed)) return denied(app, actor, entry, removed);
  await note(app, actor, entry);
  return { ok: true };
}

function sessionRoutes(app: App): readonly Route[] {
  const { auth } = app;
  const clock = async (raw: Raw, passive: boolean) => {
    const session = await auth.sessionOf(headersOf(raw), { passive });
    if (!session) return refuse('auth.required');
    const { idleEndsAt, endsAt } = session;
    // The idle end is by the wall clock, as the library keeps it.
    const idleSeconds = app.config.sessionIdleMinutes * 60;
    return {
      ...{ idleEndsAt: idleEndsAt.toISOString(), endsAt: endsAt.toISOString() },
      ...{ now: new Date().toISOString(), idleSeconds },
    };
  };
  return [
    route(contracts.readSession, ({ raw }) => clock(raw, true)),
    route(contracts.renewSession, ({ raw }) => clock(raw, false)),
    route(contracts.listOwnSessions, async ({ actor }) => {
      if (actor.kind !== 'officer') return refuse('auth.required');
      const items = await auth.listSessions(actor.userId);
      return { items: items.map((session) => presentSession(session, actor.session?.id)) };
    }),
    route(contracts.endOwnSession, async ({ actor, params, address }) => {
      if (actor.kind !== 'officer') return refuse('auth.required');
      if (!(await auth.endSession(actor.userId, params.id))) return refuse('auth.session_not_found');
      await note(app, actor, own('auth.end_session', actor.userId, address));
      return { ok: true as const };
    }),
    route(contracts.endOtherSessions, async ({ actor, address }) => {
      if (actor.kind !== 'officer' || !actor.session) return refuse('auth.required');
      await auth.endSessions(actor.userId, actor.session.id);
      await note(app, actor, own('auth.end_other_sessions', actor.userId, address));
      return { ok: true as const };
    }),
  ];
}

function adminRoutes(app: App): readonly Route[] {
  const { auth } = app;
  return [
    route(contracts.listSessionsOf, async ({ params }) => {
      if (!(await auth.findAccountById(params.id))) return refuse('auth.account_not_found');
      return { items: (await auth.listSessions(params.id)).map((session) => presentSession(session)) };
    }),
    route(contracts.endSessionsOf, async ({ actor, params, address }) => {
      if (!(await auth.findAccountById(params.id))) return refuse('auth.account_not_found');
      await auth.endSessions(params.id);
      await note(app, actor, own('auth.end_sessions_of', params.id, address));
      return { ok: true as const };
    }),
    route(contracts.endSessionOf, async ({ actor, params, address }) => {
      if (!(await auth.findAccountById(params.id))) return refuse('auth.account_not_found');
      if (!(await auth.endSession(params.id, params.session))) return refuse('auth.session_not_found');
      await note(app, actor, own('auth.end_session_of', params.id, address));
      return { ok: true as const };
    }),
    route(contracts.resetSecondFactors, async ({ actor, params, address }) => {
      // Somebody else must look at who asks: a thief at an open desk could otherwise take the own second factor away.
      if (actor.kind === 'officer' && actor.userId === params.id) return refuse('auth.not_own_factors');
      const account = await auth.resetSecondFactors(params.id);
      if (isRefusal(account)) return account;
      await note(app, actor, own('auth.reset_second_factors', account.id, address));
      return { ok: true as const };
    }),
  ];
}

/** The contract names the parts of a passkey's answer that its own library looks at. */
function proofOf(body: { code: string } | { recoveryCode: string } | { passkey: object }): SecondProof {
  return body as SecondProof;
}

function presentSession(session: ListedSession, own?: string) {
  const { id, method, secondFactor, userAgent, address, beganAt, lastSeenAt } = session;
  const times = { beganAt: beganAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
  return { id, method, secondFactor, userAgent, address, ...times, current: id === own };
}

function own(action: string, accountId: string, address: string): Omit<AuditEntry, 'result'> {
  return { action, targetKind: 'account', targetId: accountId, address };
}

async function denied(app: App, actor: Actor, entry: Omit<AuditEntry, 'result'>, refusal: Refusal): Promise<Refusal> {
  await auditDenied(app.database, actor, { ...entry, details: { code: refusal.code } }, app.now());
  return refusal;
}
