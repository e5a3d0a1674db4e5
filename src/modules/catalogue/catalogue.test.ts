import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf, startOfDay } from '../../kit/time.ts';
import { type Caller, caller } from '../../platform/testing/caller.ts';
import * as contract from './contract.ts';
import {
  caseSettings,
  chineseCalendar,
  classOfVersion,
  deadlinesOf,
  findClass,
  findDefaultClass,
  loadCalendar,
} from './index.ts';
import { type County, COUNTY, county } from './testing/county.ts';

let here: County;
let chief: Caller;

beforeAll(async () => {
  here = await county();
  chief = await here.as('chief', 'administrator', [COUNTY]);
});
afterAll(() => here.close());

const now = () => here.app.now();
const today = () => dayOf(now());
const class1101 = async (at = now()) => {
  const found = await here.read((tx) => findClass(tx, '1101', at));
  if (!found) throw new Error('no class 1101');
  return found;
};
const facts = {
  nameZh: '路灯与照明',
  nameEn: 'Street lighting',
  keywords: ['路灯', '照明'],
  lane: 'enforcement',
  sensitivity: 'normal',
  defaultUrgency: 'normal',
  petition: false,
  settleOnSpot: false,
  needsPhoto: true,
  callBackBefore: false,
  note: null,
};
function comingWorkday(): string {
  const nation = chineseCalendar();
  let day = addDays(today(), 1);
  while (!nation.isWorkday(day)) day = addDays(day, 1);
  return day;
}
async function seen(code: string): Promise<number> {
  const { body } = await chief.call(contract.readClass, { params: { code } });
  return body.versions?.find((one) => one.state === 'current')?.version ?? 0;
}
const change = async (code: string, changes: object = {}) =>
  chief.call(contract.changeClass, { params: { code }, body: { seen: await seen(code), ...facts, ...changes } });

describe('the sample catalogue', () => {
  test('has the 22 classes of the handbook on two levels, four lanes, and one for everything else', async () => {
    const { body } = await chief.call(contract.listClasses);

    const upper = body.items.filter((one) => one.parentCode === null);
    expect(upper).toHaveLength(22);
    expect(body.items.length).toBeGreaterThan(140);
    expect(new Set(body.items.map((one) => one.lane)).size).toBe(4);
    expect(await here.read((tx) => findDefaultClass(tx, now()))).toBe('2299');
    for (const code of ['14', '15']) {
      const family = body.items.filter((one) => one.code.startsWith(code));
      expect(family.every((one) => one.sensitivity === 'sealed')).toBe(true);
    }
  });

  test('every deadline says where it comes from', async () => {
    const { body } = await chief.call(contract.listClasses);
    const of = (code: string, stage: string) =>
      body.items.find((one) => one.code === code)?.deadlines.find((one) => one.stage === stage);

    expect(of('0703', 'contact')).toMatchObject({ amount: 0.5, clock: 'round_the_clock', source: 'own' });
    expect(of('0901', 'total')).toMatchObject({ amount: 4, clock: 'office_hours', source: 'parent' });
    expect(of('2201', 'total')).toMatchObject({ amount: 5, clock: 'working_days', source: 'default' });
  });

  test('residents read names and whether a matter stays private, nothing else', async () => {
    const { status, body } = await caller(here).call(contract.listPublicClasses);

    expect(status).toBe(200);
    expect(body.items.find((one) => one.code === '1401')).toEqual({
      code: '1401',
      parentCode: '14',
      nameZh: '精神卫生服务',
      nameEn: 'Mental health services',
      private: true,
      needsPhoto: false,
    });
  });

  test('words of a request point to classes', async () => {
    const { body } = await caller(here).call(contract.matchPublicClasses, { body: { text: '菜市场后门路灯坏了' } });

    expect(body.items[0]).toMatchObject({ code: '1101', nameZh: '路灯', words: ['路灯', '灯坏'] });
  });
});

