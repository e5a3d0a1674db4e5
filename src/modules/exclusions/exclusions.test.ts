import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed, Json, Who } from '../../testing/desk.ts';
import { caseAt } from '../../testing/ways.ts';
import { isExcluded } from './index.ts';
import { looksPersonal } from './rules/exclusion.ts';
import { groundName, groundsOn } from './rules/grounds.ts';

let county: County;
let housing: string;
beforeAll(async () => {
  county = await testCounty();
  housing = await county.body('housing');
});
afterAll(() => county.close());

const ask = (who: Who, { id }: Filed, over: object = {}) =>
  county.call(who, 'POST', `/api/cases/${id}/exclusions`, {
    organisationId: housing,
    ground: 'honest_trial',
    words: '试用新型灯具，供货晚了两周，事前已备案。',
    ...over,
  });
const decide = (who: Who, of: Json, over: object = {}) =>
  county.call(who, 'POST', `/api/exclusions/${of.id}/decision`, {
    version: of.version,
    granted: true,
    words: '备案材料属实，同意。',
    publicWords: '试用新型灯具，事前备案，容错。',
    ...over,
  });
const published = async () => (await county.call(null, 'GET', '/api/public/exclusions?limit=100')).body.items;

describe('an exclusion', () => {
  test('is asked by the office, granted by another, public without persons, and revoked in public', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const asked = (await ask('housing', lamp)).body;
    expect(asked).toMatchObject({ state: 'asked', ground: { code: 'honest_trial' }, decide: null });
    expect(await published()).toEqual([]);
    expect(await county.read((tx) => isExcluded(tx, lamp.id, housing))).toBe(false);

    const granted = (await decide('evaluator', asked)).body;
    expect(granted.state).toBe('granted');
    expect(await county.read((tx) => isExcluded(tx, lamp.id, housing))).toBe(true);
    const [row] = await published();
    expect(row).toMatchObject({ number: lamp.number, words: '试用新型灯具，事前备案，容错。', revokedAt: null });
    expect(JSON.stringify(row)).not.toMatch(/住建承办|县考评|汪小示|供货/);

    const revoke = { version: granted.version, words: '复查发现没有备案。' };
    const revoked = await county.call('supervisor', 'POST', `/api/exclusions/${asked.id}/revocation`, revoke);
    expect(revoked.body.state).toBe('revoked');
    expect((await published())[0].revokedAt).not.toBeNull();
    expect(await county.read((tx) => isExcluded(tx, lamp.id, housing))).toBe(false);
  });

  test('needs a second person of another office', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const own = (await ask('supervisor', lamp)).body;
    expect((await decide('supervisor', own)).code).toBe('exclusions.second_person_needed');
    // The evaluator is another person, but of the same centre that asked.
    expect((await decide('evaluator', own)).code).toBe('exclusions.decider_not_independent');
    expect((await decide('housing', own)).code).toBe('auth.forbidden');
    expect((await decide('otherDispatcher', own)).code).toBe('auth.forbidden');
  });

  test('is asked once, for an office that has a part in it, on a ground that holds', async () => {
    const lamp = await caseAt(county, 'in_progress');
    expect((await ask('housing', lamp, { ground: 'bad_luck' })).code).toBe('exclusions.ground_unknown');
    const transport = await county.body('transport');
    expect((await ask('housing', lamp, { organisationId: transport })).code).toBe('exclusions.not_involved');
    expect((await ask('enforcement', lamp)).code).toBe('cases.not_found');
    expect((await ask('housing', lamp)).status).toBe(201);
    expect((await ask('housing', lamp)).code).toBe('exclusions.already_asked');
  });

  test('two who decide at once: the second is told', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const asked = (await ask('housing', lamp)).body;
    const both = await Promise.all([decide('evaluator', asked), decide('supervisor', asked, { granted: false })]);
    expect(both.map((reply) => reply.code).toSorted()).toEqual([null, 'exclusions.stale'].toSorted());
  });

  test('is not granted without public words, nor with a telephone in them', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const asked = (await ask('housing', lamp)).body;
    expect((await decide('evaluator', asked, { publicWords: null })).code).toBe('http.invalid_input');
    expect((await decide('evaluator', asked, { publicWords: '联系 13800138000 可核实' })).code).toBe(
      'exclusions.public_words_personal',
    );
  });
});

describe('grounds', () => {
  const rows = [
    { code: 'pilot', nameZh: '试点', nameEn: 'Pilot', validFrom: '2026-03-01', validTo: '2026-06-01' },
    { code: 'honest_trial', nameZh: '容错', nameEn: 'Trial', validFrom: '2026-05-01', validTo: '2026-05-01' },
  ];
  test('hold by their days; a shipped one ends by a row; an ended one keeps its name', () => {
    const codes = (day: string) => groundsOn(rows, day).map((ground) => ground.code);
    expect(codes('2026-02-01')).not.toContain('pilot');
    expect(codes('2026-04-01')).toEqual(expect.arrayContaining(['pilot', 'honest_trial']));
    expect(codes('2026-05-02')).not.toContain('honest_trial');
    expect(codes('2026-07-01')).not.toContain('pilot');
    expect(groundName(rows, 'pilot').nameZh).toBe('试点');
  });

  test('are the administrator’s to set, from today on', async () => {
    const body = {
      code: 'pilot_scheme',
      nameZh: '试点项目',
      nameEn: 'Pilot scheme',
      validFrom: '2026-03-10',
      validTo: null,
    };
    const set = (over: object) => county.call('administrator', 'POST', '/api/exclusions/grounds', { ...body, ...over });
    expect((await set({})).status).toBe(200);
    expect((await set({ validFrom: '2026-03-01' })).code).toBe('exclusions.ground_in_past');
    const { items } = (await county.call('housing', 'GET', '/api/exclusions/grounds')).body;
    expect(items.map((ground: Json) => ground.code)).toContain('pilot_scheme');
  });
});

test.each([
  ['联系电话 0713-2912345 转 8', true],
  ['身份证 421181199001011234', true],
  ['第 12 号文件，2026 年 3 月', false],
])('%s', (words, personal) => {
  expect(looksPersonal(words)).toBe(personal);
});
