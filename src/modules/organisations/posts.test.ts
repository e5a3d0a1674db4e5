import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import { addDays, dayOf } from '../../kit/time.ts';
import * as areas from '../areas/contract.ts';
import * as contract from './contract.ts';
import { gridTeam, holders, organisationsModule, postsOfUser } from './index.ts';
import { type Caller, caller } from '../../platform/testing/caller.ts';
import { type County, COUNTY, county, GRID, OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE } from './testing/county.ts';

let here: County;
let chief: Caller;
let townAdministrator: Caller;
let village: string;
let centre: string;
const today = dayOf(new Date());

beforeAll(async () => {
  here = await county();
  chief = await here.as('chief', 'administrator', [COUNTY]);
  townAdministrator = await here.as('town', 'administrator', [TOWN]);
  village = await here.body('village', VILLAGE);
  centre = await here.body('command_centre', TOWN);
});
afterAll(() => here.close());

let people = 0;
const newcomer = () => here.as(`person${++people}`, 'handler', []);

function give(by: Caller, organisationId: string, userId: string, terms: object) {
  const none = {
    scope: [],
    areaSetId: null,
    gridRole: null,
    titleZh: null,
    titleEn: null,
    lanes: null,
    validFrom: today,
    validTo: null,
  };
  return by.call(contract.createPost, { params: { id: organisationId }, body: { ...none, userId, ...terms } });
}
const gridWorker = { role: 'grid_worker', gridRole: 'full_time', scope: [GRID] };

describe('giving posts', () => {
  test('a post gives rights from its first day to the day before its end', async () => {
    const { userId } = await newcomer();
    const terms = { role: 'dispatcher', scope: [TOWN], validFrom: addDays(today, 1), validTo: addDays(today, 3) };
    expect((await give(chief, centre, userId, terms)).status).toBe(201);

    const on = (days: number) =>
      here.read(async (tx) => (await postsOfUser(tx, userId, new Date(Date.now() + days * 86_400_000))).length);
    expect([await on(0), await on(1), await on(2), await on(3)]).toEqual([0, 1, 1, 0]);
  });

  test('a person may hold several posts, each with its scope', async () => {
    const { userId } = await newcomer();
    await give(chief, centre, userId, { role: 'dispatcher', scope: [TOWN] });
    await give(chief, village, userId, { role: 'verifier', scope: [VILLAGE, GRID] });

    const posts = await here.read((tx) => postsOfUser(tx, userId, new Date()));

    expect(posts.map((one) => [one.role, one.scope])).toEqual(
      expect.arrayContaining([
        ['dispatcher', [TOWN]],
        ['verifier', [VILLAGE]],
      ]),
    );
  });

  test.each<[string, object]>([
    ['organisations.person_unknown', { userId: 'nobody', role: 'handler', scope: [VILLAGE] }],
    ['organisations.term_backwards', { ...gridWorker, validTo: today }],
    ['organisations.scope_outside', { role: 'handler', scope: [OTHER_TOWN] }],
    ['organisations.area_unknown', { ...gridWorker, scope: [`${VILLAGE}999`] }],
    ['organisations.grid_role_needed', { role: 'grid_worker', scope: [GRID] }],
    ['organisations.grid_role_needless', { role: 'handler', gridRole: 'leader', scope: [VILLAGE] }],
    ['organisations.grid_code_needed', { ...gridWorker, scope: [VILLAGE] }],
    ['organisations.full_time_one_grid', { ...gridWorker, scope: [`${VILLAGE}001`, `${VILLAGE}002`] }],
    ['organisations.closed', { ...gridWorker, validFrom: '2001-01-01' }],
  ])('%s', async (code, terms) => {
    const { userId } = await newcomer();
    expect((await give(chief, village, userId, terms)).code).toBe(code);
  });

  test('one full-time grid a person', async () => {
    const { userId } = await newcomer();
    const other = await here.body('village', OTHER_GRID.slice(0, 12));
    await give(chief, village, userId, gridWorker);

    const second = await give(chief, other, userId, { ...gridWorker, scope: [OTHER_GRID] });
    const partTime = await give(chief, other, userId, { ...gridWorker, gridRole: 'part_time', scope: [OTHER_GRID] });

    expect([second.status, second.code]).toEqual([409, 'organisations.full_time_taken']);
    expect(partTime.status).toBe(201);
  });

  test('of two that give the same person a full-time grid at once, one wins', async () => {
    const { userId } = await newcomer();
    const other = await here.body('village', OTHER_GRID.slice(0, 12));

    const both = await Promise.all([
      give(chief, village, userId, gridWorker),
      give(chief, other, userId, { ...gridWorker, scope: [OTHER_GRID] }),
    ]);

    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
  });

  test('an administrator of a town gives posts inside it only, and no reserved ones', async () => {
    const { userId } = await newcomer();
    const centreOfCounty = await here.body('command_centre');

    expect((await give(townAdministrator, centre, userId, { role: 'dispatcher', scope: [TOWN] })).status).toBe(201);
    expect((await give(townAdministrator, centreOfCounty, userId, { role: 'dispatcher', scope: [TOWN] })).status).toBe(
      403,
    );
    expect((await give(townAdministrator, centre, userId, { role: 'auditor', scope: [TOWN] })).code).toBe(
      'organisations.role_reserved',
    );
  });

  test.each([
    ['auditor', 'administrator'],
    ['auditor', 'security_administrator'],
    ['security_administrator', 'administrator'],
  ] as const)('nobody is %s and %s at a time', async (first, second) => {
    const { userId } = await newcomer();
    const office = await here.body('command_centre');
    const held = await give(chief, office, userId, { role: first, scope: [COUNTY] });
    expect(held.status).toBe(201);
    const both = await give(chief, office, userId, { role: second, scope: [COUNTY] });
    expect([both.status, both.code]).toEqual([409, 'organisations.offices_apart']);
    expect((await give(chief, office, userId, { role: 'verifier', scope: [COUNTY] })).status).toBe(201);
  });
});

