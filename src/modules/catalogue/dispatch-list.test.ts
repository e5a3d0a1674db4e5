import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../kit/time.ts';
import type { Caller, Reply } from '../../platform/testing/caller.ts';
import { closeOrganisation } from '../organisations/contract.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { dispatchEntryFor, suggestDispatch } from './index.ts';
import { type County, COUNTY, county, GRID, OTHER_TOWN, TOWN, VILLAGE } from './testing/county.ts';

let here: County;
let chief: Caller;
let townChief: Caller;
const today = dayOf(new Date());

beforeAll(async () => {
  here = await county();
  chief = await here.as('chief', 'administrator', [COUNTY]);
  townChief = await here.as('townchief', 'administrator', [TOWN]);
});
afterAll(() => here.close());

/** Short names and levels of whom the list names. */
function named(classCode: string, areaCode: string): Promise<string[]> {
  return here.read(async (tx) => {
    const found = await suggestDispatch(tx, { classCode, areaCode, at: new Date() });
    const names = await organisationNames(
      tx,
      found.map((one) => one.organisationId),
    );
    return found.map((one) => `${one.level} ${names.get(one.organisationId)?.shortName}`);
  });
}

const entry = (changes: object = {}) => ({
  number: null,
  classCode: '1207',
  level: 'town',
  areaCode: COUNTY,
  lead: { by: 'kind', kind: 'enforcement_team' },
  assists: [],
  legalBasis: '《公路法》第八条',
  decidedBy: null,
  replaces: null,
  ...changes,
});
const add = (by: Caller, changes: object = {}) => by.call(contract.createEntry, { body: entry(changes) });

describe('whom the list names', () => {
  test.each([
    ['1101', VILLAGE, ['county 市住建局']],
    ['0302', VILLAGE, ['town 龙池桥派出所', 'county 市公安局']],
    ['0302', COUNTY, ['county 市公安局']],
    ['0201', GRID, ['village 园林社区']],
    ['0404', GRID, ['grid 园林社区']],
    ['0404', VILLAGE, []],
    ['1106', OTHER_TOWN, ['county 市供电公司']],
  ])('%s at %s: %j', async (classCode, areaCode, expected) => {
    expect(await named(classCode, areaCode)).toEqual(expected);
  });

  test('with number, legal basis, who assists, and the reason in both languages', async () => {
    const query = { classCode: '1101', areaCode: VILLAGE };
    const [found] = await here.read((tx) => suggestDispatch(tx, { ...query, at: new Date() }));
    const { body } = await chief.call(contract.readSuggestions, { query });

    expect(found?.reason.values).toMatchObject({
      number: 21,
      classZh: '路灯',
      leadEn: expect.stringContaining('Housing'),
    });
    expect(body.items[0]).toMatchObject({
      number: 21,
      reason: '派单目录第 21 条：路灯 → 市住建局',
      legalBasis: '《城市道路照明设施管理规定》第四条',
      assists: [{ shortName: '市供电公司' }],
    });
  });

  test('an organisation that the list does not name for a class has no entry: nothing to a village without one', async () => {
    const village = await here.body('village', VILLAGE);
    const of = (classCode: string, organisationId: string) =>
      here.read((tx) => dispatchEntryFor(tx, { classCode, areaCode: VILLAGE, organisationId, at: new Date() }));

    expect(await of('1101', village)).toBeNull();
    expect(await of('0201', village)).toMatchObject({ level: 'village', legalBasis: '《人民调解法》第八条' });
    expect(await of('1101', await here.body('housing'))).toMatchObject({ entryNumber: 21 });
  });
});