describe('versions', () => {
  test('a case keeps the class it was opened under; new ones get the new one', async () => {
    const before = await class1101();

    const changed = await change('1101');

    expect(changed.status).toBe(200);
    const after = await class1101();
    expect([after.nameZh, after.version]).toEqual(['路灯与照明', changed.body.version]);
    const kept = await here.read((tx) => classOfVersion(tx, '1101', before.version));
    expect([kept?.nameZh, kept?.version]).toEqual(['路灯', before.version]);
  });

  test('a case keeps its deadlines, whenever they are asked for', async () => {
    const { version } = await class1101();
    const body = {
      classCode: '1101',
      stage: 'total',
      deadline: { amount: 2, clock: 'working_days' },
      basis: null,
      note: null,
    };
    expect((await chief.call(contract.setDeadline, { body })).status).toBe(200);

    const later = new Date(Date.now() + 86_400_000);
    const total = async (of: number) => (await here.read((tx) => deadlinesOf(tx, '1101', of, later))).total;
    expect(await total(version)).toMatchObject({ amount: 5, source: 'parent' });
    expect(await total((await class1101()).version)).toMatchObject({ amount: 2, source: 'own' });

    const back = await chief.call(contract.setDeadline, { body: { ...body, deadline: null } });
    expect(await total(back.body.version)).toMatchObject({ amount: 5, source: 'parent' });
    expect((await chief.call(contract.setDeadline, { body: { ...body, deadline: null } })).code).toBe(
      'catalogue.inherits_already',
    );
  });

  test('a change laid down for a later day begins on that day', async () => {
    const day = addDays(today(), 7);
    expect((await change('1102', { nameZh: '井盖与箅子', from: day })).status).toBe(200);

    const name = async (at: Date) => (await here.read((tx) => findClass(tx, '1102', at)))?.nameZh;
    expect(await name(now())).toBe('井盖');
    expect(await name(startOfDay(day))).toBe('井盖与箅子');
    expect((await change('1102')).code).toBe('catalogue.change_planned');
    const list = await chief.call(contract.listClasses);
    expect(list.body.items.find((one) => one.code === '1102')?.plannedFrom).toBe(day);
  });

  test('the second of two editors is told, and a change never reaches back', async () => {
    const old = await seen('1103');
    await change('1103', { nameZh: '道路' });

    const late = await chief.call(contract.changeClass, { params: { code: '1103' }, body: { seen: old, ...facts } });

    expect([late.status, late.code]).toEqual([409, 'catalogue.stale']);
    expect((await change('1103', { from: '2020-01-01' })).code).toBe('catalogue.in_past');
  });

  test.each<[string, string, object]>([
    ['catalogue.class_unknown', '9901', {}],
    ['catalogue.sealed_parent', '1501', {}],
    ['catalogue.petition_parent', '0101', {}],
    ['catalogue.children_not_sealed', '12', { sensitivity: 'sealed' }],
  ])('%s', async (code, of, changes) => {
    expect((await change(of, changes)).code).toBe(code);
  });
});

describe('new and closed classes', () => {
  const create = (code: string, changes: object = {}) =>
    chief.call(contract.createClass, { body: { code, ...facts, nameZh: `新类${code}`, ...changes } });

  test('a class is added once; its code is never used again', async () => {
    expect((await create('1120')).status).toBe(201);
    const closed = await chief.call(contract.closeClass, { params: { code: '1120' }, body: { note: '并入路灯' } });
    expect(closed.status).toBe(200);

    expect(await here.read((tx) => findClass(tx, '1120', now()))).toBeNull();
    expect((await create('1120')).code).toBe('catalogue.code_taken');
  });

  test('not below what does not exist, not open below what is sealed', async () => {
    expect((await create('9901')).code).toBe('catalogue.class_unknown');
    expect((await create('1420')).code).toBe('catalogue.sealed_parent');
    expect((await create('1420', { sensitivity: 'sealed' })).status).toBe(201);
  });

  test('closing takes the entries of the dispatch list along', async () => {
    const closed = await chief.call(contract.closeClass, { params: { code: '0506' }, body: { note: '不再受理' } });
    const entries = await chief.call(contract.listEntries, { query: { classCode: '0506' } });

    expect(closed.body.endedEntries).toBe(1);
    expect(entries.body.items).toEqual([]);
  });

  test.each([
    ['catalogue.has_children', '12'],
    ['catalogue.fallback_needed', '2299'],
    ['catalogue.class_unknown', '9901'],
  ])('%s', async (code, of) => {
    const answer = await chief.call(contract.closeClass, { params: { code: of }, body: { note: '试试' } });
    expect(answer.code).toBe(code);
  });
});

describe('deadlines that make no sense', () => {
  test.each<[string, object]>([
    ['catalogue.amount_whole_days', { deadline: { amount: 1.5, clock: 'working_days' } }],
    ['catalogue.amount_range', { deadline: { amount: -1, clock: 'office_hours' } }],
    ['catalogue.default_needed', { classCode: '*', deadline: null }],
    ['catalogue.class_unknown', { classCode: '9999' }],
    ['http.invalid_input', { stage: 'lunch' }],
    ['http.invalid_input', { deadline: { amount: 'five', clock: 'working_days' } }],
  ])('%s', async (code, changes) => {
    const body = {
      classCode: '1104',
      stage: 'total',
      deadline: { amount: 1, clock: 'working_days' },
      basis: null,
      note: null,
    };
    expect((await chief.call(contract.setDeadline, { body: { ...body, ...changes } })).code).toBe(code);
  });
});