describe('a scope that is an area set', () => {
  const members = [VILLAGE, `${TOWN}002`];
  const areaSet = async (codes: readonly string[]) => {
    const made = await chief.call(areas.createSet, {
      body: { kind: 'cluster', name: `片区${++people}`, members: codes },
    });
    return made.body;
  };

  test('follows the set as it is, and as far as the body reaches', async () => {
    const { userId } = await newcomer();
    const set = await areaSet(members);
    expect((await give(chief, centre, userId, { role: 'verifier', areaSetId: set.id })).status).toBe(201);
    const scope = async () => (await here.read((tx) => postsOfUser(tx, userId, new Date())))[0]?.scope;
    const verifiers = async (areaCode: string) =>
      (await here.read((tx) => holders(tx, { role: 'verifier', areaCode }, new Date()))).map((one) => one.userId);

    expect(await scope()).toEqual(members);
    const changed = { version: set.version, members: [`${TOWN}007`, OTHER_TOWN] };
    await chief.call(areas.changeSet, { params: { id: set.id }, body: changed });

    expect(await scope()).toEqual([`${TOWN}007`]);
    expect(await verifiers(`${TOWN}007001`)).toContain(userId);
    expect(await verifiers(GRID)).not.toContain(userId);
  });

  test('an empty scope and an unknown set are refused', async () => {
    const { userId } = await newcomer();
    const unknown = '00000000-0000-7000-8000-000000000001';

    expect((await give(chief, centre, userId, { role: 'verifier' })).code).toBe('organisations.scope_empty');
    expect((await give(chief, centre, userId, { role: 'verifier', areaSetId: unknown })).code).toBe(
      'organisations.scope_empty',
    );
  });
});