describe('keeping the list', () => {
  test('an entry is added with the next number, found by words, and ended with a reason', async () => {
    const { status, body } = await add(chief);
    expect([status, body.number]).toEqual([201, 99]);
    expect(await named('1207', VILLAGE)).toEqual(['county 市交通运输局', 'town 龙池桥综合执法队']);

    const list = await chief.call(contract.listEntries, { query: { q: '综合执法队', classCode: '12' } });
    expect(list.body.items.map((one) => one.number)).toEqual(expect.arrayContaining([99]));
    const ended = await chief.call(contract.endEntry, { params: { id: body.id }, body: { reason: '改由县级' } });
    expect(ended.status).toBe(200);
    expect(await named('1207', VILLAGE)).toEqual(['county 市交通运输局']);
    const again = await chief.call(contract.endEntry, { params: { id: body.id }, body: { reason: '改由县级' } });
    expect(again.code).toBe('catalogue.entry_over');
  });

  test('an entry is replaced at once and keeps its number; the old one stays in the record', async () => {
    const before = await chief.call(contract.listEntries, { query: { classCode: '1108' } });
    const replaced = before.body.items[0];
    expect(replaced?.sample).toBe(true);

    const made = await add(chief, {
      classCode: '1108',
      level: 'county',
      lead: { by: 'organisation', id: await here.body('housing') },
      replaces: replaced?.id,
    });

    expect(made.body.number).toBe(replaced?.number);
    const all = await chief.call(contract.listEntries, { query: { classCode: '1108', over: 'true' } });
    expect(all.body.items.map((one) => [one.state, one.sample]).sort()).toEqual([
      ['current', false],
      ['over', true],
    ]);
  });

  test('a town’s own entry holds there alone; its administrator keeps no other', async () => {
    const own = { classCode: '1104', level: 'county', areaCode: TOWN, lead: { by: 'kind', kind: 'water' } };
    expect((await add(townChief, own)).status).toBe(201);

    expect(await named('1104', VILLAGE)).toEqual(['county 市自来水公司']);
    expect(await named('1104', OTHER_TOWN)).toEqual(['county 市住建局']);
    expect((await add(townChief, { ...own, areaCode: COUNTY })).code).toBe('auth.forbidden');
    const ofCounty = await chief.call(contract.listEntries, { query: { classCode: '1105' } });
    const end = await townChief.call(contract.endEntry, {
      params: { id: ofCounty.body.items[0]?.id ?? '' },
      body: { reason: '不归我们' },
    });
    expect(end.code).toBe('auth.forbidden');
  });

  test('of two that add the same entry at once, one wins', async () => {
    const both = await Promise.all([add(chief, { classCode: '2003' }), add(chief, { classCode: '2003' })]);

    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
  });

  test.each<[string, object]>([
    ['catalogue.class_unknown', { classCode: '9901' }],
    ['catalogue.kind_unknown', { lead: { by: 'kind', kind: 'circus' } }],
    ['catalogue.organisation_unknown', { lead: { by: 'organisation', id: '00000000-0000-7000-8000-000000000001' } }],
    [
      'catalogue.organisation_unknown',
      { assists: [{ by: 'organisation', id: '00000000-0000-7000-8000-000000000001' }] },
    ],
    ['catalogue.lead_level', { lead: { by: 'kind', kind: 'housing' } }],
    ['catalogue.area_unknown', { areaCode: '421181999' }],
    ['catalogue.entry_overlaps', { level: 'county', lead: { by: 'kind', kind: 'housing' } }],
    ['catalogue.number_taken', { classCode: '1203', number: 1 }],
    ['catalogue.in_past', { from: '2020-01-01' }],
    ['catalogue.entry_unknown', { replaces: '00000000-0000-7000-8000-000000000001' }],
    ['http.invalid_input', { legalBasis: '' }],
  ])('%s', async (code, changes) => {
    expect((await add(chief, changes)).code).toBe(code);
  });

  test('a body the list names by itself cannot close', async () => {
    const id = await here.body('health_centre', OTHER_TOWN);
    await add(chief, { classCode: '2105', lead: { by: 'organisation', id } });

    const closing = { version: 1, endsOn: today, successorId: null };
    const answer = await chief.call(closeOrganisation, { params: { id }, body: closing });

    expect(answer.code).toBe('catalogue.organisation_listed');
  });

  test('the list goes on page by page', async () => {
    const numbers: number[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: Reply<typeof contract.listEntries> = await chief.call(contract.listEntries, {
        query: { limit: 40, ...(after ? { after } : {}) },
      });
      numbers.push(...page.body.items.map((one) => one.number));
      after = page.body.next;
    }

    expect(numbers.length).toBeGreaterThan(95);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});

describe('as a file', () => {
  const send = (csv: string, changes: object = {}) =>
    chief.call(contract.importEntries, { body: { csv, replace: false, dryRun: false, ...changes } });
  const heading = '条目号,事项编码,层级,适用区域,主办单位,协办单位,法定依据';

  test('what was exported comes back unchanged, in either language', async () => {
    const exported = await chief.call(contract.exportEntries);
    const report = await send(exported.body.csv);

    expect(exported.body.fileName).toBe(`派单目录-${today}.csv`);
    expect(exported.body.csv.startsWith('\uFEFF条目号,')).toBe(true);
    expect(report.body).toMatchObject({ added: 0, replaced: 0, rejected: [], rejectedCsv: null });
    expect(report.body.unchanged).toBeGreaterThan(95);
  });

  test('rows that fit are entered, the others come back with their reason, to be corrected', async () => {
    const rows = [
      heading,
      ',1203,镇街,,综合执法队,交警大队、马戏团,《道路交通安全法》第二十五条',
      ',1203,云端,,综合执法队,,《道路交通安全法》',
      ',1203,县级,,马戏团,,《道路交通安全法》',
      ',101,县级,,信访局,,《信访工作条例》',
      ',9901,县级,,住建局,,《某法》',
      'x,1203,县级,,住建局,,《某法》',
      ',1203,县级,,住建局,,',
    ];
    const bad = await send(rows.join('\n'));
    expect(bad.body.rejected.map((one) => [one.row, one.code])).toEqual([
      [2, 'catalogue.row_body'],
      [3, 'catalogue.row_level'],
      [4, 'catalogue.row_body'],
      [6, 'catalogue.class_unknown'],
      [7, 'catalogue.row_number'],
      [8, 'catalogue.row_basis'],
    ]);
    expect(bad.body.added).toBe(1);

    const corrected = bad.body.rejectedCsv?.split('\r\n').slice(0, 2).join('\r\n').replace('、马戏团', '');
    const good = await send(corrected ?? '');
    expect(good.body).toMatchObject({ added: 1, rejected: [] });
    expect(await named('1203', VILLAGE)).toEqual(['town 龙池桥综合执法队']);
  });

  test('a dry run says what would happen and changes nothing', async () => {
    const csv = `${heading}\n,1305,村（社区）,,村（社区）,,《商品房屋租赁管理办法》`;
    const before = await named('1305', VILLAGE);

    expect((await send(csv, { dryRun: true })).body.added).toBe(1);
    expect(await named('1305', VILLAGE)).toEqual(before);
    expect((await send(csv)).body.added).toBe(1);
  });

  test('replacing puts a row in the place of the entry there is; without it the row comes back', async () => {
    const csv = `${heading}\n,1801,县级,,人社局,公安局,《保障农民工工资支付条例》第七条`;

    expect((await send(csv)).body.rejected[0]?.code).toBe('catalogue.entry_overlaps');
    expect((await send(csv, { replace: true, from: addDays(today, 1) })).body.replaced).toBe(1);
  });

  test.each([
    ['catalogue.csv_columns', 'a,b\n1,2'],
    ['catalogue.csv_unreadable', '条目号,"事项编码\n1'],
    ['catalogue.csv_too_long', `${heading}\n${',1101,县级,,住建局,,《某法》\n'.repeat(2001)}`],
  ])('%s', async (code, csv) => {
    expect((await send(csv)).code).toBe(code);
  });

  test('a formula in a cell is text when it comes back', async () => {
    const report = await send(`${heading}\n,1101,县级,,=cmd(),,《某法》`);

    expect(report.body.rejectedCsv).toContain("'=cmd()");
  });
});
