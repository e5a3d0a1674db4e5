import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Module, route } from '../app.ts';
import { defineTexts } from '../i18n/texts.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { defineContract } from './contract.ts';

/** What no answer may repeat: it stands in everything that is thrown here. */
const INSIDE = 'inner-detail';
const endless: Record<string, unknown> = { message: INSIDE };
endless.self = endless;

const THROWN: Readonly<Record<string, () => unknown>> = {
  'an error': () => new Error(INSIDE),
  'a text': () => INSIDE,
  nothing: () => undefined,
  null: () => null,
  'a number': () => 404,
  'a status of its own': () => Object.assign(new Error(INSIDE), { statusCode: 418, code: INSIDE }),
  'a refused look-alike': () => ({ statusCode: 200, code: 'auth.required', message: INSIDE }),
  'a circle': () => endless,
  'a trap': () =>
    new Proxy(new Error(INSIDE), {
      get: (of, name) => (name === 'headers' ? { 'x-inner': INSIDE } : Reflect.get(of, name)),
    }),
  'an aggregate': () => new AggregateError([new Error(INSIDE)], INSIDE),
  'a symbol': () => Symbol(INSIDE),
};

const made = <const E extends 'read' | 'write' | 'none'>(layer: string, effect: E) =>
  defineContract({
    ...{ id: `made.${layer}`, method: 'POST', path: `/api/public/made/${layer}`, summary: 'Throws', effect },
    ...{ access: { kind: 'public' }, body: z.object({ what: z.string() }), answer: z.unknown(), refusals: [] },
  } as const);

function thrown(what: string): never {
  throw THROWN[what]?.();
}

const module: Module = {
  ...{ name: 'made', texts: defineTexts({ 'zh-CN': {}, en: {} }), refusals: {}, grants: {} },
  contracts: [],
  routes: () => [
    route(made('none', 'none'), async ({ body }) => thrown(body.what)),
    route(made('read', 'read'), async ({ body }) => thrown(body.what)),
    route(made('write', 'write'), async ({ body }) => thrown(body.what)),
    route(made('query', 'write'), async ({ tx }) => {
      await sql`SELECT ${INSIDE} FROM ${sql.raw(`"${INSIDE}"`)}`.execute(tx);
      return {};
    }),
    route(made('row', 'write'), async ({ tx }) => {
      // The server answers with the whole row that fails its check.
      await sql`INSERT INTO platform.setting (tenant_id, key, valid_from, valid_to, value)
        VALUES (nullif(current_setting('app.tenant', true), '')::int, ${INSIDE}, now(), '2000-01-01', '1')`.execute(tx);
      return {};
    }),
    route(made('answer', 'none'), async () => ({ toJSON: () => thrown('an error') })),
  ],
};

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ modules: [module] });
});
afterAll(() => app.close());

const ask = (layer: string, what: string) =>
  app.server.inject({ method: 'POST', url: `/api/public/made/${layer}`, payload: { what } });

test.each(Object.keys(THROWN).flatMap((what) => ['none', 'read', 'write'].map((layer) => [what, layer] as const)))(
  '%s thrown in a handler (%s) answers 500 and tells nothing of the inside',
  async (what, layer) => {
    const { statusCode, body, headers } = await ask(layer, what);
    expect([statusCode, JSON.parse(body).code]).toEqual([500, 'http.internal']);
    expect(body + JSON.stringify(headers)).not.toMatch(new RegExp(`${INSIDE}|\\.ts:|node_modules|at async`));
    expect(headers['x-frame-options']).toBe('DENY');
  },
);

test.each(['query', 'answer'])('what fails in the %s says nothing of it', async (layer) => {
  const { statusCode, body } = await ask(layer, 'an error');
  expect([statusCode, JSON.parse(body).code]).toEqual([500, 'http.internal']);
  expect(body).not.toMatch(new RegExp(`${INSIDE}|relation|42P01`));
});

test('the log says what failed and where, and nothing of the rows it was about', async () => {
  const said: unknown[] = [];
  const { log } = app.app;
  Object.assign(app.app, { log: { ...log, error: (...all: unknown[]) => said.push(...all) } });
  await ask('row', 'an error');
  Object.assign(app.app, { log });
  expect(said).toMatchObject([
    { error: 'SQLSTATE 23514', place: expect.stringMatching(/:\d+:\d+/), route: '/api/public/made/row' },
    'unexpected error',
  ]);
  expect(JSON.stringify(said)).not.toContain(INSIDE);
});

test('the log of requests names the route, and not the address that was typed', async () => {
  const said: unknown[] = [];
  const { log } = app.app;
  Object.assign(app.app, { log: { ...log, info: (...all: unknown[]) => said.push(...all) } });
  await app.server.inject({
    method: 'POST',
    url: `/api/public/made/none?phone=${INSIDE}`,
    payload: { what: 'nothing' },
  });
  await app.server.inject({ url: `/api/${INSIDE}` });
  await expect.poll(() => said.length).toBe(4);
  Object.assign(app.app, { log });
  expect(said).toMatchObject([{ route: '/api/public/made/none' }, 'request', { route: 'unmatched' }, 'request']);
  expect(JSON.stringify(said)).not.toContain(INSIDE);
});