describe('ending posts', () => {
  test('a post that ends today gives nothing from now on', async () => {
    const { userId } = await newcomer();
    const { body } = await give(chief, centre, userId, { role: 'dispatcher', scope: [TOWN] });

    const ended = await chief.call(contract.endPost, {
      params: { id: body.id },
      body: { endsOn: today, reason: '调离' },
    });

    expect(ended.body.validTo).toBe(today);
    expect(await here.read((tx) => postsOfUser(tx, userId, new Date()))).toEqual([]);
    const again = await chief.call(contract.endPost, {
      params: { id: body.id },
      body: { endsOn: today, reason: '调离' },
    });
    expect(again.code).toBe('organisations.post_over');
  });

  test('a post that has not begun is taken back whole', async () => {
    const { userId } = await newcomer();
    const later = addDays(today, 10);
    const { body } = await give(chief, centre, userId, { role: 'dispatcher', scope: [TOWN], validFrom: later });

    const ended = await chief.call(contract.endPost, {
      params: { id: body.id },
      body: { endsOn: today, reason: '不来了' },
    });

    expect(ended.body.validTo).toBe(later);
  });

  test('the last administrator of the jurisdiction stays', async () => {
    const { userId } = await newcomer();
    const { body } = await give(chief, await here.body('command_centre'), userId, {
      role: 'administrator',
      scope: [COUNTY],
    });

    const ended = await chief.call(contract.endPost, {
      params: { id: body.id },
      body: { endsOn: today, reason: '退休' },
    });

    expect([ended.status, ended.code]).toEqual([409, 'organisations.last_administrator']);
  });

  test('not by whoever does not administer its area, and nothing is not found', async () => {
    const { userId } = await newcomer();
    const { body } = await give(chief, centre, userId, { role: 'dispatcher', scope: [TOWN] });
    const neighbour = await here.as('neighbour', 'administrator', [OTHER_TOWN]);
    const end = (id: string) => neighbour.call(contract.endPost, { params: { id }, body: {} });

    expect((await end(body.id)).code).toBe('auth.forbidden');
    expect((await end('nonsense')).code).toBe('organisations.post_not_found');
  });
});

describe('the political-legal member of a town', () => {
  test('is a supervisor of the town for its safety lane, across stations', async () => {
    const { userId } = await newcomer();
    const government = await here.body('government', TOWN);
    const terms = { role: 'supervisor', scope: [TOWN], lanes: ['safety'], titleZh: '政法委员' };
    await give(chief, government, userId, terms);

    const of = (lane: 'safety' | 'market') =>
      here.read((tx) => holders(tx, { role: 'supervisor', areaCode: GRID, lane }, new Date()));
    expect((await of('safety')).map((one) => one.userId)).toEqual([userId]);
    expect(await of('market')).toEqual([]);
  });
});

describe('teams and vacancies', () => {
  test('a grid without a full-time worker and a body without a handler are listed, and leave the list when filled', async () => {
    const vacant = async (kind: string) =>
      (await townAdministrator.call(contract.listVacancies, { query: { kind, areaCode: TOWN, limit: 100 } })).body
        .items;
    const leader = await newcomer();
    await give(chief, village, leader.userId, { ...gridWorker, gridRole: 'leader' });

    expect((await vacant('grid')).map((one) => one.area.code)).not.toContain(GRID);
    expect((await vacant('grid')).map((one) => one.area.code)).toContain(`${TOWN}007001`);
    const roles = (await vacant('organisation')).map((one) => [one.organisation?.shortName, one.role]);
    expect(roles).toContainEqual(['龙池桥派出所', 'handler']);
    expect(roles).toContainEqual(['园林社区', 'community_worker']);
    expect(roles).not.toContainEqual(['龙池桥街道指挥中心', 'dispatcher']);
  });

  test('a team stands leader first; another town’s teams are not for a town administrator', async () => {
    const team = await here.read((tx) => gridTeam(tx, GRID, new Date()));
    const own = await townAdministrator.call(contract.listGridTeams, { query: { areaCode: VILLAGE } });
    const others = await townAdministrator.call(contract.listGridTeams, { query: { areaCode: OTHER_TOWN } });

    expect(team.map((one) => one.gridRole).slice(0, 2)).toEqual(['leader', 'full_time']);
    expect(own.body.items[0]?.team.length).toBe(team.length);
    expect(others.body.items).toEqual([]);
  });

  test('lists of posts show what lies in the reader’s scope', async () => {
    const mine = await townAdministrator.call(contract.listPosts, { query: { limit: 100 } });
    const all = await chief.call(contract.listPosts, { query: { limit: 100 } });

    expect(mine.body.items.every((one) => one.scope.every((area) => area.code.startsWith(TOWN)))).toBe(true);
    expect(all.body.items.length).toBeGreaterThan(mine.body.items.length);
  });
});

