import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODULES } from './compose.ts';
import { type Module, route } from './platform/app.ts';
import { systemActor } from './platform/auth/actor.ts';
import { type Contract, defineContract } from './platform/http/contract.ts';
import { noContent } from './platform/http/fields.ts';
import { defineTexts } from './platform/i18n/texts.ts';
import { testApp } from './platform/testing/test-app.ts';
import { CAST_NAMES, type CastName, isOut } from './testing/cast.ts';
import { type County, testCounty } from './testing/county.ts';
import { seesCase } from './testing/permissions/expected.ts';
import { type Fixtures, makeFixtures } from './testing/permissions/fixtures.ts';
import { tracesIn } from './testing/permissions/matrix.ts';
import { casesOf } from './testing/permissions/paths.ts';

let county: County;
let fixtures: Fixtures;
beforeAll(async () => {
  county = await testCounty();
  fixtures = await makeFixtures(county);
}, 120_000);
afterAll(() => county.close());

const made = (over: object): Contract =>
  defineContract({
    ...{ id: 'made.route', method: 'GET', path: '/api/made', summary: 'Made for a test' },
    ...{ access: { kind: 'public' }, effect: 'read', answer: noContent, refusals: [] },
    ...over,
  } as Contract & { effect: 'read' });
const officer = (who: CastName) => {
  const { userId, posts } = county.players[who];
  return { kind: 'officer', userId, posts } as const;
};

describe('a route that nobody thought through', () => {
  const start = (contract: Contract) => {
    const module: Module = {
      ...{ name: 'made', texts: defineTexts({ 'zh-CN': {}, en: {} }), refusals: {}, grants: {} },
      contracts: [contract],
      routes: () => [route(contract, async () => ({ ok: true as const }))],
    };
    return testApp({ modules: [module] });
  };

  test('without access does not start', async () => {
    await expect(start(made({ access: undefined }))).rejects.toThrow('made.route declares no permission');
  });

  test('with an action that no role holds does not start', async () => {
    const access = { kind: 'action', action: 'made.nothing', target: 'tenant' };
    await expect(start(made({ access }))).rejects.toThrow('no role holds made.nothing');
  });

  test('about a thing or with a parameter the matrix does not know says what to add', () => {
    const access = { kind: 'action', action: 'cases.read', target: 'moon', param: 'id' };
    const ask = (over: object) => () => casesOf(made(over), fixtures, county.players);

    expect(ask({ path: '/api/moons/:id', access })).toThrow(/no target "moon".*fixtures\.ts.*paths\.ts.*expected\.ts/);
    expect(ask({ path: '/api/moons/:phase' })).toThrow(/cannot fill in moons\/:phase.*paths\.ts/);
  });
});

describe('the scan for traces', () => {
  test('finds what a page of the case would show, and is silent for who may see it', async () => {
    const of = fixtures.cases.find(({ kind }) => kind === 'there, new');
    const { body } = await county.caseOf('dispatcher', of?.filed.id ?? '');
    const text = JSON.stringify(body);

    expect(tracesIn(text, officer('gridWorker'), fixtures).length).toBeGreaterThanOrEqual(5);
    expect(tracesIn(text, officer('dispatcher'), fixtures)).toEqual([]);
  });
});

/** Numbers of all cases of a list, page by page. */
async function listed(who: CastName, query: string): Promise<string[]> {
  const numbers: string[] = [];
  let after = '';
  do {
    const { body } = await county.call(who, 'GET', `/api/cases?limit=5&${query}${after}`);
    numbers.push(...(body.items ?? []).map((row: { number: string }) => row.number));
    after = body.next ? `&after=${encodeURIComponent(body.next)}` : '';
  } while (after !== '');
  return numbers;
}

describe('lists, search and counts show exactly what one may see', () => {
  const readers = CAST_NAMES.filter(
    (who) =>
      !isOut(who) &&
      !['former', 'postless', 'administrator', 'otherAdministrator', 'securityAdministrator', 'auditor'].includes(who),
  );

  test.each(readers)('%s', async (who) => {
    const seen = fixtures.cases.filter((of) => seesCase(officer(who), of)).map((of) => of.filed.number);
    expect((await listed(who, '')).toSorted()).toEqual(seen.toSorted());
    const searched = await listed(who, `q=${encodeURIComponent('记号')}`);
    expect(searched.every((number) => seen.includes(number))).toBe(true);

    for (const of of fixtures.cases) {
      const visible = seen.includes(of.filed.number);
      const direct = await county.call(who, 'GET', `/api/case-numbers/${of.filed.number}`);
      expect([of.kind, direct.status]).toEqual([of.kind, visible ? 200 : 404]);
      expect(await listed(who, `q=${of.filed.number}`)).toEqual(visible ? [of.filed.number] : []);
    }
    const { body } = await county.call(who, 'GET', '/api/queues');
    for (const { queue, count } of body.queues) {
      const rows = await listed(who, `queue=${queue}`);
      expect([queue, rows.length]).toEqual([queue, count]);
      expect(rows.every((number) => seen.includes(number))).toBe(true);
    }
  });

  test('sealed and confidential cases stay out of sight of those who only work in the area', () => {
    for (const who of ['gridWorker', 'communityWorker', 'verifier', 'evaluator'] as const) {
      const sealed = fixtures.cases.filter((of) => of.sealed && seesCase(officer(who), of));
      expect([who, sealed.map(({ kind }) => kind)]).toEqual([who, []]);
    }
    expect(fixtures.cases.filter((of) => of.sealed && seesCase(officer('housing'), of))).toHaveLength(1);
  });
});

