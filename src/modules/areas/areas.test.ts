import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { isOpenArea } from './index.ts';
import { type AreasApp, areasApp, COMMUNITY, GRID, STREET } from './testing.ts';

let app: AreasApp;
beforeAll(async () => {
  app = await areasApp();
});
afterAll(() => app.close());

const get = (path: string, cookie = '') => app.api('GET', path, undefined, cookie);
const read = async (code: string) => (await get(`/api/areas/${code}`)).body;

describe('what anyone may read', () => {
  test('the tree from the top down', async () => {
    const top = await get('/api/areas/tree');
    const towns = await get('/api/areas/tree?parent=421181');

    expect(top.body.items).toMatchObject([{ code: '421181', name: '麻城市', children: 28 }]);
    expect(towns.body.items).toHaveLength(28);
    expect(towns.body.parent).toMatchObject({ code: '421181', path: [{ code: '421181' }] });
  });

  test('one area with its path', async () => {
    expect(await read(GRID)).toMatchObject({
      level: 'grid',
      provisional: true,
      schematic: true,
      path: [{ name: '麻城市' }, { name: '龙池桥街道' }, { name: '龙池桥社区' }, { name: '第一网格' }],
    });
  });

  test('an unknown code is not found', async () => {
    const answer = await get('/api/areas/421181999');

    expect(answer).toMatchObject({ status: 404, body: { code: 'areas.not_found' } });
    expect(answer.body.title).toContain('421181999');
  });

  test('a text inside a sentence finds the street, with path and reason', async () => {
    const { body } = await get(`/api/areas/candidates?text=${encodeURIComponent('龙池桥菜市场后门')}`);

    expect(body.items[0]).toMatchObject({ code: STREET, path: '龙池桥街道', reason: 'in_text', matched: '龙池桥' });
    expect(body.items[1]).toMatchObject({ code: COMMUNITY, path: '龙池桥街道/龙池桥社区' });
  });

  test('repeated village names all come back with different paths', async () => {
    const { body } = await get(`/api/areas/candidates?text=${encodeURIComponent('凉亭村')}&limit=20`);
    const same = body.items.filter((item: { reason: string }) => item.reason === 'name');

    expect(same.length).toBeGreaterThan(1);
    expect(new Set(same.map((item: { path: string }) => item.path)).size).toBe(same.length);
  });

  test('a drawn point names its grid and says it is schematic; the jurisdiction is not known', async () => {
    const [lon, lat] = (await read(GRID)).centre;
    const { body } = await get(`/api/areas/locate?lon=${lon}&lat=${lat}`);

    expect(body).toMatchObject({ area: { code: GRID, schematic: true }, known: null, inside: null });
  });

  test('a point far away is nowhere', async () => {
    expect((await get('/api/areas/locate?lon=0&lat=0')).body).toEqual({ area: null, known: null, inside: null });
  });

  test.each(['lon=181&lat=0', 'lon=a&lat=1', 'lon=1', 'lon=NaN&lat=1'])('%s is refused', async (query) => {
    expect(await get(`/api/areas/locate?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'http.invalid_input' },
    });
  });

  test('a map layer says that it is a drawing, and is not sent twice', async () => {
    const first = await get(`/api/areas/421181/map`);
    const etag = String(first.headers.etag);
    const again = await app.server.inject({ url: '/api/areas/421181/map', headers: { 'if-none-match': etag } });

    expect(first.body).toMatchObject({ type: 'FeatureCollection', schematic: true, attributions: [] });
    expect(first.body.features).toHaveLength(28);
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  test('a map of every village of the county, and of a grid alone', async () => {
    expect((await get('/api/areas/421181/map?level=village')).body.features).toHaveLength(460);
    expect((await get(`/api/areas/${GRID}/map`)).body.features).toHaveLength(1);
  });
});

describe('changing areas', () => {
  const village = '421181002218';
  const post = (path: string, body: unknown) => app.api('POST', path, body);

  test('the first drawn grid of a village takes over its provisional one', async () => {
    const made = await post(`/api/areas/${village}/children`, { name: '杜鹃东网格', households: 320 });

    expect(made).toMatchObject({
      status: 201,
      body: { code: `${village}001`, name: '杜鹃东网格', provisional: false, households: 320 },
    });
  });

  test('the next one gets the next code and a place on the map', async () => {
    const made = await post(`/api/areas/${village}/children`, { name: '杜鹃西网格' });

    expect(made.body).toMatchObject({ code: `${village}002`, schematic: true });
    expect(made.body.centre).not.toBeNull();
  });

  test.each([
    ['areas.grid_needs_village', STREET, { name: '直挂网格', kind: 'base_grid' }],
    ['areas.code_misfit', village, { name: '新网格', code: '421181002219009' }],
    ['areas.code_taken', village, { name: '新网格', code: `${village}002` }],
    ['areas.name_taken', village, { name: '杜鹃西网格' }],
    ['areas.kind_misfit', village, { name: '新网格', kind: 'town' }],
  ])('%s', async (code, parent, body) => {
    expect((await post(`/api/areas/${parent}/children`, body)).body).toMatchObject({ code });
  });

  test.each([
    [{}, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: '网'.repeat(41) }, 'name'],
    [{ name: '新网格', households: -1 }, 'households'],
    [{ name: '新网格', households: '3' }, 'households'],
    [{ name: '新网格', colour: 'red' }, ''],
  ])('%j is invalid input', async (body, path) => {
    const answer = await post(`/api/areas/${village}/children`, body);

    expect(answer).toMatchObject({ status: 400, body: { code: 'http.invalid_input' } });
    expect(answer.body.errors[0].path).toBe(path);
  });

  test('two changes of one version: the second is told to look again', async () => {
    const { version } = await read(`${village}002`);
    const first = await app.api('PATCH', `/api/areas/${village}002`, {
      version,
      name: '杜鹃北网格',
    });
    const second = await app.api('PATCH', `/api/areas/${village}002`, { version, name: '杜鹃南网格' });

    expect(first).toMatchObject({ status: 200, body: { name: '杜鹃北网格', version: version + 1 } });
    expect(second).toMatchObject({ status: 409, body: { code: 'areas.changed_meanwhile' } });
  });

  test('a closed grid keeps its row, names its successor, and its code is never used again', async () => {
    const made = await post(`/api/areas/${village}/children`, { name: '要撤的网格' });
    const { code, version } = made.body;
    const closed = await post(`/api/areas/${code}/closure`, { version, successors: [`${village}001`] });
    const again = await post(`/api/areas/${village}/children`, { name: '又一网格', code });

    expect(closed.body).toMatchObject({ validTo: expect.any(String), successors: [{ code: `${village}001` }] });
    expect((await read(`${village}001`)).predecessors).toMatchObject([{ code }]);
    expect(again.body).toMatchObject({ code: 'areas.code_retired' });
    const open = await app.data.database.read(systemActor(421181, 'test'), (tx) => isOpenArea(tx, code));
    expect(open).toBe(false);
  });

  test('a village with drawn grids cannot be closed, nor the last grid of one', async () => {
    const { version } = await read(village);
    const last = await read('421181002219001');

    expect((await post(`/api/areas/${village}/closure`, { version })).body).toMatchObject({
      code: 'areas.open_children',
    });
    expect((await post(`/api/areas/${last.code}/closure`, { version: last.version })).body).toMatchObject({
      code: 'areas.last_grid',
    });
  });

  test('splitting a grid draws its parts where it lay', async () => {
    const { version } = await read(`${village}001`);
    const split = await post(`/api/areas/${village}001/split`, {
      version,
      parts: [{ name: '杜鹃一网格' }, { name: '杜鹃二网格', households: 100 }],
    });

    expect(split.status).toBe(200);
    expect(split.body.closed).toMatchObject({ successors: [{ name: '杜鹃一网格' }, { name: '杜鹃二网格' }] });
    const [lon, lat] = split.body.parts[0].centre;
    expect((await get(`/api/areas/locate?lon=${lon}&lat=${lat}`)).body.area.code).toBe(split.body.parts[0].code);
  });

  test('merging them again gives one grid with new code, and events for who follows', async () => {
    const { body } = await get(`/api/areas/tree?parent=${village}`);
    const codes = body.items.map((item: { code: string }) => item.code);
    const merged = await post(`/api/areas/${village}/merger`, { codes, into: { name: '杜鹃网格' } });

    expect(merged.body).toMatchObject({ name: '杜鹃网格', children: 0 });
    expect(merged.body.predecessors).toHaveLength(codes.length);
    const events = await app.data.database.read(systemActor(421181, 'test'), (tx) =>
      tx.selectFrom('platform.outbox').select(['subject', 'payload']).where('kind', '=', 'area.closed').execute(),
    );
    expect(events).toContainEqual({
      subject: codes[0],
      payload: { code: codes[0], successors: [merged.body.code], manner: 'merged' },
    });
  });

  test('merging villages carries their grids to the new one; nothing below is lost', async () => {
    const town = '421181200';
    const [one, two] = (await get(`/api/areas/tree?parent=${town}`)).body.items;
    const merged = await post(`/api/areas/${town}/merger`, {
      codes: [one.code, two.code],
      into: { name: '联合村' },
    });
    const grids = (await get(`/api/areas/tree?parent=${merged.body.code}`)).body.items;

    expect(merged.status).toBe(200);
    expect(grids.map((grid: { name: string }) => grid.name)).toEqual([`${one.name}网格`, `${two.name}网格`]);
    expect((await read(`${one.code}001`)).successors).toMatchObject([{ code: grids[0].code }]);
  });

  test('a name of what was merged finds what came after it', async () => {
    const { body } = await get(`/api/areas/candidates?text=${encodeURIComponent('杜鹃北网格')}`);

    expect(body.items[0]).toMatchObject({ name: '杜鹃网格', reason: 'former' });
  });

  test('a new village comes with its provisional grid', async () => {
    const made = await post('/api/areas/421181200/children', { name: '新建村', kind: 'village' });
    const grids = (await get(`/api/areas/tree?parent=${made.body.code}`)).body.items;

    expect(made.status).toBe(201);
    expect(grids).toMatchObject([{ provisional: true, code: `${made.body.code}001` }]);
  });

  test('a repeated POST with one idempotency key makes one grid', async () => {
    const send = () =>
      app.server.inject({
        method: 'POST',
        url: `/api/areas/${COMMUNITY}/children`,
        headers: { cookie: app.administrator, 'idempotency-key': 'one-grid-only' },
        payload: { name: '只建一次网格' },
      });
    const [first, second] = [await send(), await send()];

    expect(first.statusCode).toBe(201);
    expect(second.json()).toEqual(first.json());
  });
});

describe('who may change areas', () => {
  const body = { name: '越权网格' };

  test('nobody without a session', async () => {
    expect(await app.api('POST', `/api/areas/${COMMUNITY}/children`, body, '')).toMatchObject({ status: 401 });
  });

  test('no grid worker', async () => {
    expect(await app.api('POST', `/api/areas/${COMMUNITY}/children`, body, app.gridWorker)).toMatchObject({
      status: 403,
    });
  });

  test("a town's administrator in his town alone, said before the body is looked at", async () => {
    const elsewhere = await app.api(
      'POST',
      '/api/areas/421181002218/children',
      { nonsense: true },
      app.townAdministrator,
    );
    const own = await app.api('POST', `/api/areas/${COMMUNITY}/children`, body, app.townAdministrator);

    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
    expect(own.status).toBe(201);
  });

  test('imports and sets are for the whole jurisdiction', async () => {
    const set = { kind: 'cluster', name: '城区片区', members: [STREET] };

    expect((await app.api('POST', '/api/area-sets', set, app.townAdministrator)).status).toBe(403);
    expect((await app.api('POST', '/api/area-imports/grids', { csv: 'x' }, app.townAdministrator)).status).toBe(403);
  });
});

describe('area sets', () => {
  test('are named, dated and hold open areas once', async () => {
    const made = await app.api('POST', '/api/area-sets', {
      kind: 'cluster',
      name: '城区片区',
      members: [STREET, '421181002'],
    });
    const { id, version } = made.body;
    const changed = await app.api('PATCH', `/api/area-sets/${id}`, { version, members: ['421181002', '421181003'] });

    expect(made).toMatchObject({ status: 201, body: { members: [{ code: STREET }, { code: '421181002' }] } });
    const members = changed.body.members.map((member: { code: string; validTo: string | null }) => [
      member.code,
      member.validTo !== null,
    ]);
    expect(members).toEqual([
      [STREET, true],
      ['421181002', false],
      ['421181003', false],
    ]);
  });

  test.each([
    ['areas.member_nested', { name: '套娃片区', members: [STREET, COMMUNITY] }],
    ['areas.member_unknown', { name: '没有的片区', members: ['421181999'] }],
    ['areas.set_name_taken', { name: '城区片区', members: [STREET] }],
  ])('%s', async (code, body) => {
    expect((await app.api('POST', '/api/area-sets', { kind: 'park', ...body })).body).toMatchObject({ code });
  });

  test('end on a day, are then left alone, and go when nothing refers to them', async () => {
    const made = await app.api('POST', '/api/area-sets', { kind: 'watershed', name: '举水流域', members: [STREET] });
    const { id, version } = made.body;
    const ended = await app.api('POST', `/api/area-sets/${id}/closure`, { version });
    const late = await app.api('PATCH', `/api/area-sets/${id}`, { version: version + 1, name: '倒水流域' });

    expect(ended.body.validTo).not.toBeNull();
    expect(late.body).toMatchObject({ code: 'areas.set_ended' });
    expect(await app.api('DELETE', `/api/area-sets/${id}`)).toMatchObject({ status: 200, body: { ok: true } });
    expect(await app.api('DELETE', `/api/area-sets/${id}`)).toMatchObject({ status: 404 });
  });

  test('a list page goes on where it ended', async () => {
    const first = await app.api('GET', '/api/area-sets?limit=1');
    await app.api('POST', '/api/area-sets', { kind: 'scenic_area', name: '龟峰山景区', members: ['421181472'] });
    const all = await app.api('GET', '/api/area-sets?limit=100');
    const rest = await app.api('GET', `/api/area-sets?limit=100&after=${encodeURIComponent(first.body.next ?? '')}`);

    expect(all.body.items.length).toBeGreaterThan(1);
    expect(rest.body.items.length).toBeGreaterThan(0);
  });
});

test('the export holds every area of a subtree, closed ones too', async () => {
  const { body } = await app.api('GET', '/api/areas/421181002/export');

  expect(body.filename).toMatch(/^areas-421181002-\d{4}-\d\d-\d\d\.csv$/);
  expect(body.csv.split('\r\n')[0]).toContain('编码');
  expect(body.csv).toContain('421181002218001');
});