describe('people', () => {
  test('are found by name, a page at a time, by administrators alone', async () => {
    const first = await chief.call(contract.listPeople, { query: { q: 'person', limit: 2 } });
    const second = await chief.call(contract.listPeople, {
      query: { q: 'person', limit: 2, after: first.body.next ?? '' },
    });
    const dispatcher = await here.as('dispatcher', 'dispatcher', [COUNTY]);

    expect(first.body.items).toHaveLength(2);
    expect(second.body.items[0]?.name).not.toBe(first.body.items[1]?.name);
    expect((await dispatcher.call(contract.listPeople, {})).status).toBe(403);
  });

  test('whoever gets an account is found by name at once, and keeps a corrected name', async () => {
    const account = await here.app.auth.createAccount({ username: 'newcomer', name: '新来的' });
    if (isRefusal(account)) throw new Error(account.code);
    const [consumer] = organisationsModule.consumers?.(here.app) ?? [];
    const tell = () =>
      here.write(async (tx) => {
        const event = { id: '', tenant: here.app.config.tenant, kind: 'account.created', at: new Date(), payload: {} };
        if (!consumer || !('handle' in consumer)) throw new Error('organisations follows accounts one by one');
        await consumer.handle({ ...event, subject: account.id }, tx);
      });
    await tell();
    const people = async (q: string) => (await chief.call(contract.listPeople, { query: { q } })).body.items;
    expect((await people('新来的')).map((one) => one.userId)).toEqual([account.id]);

    const corrected = { name: '新来人', nameEn: null, phone: null };
    await chief.call(contract.changePerson, { params: { userId: account.id }, body: corrected });
    await tell();
    expect(await people('新来的')).toEqual([]);
  });

  test('a name is corrected; someone unknown is not made', async () => {
    const { userId } = await newcomer();
    const change = (id: string) =>
      chief.call(contract.changePerson, {
        params: { userId: id },
        body: { name: '李网格', nameEn: 'Li', phone: '0713-2950000' },
      });

    expect((await change(userId)).status).toBe(200);
    expect((await change('stranger')).code).toBe('organisations.person_unknown');
  });

  test('each sees the posts that are his today', async () => {
    const person = await newcomer();
    await give(chief, centre, person.userId, { role: 'dispatcher', scope: [TOWN] });

    const mine = await person.call(contract.listMyPosts);

    expect(mine.body.items.map((one) => [one.role, one.scope[0]?.path])).toEqual([['dispatcher', '龙池桥街道']]);
  });
});

describe('my grid', () => {
  test('anyone reads extent, workers with office numbers, and where to complain', async () => {
    const { body } = await caller(here).call(contract.readPublicGrid, { params: { code: GRID } });

    expect(body.path.map((step) => step.name).slice(0, 3)).toEqual(['麻城市', '龙池桥街道', '园林社区']);
    expect(body.team.find((one) => one.gridRole === 'full_time')?.phone).toBe('0713-2900000');
    expect(body.complaint).toEqual({
      name: '龙池桥街道社会治理指挥中心',
      nameEn: 'Longchiqiao Subdistrict Command Centre',
      shortName: '龙池桥街道指挥中心',
      phone: '12345',
    });
    expect(Object.keys(body.team[0] ?? {}).sort()).toEqual(['gridRole', 'name', 'nameEn', 'phone']);
  });

  test('an unknown grid is not found', async () => {
    const answer = await caller(here).call(contract.readPublicGrid, { params: { code: '421181999999999' } });

    expect([answer.status, answer.code]).toEqual([404, 'organisations.grid_unknown']);
  });
});
