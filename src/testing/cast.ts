import { sql } from 'kysely';
import { isRefusal } from '../kit/result.ts';
import {
  createPost,
  findOrganisationByKind,
  type GridRole,
  type Organisation,
  savePerson,
  villageOrganisation,
} from '../modules/organisations/index.ts';
import type { App } from '../platform/app.ts';
import { type Lane, type Post, type Role, systemActor } from '../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../platform/database/database.ts';
import { TEST_PASSWORD } from '../platform/testing/test-app.ts';

/** The stage: 龙池桥街道 with 园林社区, and 中馆驿镇, in the county 麻城市. */
export const COUNTY = '421181';
export const TOWN = '421181001';
export const VILLAGE = '421181001001';
export const GRID = '421181001001001';
export const OTHER_TOWN = '421181100';
export const OTHER_VILLAGE = '421181100001';
export const OTHER_GRID = '421181100001001';

type Terms = {
  readonly role: Role;
  /** Kind of the organisation, nearest to the scope; `village` for the village's own. */
  readonly at: string;
  readonly scope: string;
  readonly lanes?: readonly Lane[];
  readonly gridRole?: GridRole;
  readonly validTo?: string;
};

type Member = {
  readonly name: string;
  readonly posts: readonly Terms[];
  readonly suspended?: true;
  /** His account belongs to another county of the same database. */
  readonly foreign?: true;
};

const one = (name: string, role: Role, at: string, scope: string, more: Partial<Terms> = {}): Member => ({
  name,
  posts: [{ role, at, scope, ...more }],
});
const fullTime = { gridRole: 'full_time' } as const;

/** Who plays. The key is the username; names are invented and say so. */
export const CAST = {
  dispatcher: one('县调度', 'dispatcher', 'command_centre', COUNTY),
  townDispatcher: one('街道调度', 'dispatcher', 'command_centre', TOWN),
  otherDispatcher: one('镇调度', 'dispatcher', 'command_centre', OTHER_TOWN),
  housing: one('住建承办', 'handler', 'housing', COUNTY),
  enforcement: one('城管承办', 'handler', 'enforcement', COUNTY),
  station: one('街道执法', 'handler', 'enforcement_team', TOWN),
  verifier: one('县核实', 'verifier', 'command_centre', COUNTY),
  otherVerifier: one('镇核实', 'verifier', 'command_centre', OTHER_TOWN),
  supervisor: one('县督办', 'supervisor', 'command_centre', COUNTY),
  politicalLegal: one('政法委员', 'supervisor', 'government', TOWN, { lanes: ['safety'] }),
  evaluator: one('县考评', 'evaluator', 'command_centre', COUNTY),
  gridWorker: one('网格甲', 'grid_worker', 'village', GRID, fullTime),
  otherGridWorker: one('网格乙', 'grid_worker', 'village', OTHER_GRID, fullTime),
  communityWorker: one('社区甲', 'community_worker', 'village', VILLAGE),
  administrator: one('县管理', 'administrator', 'command_centre', COUNTY),
  otherAdministrator: one('镇管理', 'administrator', 'command_centre', OTHER_TOWN),
  securityAdministrator: one('县安全', 'security_administrator', 'command_centre', COUNTY),
  auditor: one('县审计', 'auditor', 'command_centre', COUNTY),
  /** Two hats: verifies in the other town, handles for the whole county. */
  twoHats: {
    name: '双岗',
    posts: [
      { role: 'verifier', at: 'command_centre', scope: OTHER_TOWN },
      { role: 'handler', at: 'housing', scope: COUNTY },
    ],
  },
  former: one('前调度', 'dispatcher', 'command_centre', COUNTY, { validTo: '2026-01-01' }),
  suspended: { ...one('停用', 'dispatcher', 'command_centre', COUNTY), suspended: true },
  foreign: { ...one('外县调度', 'dispatcher', 'command_centre', COUNTY), foreign: true },
  postless: { name: '无岗', posts: [] },
} as const satisfies Readonly<Record<string, Member>>;
export type CastName = keyof typeof CAST;
export const CAST_NAMES = Object.keys(CAST) as readonly CastName[];

/** A member of the cast as the tests know him; `posts` are those that hold. */
export type Player = { readonly userId: string; readonly cookie: string; readonly posts: readonly Post[] };

