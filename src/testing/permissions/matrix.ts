import type { App } from '../../platform/app.ts';
import { joinGrants } from '../../platform/auth/permission.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Contract } from '../../platform/http/contract.ts';
import { MODULES } from '../../compose.ts';
import { CAST_NAMES, type CastName, isOut, signIn } from '../cast.ts';
import { type County, testCounty } from '../county.ts';
import { type Case, casesOf } from './paths.ts';
import { expected, READ_ADDRESSES, READ_POSTS, reads, seesCase, type Visitor } from './expected.ts';
import { type Fixtures, makeFixtures } from './fixtures.ts';

export type Matrix = {
  readonly county: County;
  readonly fixtures: Fixtures;
  readonly checks: () => number;
  /** Asks a route as everybody, about everything its path can name; answers what was not as it should be. */
  check(contract: Contract): Promise<string[]>;
  close(): Promise<void>;
};

type Caller = { readonly name: string; readonly visitor: Visitor; readonly headers: () => Record<string, string> };

/** Contracts of every route that the modules have, whether they name them or not. */
export function contractsOf(app: App): Contract[] {
  return MODULES.flatMap((module) => module.routes(app)).map((route) => route.contract);
}

const ROLLED_BACK = new Error('rolled back');

/** Takes everything back that a request wrote: each is asked of the same state. */
function dry(database: Database): Database {
  return {
    ...database,
    async transact(actor, work, options) {
      let result: unknown;
      const run = database.transact(
        actor,
        async (tx) => {
          result = await work(tx);
          throw ROLLED_BACK;
        },
        options,
      );
      await run.catch((error: unknown) => {
        if (error !== ROLLED_BACK) throw error;
      });
      return result as Awaited<ReturnType<typeof work>>;
    },
  };
}

export async function openMatrix(): Promise<Matrix> {
  const county = await testCounty();
  const fixtures = await makeFixtures(county);
  // Sessions are opened while writing still holds.
  const callers = await callersOf(county, fixtures);
  Object.assign(county.app, { database: dry(county.app.database) });
  await county.server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = county.server.server.address() as { port: number };
  const permissions = joinGrants(MODULES.map((module) => module.grants));
  let checks = 0;

  async function ask(contract: Contract, caller: Caller, one: Case): Promise<string[]> {
    checks += 1;
    const verdict = expected(permissions, contract, caller.visitor, one.target);
    const { status, text } = await send(county, port, contract, one.path, caller.headers());
    const where = `${caller.name} ${contract.method} ${one.path} (${one.label})`;
    const wrong = matches(verdict, status)
      ? []
      : [`${where}: expected ${verdict}, got ${status} ${text.slice(0, 200)}`];
    // The record of who read what is made of ids; words and numbers of cases have no place in it either.
    const ids = contract.access.kind === 'action' && contract.access.action === 'audit.read';
    const ownData = caller.visitor.kind === 'resident' && contract.id === 'privacy.export_own';
    const marks = tracesIn(text, caller.visitor, fixtures, ownData).filter(
      (mark) => !(ids && /^[0-9a-f-]{36}$/.test(mark)),
    );
    return [...wrong, ...marks.map((mark) => `${where}: shows ${mark}`)];
  }

  return {
    county,
    fixtures,
    checks: () => checks,
    async check(contract) {
      const faults: string[] = [];
      for (const caller of callers) {
        const cases = sampled(casesOf(contract, fixtures, county.players), permissions, contract, caller.visitor);
        // A few at a time: the database works while the server does.
        for (let at = 0; at < cases.length; at += 4) {
          const found = await Promise.all(cases.slice(at, at + 4).map((one) => ask(contract, caller, one)));
          faults.push(...found.flat());
        }
        if (contract.effect === 'none' && contract.method !== 'GET') await keepSignedIn(county, caller.name);
      }
      return faults;
    },
    close: () => county.close(),
  };
}

async function callersOf(county: County, fixtures: Fixtures): Promise<Caller[]> {
  const officers = CAST_NAMES.map((name): Caller => {
    const { userId, posts } = county.players[name];
    // A suspended account, and one of another county, has no session here: its cookie is anybody's.
    const visitor: Visitor = isOut(name) ? { kind: 'anyone' } : { kind: 'officer', userId, posts };
    return { name, visitor, headers: () => ({ cookie: county.players[name].cookie }) };
  });
  return [
    ...officers,
    await residentOf(county, fixtures),
    { name: 'anyone', visitor: { kind: 'anyone' }, headers: () => ({}) },
    {
      name: 'forger',
      visitor: { kind: 'anyone' },
      headers: () => ({ cookie: 'gongzhi.session_token=forged.signature' }),
    },
  ];
}

