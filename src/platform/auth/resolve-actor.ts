import type { Vault } from '../crypto/vault.ts';
import type { Database, ReadTx } from '../database/database.ts';
import { readTogether } from '../database/read-together.ts';
import { type Actor, type Officer, type OfficerSession, type Post, type Role, systemActor } from './actor.ts';
import type { Session } from './account.ts';
import type { Auth } from './auth.ts';
import { type Headers, cookieName, cookieOf } from './cookies.ts';
import { readCaseToken } from './case-token.ts';

/** The posts an officer holds today; the module that owns posts registers it. */
export type PostsResolver = (tx: ReadTx, userId: string, now: Date) => Promise<readonly Post[]>;

/** The phone index of a live resident session, or null; the module that owns residents' sessions registers it. */
export type ResidentResolver = (tx: ReadTx, token: string, now: Date) => Promise<string | null>;

export type ResolverParts = {
  readonly tenant: number;
  readonly auth: Pick<Auth, 'sessionOf'>;
  readonly vault: Pick<Vault, 'mac'>;
  readonly database: Pick<Database, 'read'>;
  readonly posts: PostsResolver;
  readonly resident: ResidentResolver;
  /** Roles whose holders need a second factor. */
  readonly secondFactorRoles: ReadonlySet<Role>;
  readonly now: () => Date;
  /** Cookies are those of TLS, see `cookieName`. */
  readonly secure: boolean;
};

export const RESIDENT_COOKIE = 'gongzhi.resident';

/**
 * Says who a request comes from. Under `/api/public/` nobody acts as an officer, so that one browser may show both
 * faces; elsewhere a session beats what a resident holds.
 */
export function createActorResolver(parts: ResolverParts) {
  const apart = readTogether(parts.database, signInActor(parts.tenant));
  return async (request: {
    readonly headers: Headers;
    readonly path?: string;
    readonly passive?: boolean;
    /** Looks it up in this transaction, of `signInActor`, instead of one of its own. */
    readonly tx?: ReadTx | undefined;
  }): Promise<Actor> => {
    const { headers, tx } = request;
    const look: Look = tx ? (work) => work(tx) : apart;
    const officer = mayBeOfficer(request) ? await officerOf(parts, look, headers, request.passive === true) : null;
    return officer ?? (await residentOf(parts, look, headers)) ?? { kind: 'anonymous', tenant: parts.tenant };
  };
}

type Look = <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;

/** In whose name it is looked up who asks. */
export function signInActor(tenant: number): Actor {
  return systemActor(tenant, 'sign-in');
}

/** Whether there is a session to look up; whoever brings none costs no look-up. */
export function mayBeOfficer({ headers, path }: { readonly headers: Headers; readonly path?: string }): boolean {
  return !path?.startsWith('/api/public/') && single(headers.cookie).includes('session_token');
}

async function officerOf(
  parts: ResolverParts,
  look: Look,
  headers: Headers,
  passive: boolean,
): Promise<Officer | null> {
  const found = await look(async (tx) => {
    const session = await parts.auth.sessionOf(headers, { passive, tx });
    return session && { session, posts: await parts.posts(tx, session.account.id, parts.now()) };
  });
  if (!found) return null;
  const { session, posts } = found;
  const { account } = session;
  return {
    kind: 'officer',
    tenant: parts.tenant,
    userId: account.id,
    name: account.name,
    posts,
    session: standing(parts, session, posts),
  };
}

function standing(parts: ResolverParts, session: Session, posts: readonly Post[]): OfficerSession {
  const { id, provedAt, secondFactorAt } = session;
  const needed = posts.some((post) => parts.secondFactorRoles.has(post.role));
  const secondFactor = secondFactorAt ? 'given' : needed ? 'missing' : 'optional';
  return { id, provedAt, secondFactor, secondFactorNeeded: needed };
}

async function residentOf(parts: ResolverParts, look: Look, headers: Headers): Promise<Actor | null> {
  const now = parts.now();
  const bearer = /^Bearer ([\w.-]{20,600})$/.exec(single(headers.authorization))?.[1];
  const caseId = bearer === undefined ? null : readCaseToken(parts.vault, parts.tenant, bearer, now);
  const token = cookieOf(headers, cookieName(RESIDENT_COOKIE, parts.secure));
  const phoneIndex = token === null ? null : await look((tx) => parts.resident(tx, token, now));
  if (caseId === null && phoneIndex === null) return null;
  return { kind: 'resident', tenant: parts.tenant, caseId, phoneIndex };
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