/** Makes accounts, posts and sessions for everybody. */
export async function engageCast(app: App, at: Date): Promise<Record<CastName, Player>> {
  const players: Partial<Record<CastName, Player>> = {};
  const waiting = [...CAST_NAMES];
  // Two at a time, since most of it is the hashing of passwords.
  const lanes = [0, 1].map(async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) players[name] = await engage(app, name, at);
  });
  await Promise.all(lanes);
  return players as Record<CastName, Player>;
}

async function engage(app: App, username: CastName, at: Date): Promise<Player> {
  const member: Member = CAST[username];
  const account = await app.auth.createAccount({ username, name: member.name, password: TEST_PASSWORD });
  if (isRefusal(account)) throw new Error(`${username}: ${account.code}`);
  const posts = await app.database.transact(systemActor(app.config.tenant, 'test'), async (tx) => {
    await savePerson(tx, { userId: account.id, name: member.name, nameEn: username });
    const held: Post[] = [];
    for (const terms of member.posts) held.push(...(await givePost(tx, app, account.id, terms, at)));
    return held;
  });
  const cookie = await signIn(app, username);
  if (member.suspended) await app.auth.suspend(account.id);
  if (member.foreign) await moveAway(app, account.id);
  return { userId: account.id, cookie, posts: isOut(username) ? [] : posts };
}

/** Whoever has a session that no longer counts here: to this county he is nobody. */
export function isOut(name: CastName): boolean {
  const member: Member = CAST[name];
  return member.suspended === true || member.foreign === true;
}

const OTHER_COUNTY = 330_106;

/** Gives the account to another county, with the session it has. */
async function moveAway(app: App, userId: string): Promise<void> {
  await app.database.transact(systemActor(app.config.tenant, 'test'), (tx) =>
    sql`UPDATE auth."user" SET tenant = ${OTHER_COUNTY} WHERE id = ${userId}`.execute(tx),
  );
}

async function givePost(tx: WriteTx, app: App, userId: string, terms: Terms, at: Date): Promise<Post[]> {
  const { role, scope, lanes = null, gridRole = null, validTo = null } = terms;
  const organisation = await bodyNear(tx, terms.at, scope);
  const asked = { userId, organisationId: organisation.id, role, scope: [scope], lanes, gridRole };
  const validFrom = '2025-01-01';
  const post = await createPost(tx, systemActor(app.config.tenant, 'test'), { ...asked, validFrom, validTo }, at);
  if (isRefusal(post)) throw new Error(`post ${role} at ${organisation.name}: ${post.code}`);
  return validTo === null ? [{ id: post.id, organisationId: organisation.id, role, scope: [scope], lanes }] : [];
}

/** The organisation of a kind at an area or the nearest above it. */
export async function bodyNear(tx: ReadTx, kind: string, areaCode: string): Promise<Organisation> {
  const found =
    kind === 'village' ? await villageOrganisation(tx, areaCode) : await findOrganisationByKind(tx, kind, { areaCode });
  if (!found) throw new Error(`no ${kind} near ${areaCode}`);
  return found;
}

/** A session's cookie. */
export async function signIn(app: App, username: string): Promise<string> {
  const attempt = { username, password: TEST_PASSWORD, address: '127.0.0.1', userAgent: 'test' };
  const signedIn = await app.auth.signIn(attempt);
  if (isRefusal(signedIn)) throw new Error(`${username} cannot sign in: ${signedIn.code}`);
  return signedIn.cookies.map((line) => line.split(';')[0]).join('; ');
}

/** Keeps what a template's copies need to know beside the data itself. */
export async function keepPlayers(tx: WriteTx, tenant: number, players: Record<CastName, Player>): Promise<void> {
  await sql`
    INSERT INTO platform.setting (tenant_id, key, value, valid_from)
    VALUES (${tenant}, 'test.players', ${JSON.stringify(players)}::jsonb, now())`.execute(tx);
}

export async function keptPlayers(tx: ReadTx, tenant: number): Promise<Record<CastName, Player>> {
  const { rows } = await sql<{ value: Record<CastName, Player> }>`
    SELECT value FROM platform.setting WHERE tenant_id = ${tenant} AND key = 'test.players'`.execute(tx);
  if (!rows[0]) throw new Error('the template has no cast');
  return rows[0].value;
}