/** The requester of the first case, proved both ways: by number and query code, and by a code sent to his phone. */
async function residentOf(county: County, fixtures: Fixtures): Promise<Caller> {
  const own = fixtures.cases[0];
  if (!own) throw new Error('no case');
  const { number, queryCode, id } = own.filed;
  const tracking = await county.call(null, 'POST', '/api/public/tracking', { number, queryCode });
  const phone = fixtures.identities[1];
  await county.call(null, 'POST', '/api/public/phone-codes', { phone });
  const code = /\d{6}/.exec(county.sent.at(-1)?.text ?? '')?.[0];
  const session = await county.call(null, 'POST', '/api/public/resident-sessions', { phone, code });
  const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
  const headers = { authorization: `Bearer ${tracking.body.token}`, cookie };
  return { name: 'resident', visitor: { kind: 'resident', caseId: id }, headers: () => headers };
}

/** Signing out and the like end a session, whatever becomes of the transaction; the next question needs a new one. */
async function keepSignedIn(county: County, name: string): Promise<void> {
  if (!(name in county.players) || isOut(name as CastName)) return;
  const who = name as CastName;
  if ((await county.call(who, 'GET', '/api/auth/me')).status === 200) return;
  Object.assign(county.players[who], { cookie: await signIn(county.app, who) });
}

/** Whom no post of his lets in is asked about two targets only: he is turned away before any is looked at. */
function sampled(
  cases: Case[],
  permissions: ReturnType<typeof joinGrants>,
  contract: Contract,
  visitor: Visitor,
): Case[] {
  const verdicts = new Set(cases.map((one) => expected(permissions, contract, visitor, one.target)));
  const [only] = verdicts;
  const turnedAway = verdicts.size === 1 && (only === 401 || only === 403);
  return turnedAway && cases.length > 2 ? [cases[0], cases.at(-1)].filter((one) => one !== undefined) : cases;
}

function matches(verdict: ReturnType<typeof expected>, status: number): boolean {
  return verdict === 'open' ? status !== 401 && status !== 403 && status < 500 : status === verdict;
}

type Answer = { readonly status: number; readonly text: string };

async function send(
  county: County,
  port: number,
  contract: Contract,
  path: string,
  headers: Record<string, string>,
): Promise<Answer> {
  const url = contract.method === 'GET' ? path + longest(contract) : path;
  // What has no transaction may stream without end, and is read as a browser would: over a connection that is cut.
  if (contract.method === 'GET' && contract.effect === 'none') return stream(`http://127.0.0.1:${port}${url}`, headers);
  const body = contract.method === 'GET' ? {} : { payload: {} };
  const response = await county.server.inject({ method: contract.method, url, headers, ...body });
  return { status: response.statusCode, text: response.body };
}

async function stream(url: string, headers: Record<string, string>): Promise<Answer> {
  const cut = new AbortController();
  const response = await fetch(url, { headers, signal: cut.signal });
  const endless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = endless ? '' : await response.text();
  cut.abort();
  return { status: response.status, text };
}

/** Asks a list for its longest page, so that what it should not hold has room in it. */
function longest(contract: Contract): string {
  return contract.query?.safeParse({ limit: '100' }).success ? '?limit=100' : '';
}

/** What an answer shows of things its reader may not know of; `ownData`: of himself a resident may read everything. */
export function tracesIn(text: string, visitor: Visitor, fixtures: Fixtures, ownData = false): string[] {
  const hidden = [
    ...fixtures.cases.filter((of) => !seesCase(visitor, of)).flatMap((of) => of.marks),
    ...fixtures.posts.filter((of) => !reads(visitor, READ_POSTS, of)).map((of) => of.id),
    ...fixtures.addresses.filter((of) => !reads(visitor, READ_ADDRESSES, of)).map((of) => of.id),
    ...fixtures.identities.filter((_, index) => !(ownData && index < 2)),
  ];
  return hidden.filter((mark) => text.includes(mark));
}
