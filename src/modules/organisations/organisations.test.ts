import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../kit/time.ts';
import * as contract from './contract.ts';
import { registerReferenceCheck } from './index.ts';
import { refuse } from '../../kit/result.ts';
import type { Caller } from '../../platform/testing/caller.ts';
import { type County, COUNTY, county, OTHER_TOWN, TOWN, VILLAGE } from './testing/county.ts';

let here: County;
let chief: Caller;
const today = dayOf(new Date());

beforeAll(async () => {
  here = await county();
  chief = await here.as('chief', 'administrator', [COUNTY]);
});
afterAll(() => here.close());

const factory = {
  kind: 'sanitation',
  nameZh: '环卫所',
  nameEn: 'Sanitation station',
  levels: ['town'],
  station: true,
};
async function newStation(name: string, changes: object = {}) {
  return chief.call(contract.createOrganisation, {
    body: {
      kind: 'justice_office',
      name,
      nameEn: `${name} office`,
      shortName: name,
      areaCode: TOWN,
      lineSuperiorId: await here.body('justice'),
      directingBodyId: await here.body('government', TOWN),
      phone: null,
      complaintPhone: null,
      external: false,
      ...changes,
    },
  });
}

describe('looking bodies up', () => {
  test('a list goes on page by page in the order of areas and kinds and never repeats', async () => {
    const first = await chief.call(contract.listOrganisations, { query: { areaCode: TOWN, limit: 5 } });
    const second = await chief.call(contract.listOrganisations, {
      query: { areaCode: TOWN, limit: 5, after: first.body.next ?? '' },
    });

    expect(first.body.items.map((one) => one.shortName)).toEqual([
      '龙池桥街道',
      '龙池桥街道指挥中心',
      '龙池桥派出所',
      '龙池桥司法所',
      '龙池桥市场监管所',
    ]);
    expect(second.body.items[0]?.shortName).toBe('龙池桥综合执法队');
    expect(second.body.items[2]?.area.path).toBe('龙池桥街道/园林社区');
  });

  test('a tree opens step by step: what nobody directs, then what the county directs', async () => {
    const top = await chief.call(contract.listOrganisations, { query: { directedBy: 'top' } });
    const root = top.body.items[0];
    const below = await chief.call(contract.listOrganisations, { query: { directedBy: root?.id ?? '', limit: 100 } });

    expect(top.body.items.map((one) => one.name)).toEqual(['麻城市人民政府']);
    expect(root?.directs).toBe(30 + 28);
    expect(below.body.items).toHaveLength(58);
  });

  test('words find bodies by any of their names; a sign of patterns is only a sign', async () => {
    const words = async (q: string) =>
      (await chief.call(contract.listOrganisations, { query: { q } })).body.items.length;

    expect(await words('住建局')).toBe(1);
    expect(await words('Housing')).toBe(1);
    expect(await words('%')).toBe(0);
  });

  test('a cursor of another list is refused', async () => {
    expect((await chief.call(contract.listOrganisations, { query: { after: 'x' } })).code).toBe('http.bad_request');
  });

  test('one body shows both its lines, what it leads, and what the reader may do', async () => {
    const id = await here.body('police_station', TOWN);
    const { body } = await chief.call(contract.readOrganisation, { params: { id } });

    expect(body.lineSuperior?.shortName).toBe('市公安局');
    expect(body.directingBody?.shortName).toBe('龙池桥街道');
    expect(body.actions).toEqual([
      { action: 'change', allowed: true, refusal: null, details: {} },
      { action: 'close', allowed: true, refusal: null, details: {} },
      { action: 'add_post', allowed: true, refusal: null, details: {} },
    ]);
  });

  test('what does not exist is not found, whatever the id looks like', async () => {
    for (const id of ['nonsense', '00000000-0000-7000-8000-000000000001']) {
      const answer = await chief.call(contract.readOrganisation, { params: { id } });
      expect([answer.status, answer.code]).toEqual([404, 'organisations.not_found']);
    }
  });
});

describe('entering bodies', () => {
  test('a new kind, then a body of it', async () => {
    expect((await chief.call(contract.addKind, { body: factory })).status).toBe(201);
    expect((await chief.call(contract.addKind, { body: factory })).code).toBe('organisations.kind_taken');

    const made = await newStation('龙池桥环卫所', { kind: 'sanitation' });
    expect(made.status).toBe(201);
    const { body } = await chief.call(contract.readOrganisation, { params: { id: made.body.id } });
    expect([body.organisation.level, body.organisation.validFrom]).toEqual(['town', today]);
  });

  test.each<[string, object]>([
    ['organisations.kind_unknown', { kind: 'circus' }],
    ['organisations.kind_level', { areaCode: VILLAGE }],
    ['organisations.area_unknown', { areaCode: '421181999' }],
    ['organisations.name_taken', { name: '麻城市司法局龙池桥司法所' }],
    ['organisations.line_unknown', { lineSuperiorId: '00000000-0000-7000-8000-000000000001' }],
  ])('%s', async (code, changes) => {
    expect((await newStation('另一个司法所', changes)).code).toBe(code);
  });

  test('fields are checked in both languages: an empty name, a phone that is none', async () => {
    const answer = await newStation(' ', { phone: 'call me' });

    expect([answer.status, answer.code]).toEqual([400, 'http.invalid_input']);
  });
});

