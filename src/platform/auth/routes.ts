import { isRefusal, refuse } from '../../kit/result.ts';
import { auditDenied } from '../audit/audit.ts';
import { type App, type Route, route } from '../app.ts';
import { publish } from '../outbox/outbox.ts';
import type { Actor } from './actor.ts';
import type { Account } from './account.ts';
import {
  changePassword,
  createAccount,
  issueLink,
  listAccounts,
  me,
  readLink,
  resume,
  setFirstPassword,
  signIn,
  signOut,
  suspend,
} from './contract.ts';
import { setCookies } from './cookies.ts';
import { callerOf, headersOf, note, tellOfNewDevice } from './route-parts.ts';
import { safetyRoutes } from './safety-routes.ts';

export function authRoutes(app: App): readonly Route[] {
  return [...ownRoutes(app), ...safetyRoutes(app), ...accountRoutes(app)];
}

function ownRoutes(app: App): readonly Route[] {
  const { auth } = app;
  return [
    route(signIn, async ({ body, actor, address, raw }) => {
      const known = await auth.findAccount(body.username);
      const headers = headersOf(raw);
      const signedIn = await auth.signIn({ ...body, ...callerOf(app, headers, address) });
      const entry = { action: 'auth.sign_in', targetKind: 'account', targetId: known?.id ?? 'unknown', address };
      if (isRefusal(signedIn)) {
        await auditDenied(app.database, actor, { ...entry, details: { code: signedIn.code } }, app.now());
        return signedIn;
      }
      setCookies(raw.reply, signedIn.cookies);
      if (signedIn.state === 'second_step') return { user: null, secondStep: signedIn.kinds };
      await note(app, actor, entry);
      await tellOfNewDevice(app, signedIn);
      return { user: personOf(signedIn.account), secondStep: null };
    }),
    route(signOut, async ({ actor, address, raw }) => {
      setCookies(raw.reply, await auth.signOut(headersOf(raw)));
      if (actor.kind === 'officer') {
        await note(app, actor, { action: 'auth.sign_out', targetKind: 'account', targetId: actor.userId, address });
      }
      return { ok: true as const };
    }),
    route(me, async ({ actor, locale }) => {
      if (actor.kind !== 'officer') return refuse('auth.required');
      const account = await auth.findAccountById(actor.userId);
      if (!account) return refuse('auth.required');
      const allowed = new Set(actor.posts.flatMap((post) => [...(app.permissions.get(post.role) ?? [])]));
      return {
        user: personOf(account),
        posts: actor.posts.map((post) => ({ ...post, scope: [...post.scope], lanes: post.lanes && [...post.lanes] })),
        permissions: [...allowed].sort(),
        secondFactor: actor.session?.secondFactor ?? 'optional',
        locale,
      };
    }),
    route(changePassword, async ({ actor, body, address, raw }) => {
      const session = await auth.sessionOf(headersOf(raw));
      if (actor.kind !== 'officer' || !session) return refuse('auth.required');
      const changed = await auth.changePassword(session, { ...body, caller: callerOf(app, headersOf(raw), address) });
      const entry = { action: 'auth.change_password', targetKind: 'account', targetId: actor.userId, address };
      if (isRefusal(changed)) {
        await auditDenied(app.database, actor, { ...entry, details: { code: changed.code } }, app.now());
        return changed;
      }
      await note(app, actor, entry);
      return { ok: true as const };
    }),
    route(readLink, async ({ body }) => {
      const account = await auth.accountOfLink(body.token);
      return account ? { username: account.username, name: account.name } : refuse('auth.link_invalid');
    }),
    route(setFirstPassword, async ({ body, actor, address }) => {
      const account = await auth.redeemLink(body.token, body.password);
      if (isRefusal(account)) return account;
      await note(app, actor, { action: 'auth.set_password', targetKind: 'account', targetId: account.id, address });
      return { username: account.username };
    }),
  ];
}

function accountRoutes(app: App): readonly Route[] {
  const { auth } = app;
  return [
    route(listAccounts, async ({ query }) => {
      const found = await auth.listAccounts({ after: query.after, limit: query.limit + 1 });
      const items = found.slice(0, query.limit).map(present);
      return { items, next: found.length > items.length ? (items.at(-1)?.username ?? null) : null };
    }),
    route(createAccount, async ({ body, actor, address }) => {
      const account = await auth.createAccount(body);
      if (isRefusal(account)) return account;
      const link = await auth.issueLink(account.id, actor.kind === 'officer' ? actor.userId : actor.kind);
      await note(app, actor, { action: 'auth.create_account', targetKind: 'account', targetId: account.id, address });
      await tell(app, actor, account.id);
      return { account: present(account), link: presentLink(link) };
    }),
    route(issueLink, async ({ params, actor, address }) => {
      const account = await auth.findAccountById(params.id);
      if (!account) return refuse('auth.account_not_found');
      const link = await auth.issueLink(account.id, actor.kind === 'officer' ? actor.userId : actor.kind);
      await note(app, actor, { action: 'auth.issue_link', targetKind: 'account', targetId: account.id, address });
      return presentLink(link);
    }),
    route(suspend, async ({ params, actor, address }) => {
      if (actor.kind === 'officer' && actor.userId === params.id) return refuse('auth.not_oneself');
      const account = await auth.suspend(params.id);
      if (isRefusal(account)) return account;
      await note(app, actor, { action: 'auth.suspend_account', targetKind: 'account', targetId: account.id, address });
      return present(account);
    }),
    route(resume, async ({ params, actor, address }) => {
      const account = await auth.resume(params.id);
      if (isRefusal(account)) return account;
      await note(app, actor, { action: 'auth.resume_account', targetKind: 'account', targetId: account.id, address });
      return present(account);
    }),
  ];
}

/** Tells modules of a new account by its id, so that they can keep what they know of its holder. */
function tell(app: App, actor: Actor, accountId: string): Promise<void> {
  const event = { tenant: app.config.tenant, kind: 'account.created', subject: accountId, at: app.now(), payload: {} };
  return app.database.transact(actor, (tx) => publish(tx, event));
}

function personOf(account: Account) {
  return { id: account.id, username: account.username, name: account.name };
}

function present(account: Account) {
  return {
    ...account,
    suspendedAt: account.suspendedAt?.toISOString() ?? null,
    createdAt: account.createdAt.toISOString(),
  };
}

function presentLink(link: { readonly url: string; readonly expiresAt: Date }) {
  return { url: link.url, expiresAt: link.expiresAt.toISOString() };
}