describe('numbers and the calendar', () => {
  const put = (body: object) => chief.call(contract.changeSettings, { body: { classCode: null, ...body } });

  test('numbers are set for all, for one class, and planned for a day', async () => {
    const day = addDays(today(), 3);
    expect((await put({ values: [{ name: 'call_back_tries', value: 4 }] })).status).toBe(200);
    expect((await put({ classCode: '14', values: [{ name: 'call_back_tries', value: 6 }] })).status).toBe(200);
    expect((await put({ values: [{ name: 'verification_radius', value: 300 }], from: day })).status).toBe(200);

    const settings = await here.read((tx) => caseSettings(tx, now(), '14'));
    expect(settings).toMatchObject({ callBackTries: 6, verificationRadius: 200 });
    expect(await here.read((tx) => caseSettings(tx, startOfDay(day)))).toMatchObject({
      callBackTries: 4,
      verificationRadius: 300,
    });
    const { body } = await chief.call(contract.listSettings);
    expect(body.items.find((one) => one.name === 'call_back_tries')?.classes).toMatchObject([
      { value: 6, class: { code: '14' } },
    ]);
    expect(body.items.find((one) => one.name === 'verification_radius')?.planned?.value).toBe(300);
  });

  test.each<[string, object]>([
    ['catalogue.setting_range', { values: [{ name: 'call_back_tries', value: 0 }] }],
    ['catalogue.default_needed', { values: [{ name: 'call_back_tries', value: null }] }],
    ['catalogue.setting_general_only', { classCode: '14', values: [{ name: 'morning_opens', value: 480 }] }],
    ['catalogue.office_hours_order', { values: [{ name: 'morning_opens', value: 800 }] }],
    ['catalogue.class_unknown', { classCode: '99', values: [{ name: 'call_back_tries', value: 2 }] }],
    ['http.invalid_input', { values: [{ name: 'lucky_number', value: 8 }] }],
  ])('%s', async (code, body) => {
    expect((await put(body)).code).toBe(code);
  });

  test('office hours and days of its own are in the calendar that clocks count by; a coming day can be taken back', async () => {
    const day = comingWorkday();
    const add = (on: string, kind: string) =>
      chief.call(contract.addException, { body: { day: on, kind, note: '杜鹃节' } });
    const remove = (on: string) => chief.call(contract.removeException, { params: { day: on } });
    expect((await add(day, 'holiday')).status).toBe(201);
    expect((await put({ values: [{ name: 'morning_opens', value: 540 }] })).status).toBe(200);

    const calendar = await here.read((tx) => loadCalendar(tx, now()));
    expect(calendar.isWorkday(day)).toBe(false);
    expect(calendar.officeHours[0]).toEqual([540, 720]);
    const year = await chief.call(contract.readCalendar, { params: { year: day.slice(0, 4) } });
    expect(year.body.exceptions).toEqual([{ day, kind: 'holiday', note: '杜鹃节', removable: true }]);

    expect((await add(day, 'holiday')).code).toBe('catalogue.day_taken');
    expect((await remove(day)).status).toBe(200);
    expect((await remove(day)).code).toBe('catalogue.day_unknown');
    expect((await add(day, 'workday')).code).toBe('catalogue.day_needless');
    expect((await add(today(), 'holiday')).code).toBe('catalogue.day_in_past');
    expect((await remove(today())).code).toBe('catalogue.day_in_past');
  });

  test('a year whose holidays are not published yet is marked', async () => {
    const read = (year: string) => chief.call(contract.readCalendar, { params: { year } });

    expect((await read('2026')).body.national).toContainEqual({ day: '2026-10-01', kind: 'holiday' });
    expect((await read('2026')).body.known).toBe(true);
    expect((await read('2099')).body.known).toBe(false);
    expect((await read('soon')).status).toBe(404);
  });
});

describe('who may', () => {
  test('every officer reads; only an administrator of the whole county lays down', async () => {
    const clerk = await here.as('clerk', 'handler', ['421181001']);
    const townChief = await here.as('townchief', 'administrator', ['421181001']);

    expect((await clerk.call(contract.listClasses)).status).toBe(200);
    expect((await clerk.call(contract.listSettings)).status).toBe(200);
    for (const by of [clerk, townChief]) {
      for (const one of [contract.createClass, contract.setDeadline, contract.changeSettings, contract.addException]) {
        expect([one.id, (await by.call(one, { body: {} })).code]).toEqual([one.id, 'auth.forbidden']);
      }
    }
    expect((await caller(here).call(contract.listClasses)).code).toBe('auth.required');
  });
});