describe('the event stream', () => {
  test('tells of a change whoever may see the case, and nobody else', async () => {
    await county.server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = county.server.server.address() as { port: number };
    const watchers = ['dispatcher', 'supervisor', 'gridWorker', 'verifier', 'otherGridWorker', 'housing'] as const;
    const streams = await Promise.all(watchers.map((who) => follow(port, county.players[who].cookie)));
    for (const of of fixtures.cases) await county.step('dispatcher', 'notes', of.filed.id, { text: '备注一条。' });
    await county.work();

    for (const [index, who] of watchers.entries()) {
      const seen = fixtures.cases.filter((of) => seesCase(officer(who), of));
      const told = await streams[index]?.read(seen.length);
      const expected = seen.map((of) => of.filed.id).toSorted();
      expect([who, told?.toSorted()]).toEqual([who, expected]);
    }
  });
});

/** Reads ids of cases off an event stream until as many came as are due, and what comes on their heels. */
async function follow(port: number, cookie: string) {
  const cut = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/events`, { headers: { cookie }, signal: cut.signal });
  const ids: string[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  const reading = (async () => {
    for (;;) {
      const part = await reader?.read().catch(() => undefined);
      if (!part || part.done) return;
      buffered += part.value;
      ids.splice(0, ids.length, ...[...buffered.matchAll(/"caseId":"([^"]+)"/g)].map((match) => match[1] ?? ''));
    }
  })();
  return {
    async read(due: number): Promise<string[]> {
      await expect.poll(() => ids.length, { timeout: 5000 }).toBeGreaterThanOrEqual(due);
      cut.abort();
      await reading;
      return ids;
    },
  };
}

describe('another tenant', () => {
  test('sees no row of any table, whatever it asks for, and writes none for us', async () => {
    const client = new pg.Client({ connectionString: county.data.appUrl });
    await client.connect();
    await client.query(`SELECT set_config('app.tenant', '330106', false)`);
    const tables = await client.query<{ name: string }>(`
      SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE column_name = 'tenant_id' AND table_type = 'BASE TABLE'
        AND has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'SELECT') ORDER BY 1`);
    expect(tables.rows.length).toBeGreaterThan(25);
    for (const { name } of tables.rows) {
      const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${name}`);
      expect([name, rows[0].n]).toEqual([name, 0]);
    }
    const write = client.query(
      `INSERT INTO cases.number_serial (tenant_id, day, last) VALUES (${county.tenant}, '2026-01-01', 1)`,
    );
    await expect(write).rejects.toThrow(/row-level security/);
    await client.end();
  });

  test('without a tenant there is nothing to see either', async () => {
    const client = new pg.Client({ connectionString: county.data.appUrl });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS n FROM cases.case_file');
    expect(rows[0].n).toBe(0);
    await client.end();
  });

  test('does not read a case by its id', async () => {
    const id = fixtures.cases[0]?.filed.id ?? '';
    const found = await county.app.database.read(systemActor(330_106, 'test'), (tx) =>
      sql`SELECT id FROM cases.case_file WHERE id = ${id}::uuid`.execute(tx),
    );
    expect(found.rows).toEqual([]);
  });
});

test('every module’s routes are in the matrix', () => {
  const empty = MODULES.filter((module) => module.contracts.length === 0).map(({ name }) => name);

  expect(empty).toEqual(['imports']);
});

test('no route is served beside the contracts but health, metrics, the API’s description and static files', () => {
  const known = new Set(MODULES.flatMap((module) => module.contracts).map(({ path }) => path));
  const printed = county.server.printRoutes({ commonPrefix: false });
  const paths: string[] = [];
  const parents: string[] = [];
  for (const line of printed.split('\n')) {
    const match = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?/.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 4;
    parents.splice(depth, parents.length, match[2] ?? '');
    if (match[3]) paths.push(parents.join(''));
  }
  const others = paths.filter((path) => !known.has(path) && path !== '*');

  expect(paths.length).toBeGreaterThan(known.size / 2);
  expect(
    others.filter((path) => !/^\/(metrics|api\/(health|ready|openapi\.json|docs(\/[\w.-]+)?))$/.test(path)),
  ).toEqual([]);
});