describe('changing bodies', () => {
  const edit = {
    name: '司法所甲',
    nameEn: 'A',
    shortName: '甲',
    lineSuperiorId: null,
    directingBodyId: null,
    phone: null,
    complaintPhone: null,
  };

  test('a former name stays findable, and the second of two editors is told', async () => {
    const id = (await newStation('旧名司法所')).body.id;

    const first = await chief.call(contract.changeOrganisation, { params: { id }, body: { ...edit, version: 1 } });
    const late = await chief.call(contract.changeOrganisation, { params: { id }, body: { ...edit, version: 1 } });

    expect(first.body.version).toBe(2);
    expect([late.status, late.code]).toEqual([409, 'organisations.stale']);
    const found = await chief.call(contract.listOrganisations, { query: { q: '旧名司法所' } });
    expect(found.body.items.map((one) => one.name)).toEqual(['司法所甲']);
    const { body } = await chief.call(contract.readOrganisation, { params: { id } });
    expect(body.formerNames).toEqual([
      { name: '旧名司法所', nameEn: '旧名司法所 office', shortName: '旧名司法所', until: today },
    ]);
  });

  test('nobody becomes his own superior, however long the way round', async () => {
    const upper = (await newStation('上所')).body.id;
    const lower = (await newStation('下所', { lineSuperiorId: upper })).body.id;

    const turned = await chief.call(contract.changeOrganisation, {
      params: { id: upper },
      body: { ...edit, name: '上所', version: 1, lineSuperiorId: lower },
    });

    expect(turned.code).toBe('organisations.line_circle');
  });
});

describe('closing bodies', () => {
  const closing = { version: 1, endsOn: today, successorId: null };

  test('a closed body leaves lists, keeps its page, and its posts end with it', async () => {
    const id = (await newStation('要撤的所')).body.id;
    const clerk = await here.as('clerk', 'handler', [TOWN]);
    await chief.call(contract.createPost, { params: { id }, body: { ...post, userId: clerk.userId } });

    const done = await chief.call(contract.closeOrganisation, { params: { id }, body: closing });

    expect(done.body.endedPosts).toBe(1);
    expect((await chief.call(contract.listOrganisations, { query: { q: '要撤的所' } })).body.items).toEqual([]);
    const closed = await chief.call(contract.listOrganisations, { query: { q: '要撤的所', closed: 'true' } });
    expect(closed.body.items[0]?.validTo).toBe(today);
    const again = await chief.call(contract.closeOrganisation, { params: { id }, body: { ...closing, version: 2 } });
    expect(again.code).toBe('organisations.closed');
  });

  test('a body with others under it stays', async () => {
    const id = await here.body('public_security');

    const answer = await chief.call(contract.closeOrganisation, { params: { id }, body: closing });

    expect(answer.code).toBe('organisations.has_subordinates');
  });

  test('a module above can say that a body is still needed', async () => {
    const id = (await newStation('有案子的所')).body.id;
    registerReferenceCheck('test', async (_, asked) => (asked === id ? refuse('organisations.in_use') : null));

    const answer = await chief.call(contract.closeOrganisation, { params: { id }, body: closing });
    const { body } = await chief.call(contract.readOrganisation, { params: { id } });

    expect([answer.status, answer.code]).toEqual([409, 'organisations.in_use']);
    expect(body.actions[1]).toEqual({ action: 'close', allowed: false, refusal: 'organisations.in_use', details: {} });
  });

  test('not in the past, not into a closed successor', async () => {
    const id = (await newStation('再撤的所')).body.id;
    const close = (changes: object) =>
      chief.call(contract.closeOrganisation, { params: { id }, body: { ...closing, ...changes } });

    expect((await close({ endsOn: addDays(today, -1) })).code).toBe('organisations.ending_in_past');
    expect((await close({ endsOn: addDays(today, 9), successorId: id })).code).toBe('organisations.line_unknown');
  });
});

const post = {
  role: 'handler',
  gridRole: null,
  titleZh: null,
  titleEn: null,
  scope: [TOWN],
  areaSetId: null,
  lanes: null,
  validFrom: today,
  validTo: null,
};

describe('what another town may do', () => {
  test('its administrator reads of every body but changes none outside', async () => {
    const neighbour = await here.as('neighbour', 'administrator', [OTHER_TOWN]);
    const id = await here.body('justice_office', TOWN);

    const seen = await neighbour.call(contract.readOrganisation, { params: { id } });
    const closed = await neighbour.call(contract.closeOrganisation, { params: { id }, body: {} });

    expect(seen.body.posts).toBeNull();
    expect(seen.body.actions.every((one) => one.refusal === 'auth.forbidden')).toBe(true);
    expect([closed.status, closed.code]).toEqual([403, 'auth.forbidden']);
  });
});
