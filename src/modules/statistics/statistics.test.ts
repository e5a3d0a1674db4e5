import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../kit/time.ts';
import { COUNTY, GRID, OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed, Json } from '../../testing/desk.ts';
import { bring, caseAt } from '../../testing/ways.ts';
import { SUM_NAMES } from '../call-backs/contract.ts';
import type { CaseState } from '../cases/index.ts';
import { countFirst } from './follow.ts';
import { coarsen, recount as recountAll } from './recount.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const counts = async (query: string, who: 'supervisor' | 'evaluator' = 'supervisor') =>
  (await county.call(who, 'GET', `/api/statistics/counts?${query}`)).body as Json;

/** The same pseudo-random numbers in every run. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T };
}

/** What people may do on a case, tried whether it is legal now or not. */
function steps(county: County, roll: ReturnType<typeof dice>, housing: string, station: string) {
  const by =
    (who: Parameters<County['act']>[0], resource: string, body: object = {}) =>
    (of: Filed) =>
      county.act(who, resource, of.id, body);
  const leadId = () => roll.one([housing, station]);
  return [
    (of: Filed) => county.act('dispatcher', 'dispatch', of.id, { leadId: leadId() }),
    (of: Filed) => county.act('dispatcher', 'correction', of.id, { classCode: roll.one(['0901', '1101', '1102']) }),
    (of: Filed) =>
      county.act('dispatcher', 'correction', of.id, { place: { areaCode: roll.one([OTHER_GRID, VILLAGE]) } }),
    by('housing', 'acceptance'),
    by('housing', 'handling'),
    by('housing', 'notes', { text: '已联系反映人。', contact: 'phone' }),
    (of: Filed) => bring(county, of, 'call_back'),
    (of: Filed) => bring(county, of, 'in_progress'),
    by('dispatcher', 'call-back', { answer: { solved: 'unsolved', satisfaction: 'unsatisfied' }, remark: '未修' }),
    by('dispatcher', 'call-back', { answer: { solved: 'solved', satisfaction: 'basically' } }),
    by('dispatcher', 'call-back', { answer: null }),
    by('dispatcher', 'call-back', { answer: null, declined: true }),
    by('dispatcher', 'closure', { explanation: '多次未接通。' }),
    by('dispatcher', 'voiding', { reason: '误录入。' }),
    (of: Filed) => county.asRequester(of, 'rating', { solved: 'partly', satisfaction: 'satisfied' }),
    (of: Filed) => county.asRequester(of, 'reopening', { reason: '又不亮了。' }),
    (of: Filed) => county.asRequester(of, 'withdrawal', { reason: '已自行解决。' }),
  ];
}

async function randomHistory(seed: number, length: number): Promise<void> {
  const roll = dice(seed);
  const ways = steps(county, roll, await county.body('housing'), await county.body('enforcement_team', TOWN));
  const filed: Filed[] = [];
  for (let at = 0; at < length; at++) {
    if (filed.length < 4 || roll.next() < 0.15) {
      const place = { kind: 'area', areaCode: roll.one([GRID, OTHER_GRID]), detail: '路边' };
      filed.push(await county.fileAsResident({ place }));
    } else
      await roll
        .one(ways)(roll.one(filed))
        .catch(() => undefined);
    if (roll.next() < 0.3) county.later(roll.one([1, 5, 26, 60]));
    if (roll.next() < 0.2) await county.work();
  }
  // Whatever the dice said, one goes its straight way to the end.
  const straight = await caseAt(county, 'call_back');
  const answer = { solved: 'solved', satisfaction: 'satisfied' };
  await county.step('dispatcher', 'call-back', straight.id, { answer, sendBack: false, remark: null });
  const [one, other] = filed;
  await county.act('dispatcher', 'merger', one?.id ?? '', { masterCaseId: other?.id, reason: '同一盏灯。' });
}

type Plain = { facts: CaseState; leadId: string; closedAt: Date | null; dueAt: Date; openedAt: Date };

/** Counts anew what the platform holds, in plain words and without any of what is tested. */
async function recount(prefix: string, chosen: (one: Plain) => boolean = () => true) {
  const { rows } = await county.read((tx) =>
    sql<Plain>`SELECT facts, coalesce(lead_organisation_id, responsible_organisation_id) AS "leadId",
      closed_at AS "closedAt", total_due_at AS "dueAt", opened_at AS "openedAt" FROM cases.case_file`.execute(tx),
  );
  const inside = rows.filter((row) => row.facts.areaCode.startsWith(prefix) && chosen(row));
  const ids = new Set(inside.map(({ facts }) => facts.id));
  const asked = (
    await county.read((tx) => sql<Json>`SELECT case_id, state, solved, satisfaction FROM call_backs.entry`.execute(tx))
  ).rows.filter((entry) => ids.has(entry.case_id));
  const count = <T>(of: readonly T[], holds: (one: T) => boolean) => of.filter(holds).length;
  const states: Record<string, number> = {};
  for (const { facts } of inside) states[facts.state] = (states[facts.state] ?? 0) + 1;
  const late = (row: Plain) => row.facts.late.some(({ clock }) => clock === 'contact');
  const closed = inside.filter((row) => row.closedAt !== null);
  return {
    filed: count(inside, ({ facts }) => facts.state !== 'voided'),
    states,
    contact: {
      inTime: count(inside, (row) => row.facts.state !== 'voided' && row.facts.contactedAt !== null && !late(row)),
      late: count(inside, (row) => row.facts.state !== 'voided' && late(row)),
    },
    closed: {
      all: closed.length,
      inTime: count(closed, (row) => Number(row.closedAt) <= Number(row.dueAt)),
      late: count(closed, (row) => Number(row.closedAt) > Number(row.dueAt)),
    },
    callBacks: Object.fromEntries(
      SUM_NAMES.map((name) => [
        name,
        count(asked, (entry) => [entry.state, entry.solved, entry.satisfaction].includes(name)),
      ]),
    ),
  };
}

describe('after a random history', () => {
  beforeAll(async () => {
    await randomHistory(20_261_122, 70);
    await county.work();
  }, 120_000);

  test('something of everything has happened', async () => {
    const { total } = await counts(`area=${COUNTY}&by=none`);
    expect(Object.keys(total.states).length).toBeGreaterThan(4);
    expect(total.closed.all).toBeGreaterThan(0);
    expect(total.callBacks.solved + total.callBacks.partly + total.callBacks.unsolved).toBeGreaterThan(0);
    expect(total.contact.inTime + total.contact.late).toBeGreaterThan(0);
  });

  test('the counts of every area equal a recount', async () => {
    for (const code of [COUNTY, TOWN, OTHER_TOWN, VILLAGE]) {
      const found = await counts(`area=${code}`);
      expect(found.total).toMatchObject(await recount(code));
      for (const item of found.items.filter((one: Json) => one.filed > 0)) {
        expect(item).toMatchObject(await recount(item.key));
      }
    }
  });

  test('by class, office and channel they add up to the same', async () => {
    const days = `from=2026-03-01&to=2026-12-31`;
    const { total } = await counts(`area=${COUNTY}&by=none`);
    for (const by of ['class', 'organisation', 'channel', 'lane', 'day']) {
      const found = await counts(`area=${COUNTY}&by=${by}&${days}`);
      expect(found.total).toEqual(total);
      expect(found.items.length).toBeGreaterThan(0);
    }
    const byClass = await counts(`area=${COUNTY}&by=class&${days}`);
    for (const item of byClass.items) {
      expect(item).toMatchObject(await recount(COUNTY, ({ facts }) => facts.caseClass.code === item.key));
      expect((await counts(`area=${COUNTY}&by=none&classCode=${item.key}`)).total.states).toEqual(item.states);
    }
  });

  test('whole months and single days give the same as days alone', async () => {
    const part = await counts(`area=${COUNTY}&by=none&from=2026-03-10&to=2026-04-20`);
    const single = await counts(`area=${COUNTY}&by=day&from=2026-03-10&to=2026-04-20`);
    expect(part.total).toEqual(single.total);
    const filed = await recount(COUNTY, ({ openedAt }) => dayOf(openedAt) <= '2026-04-20');
    expect(part.total.states).toEqual(filed.states);
  });
});

test('told again, in another order, or counted from the beginning, they come to the same', async () => {
  await county.work();
  const before = await counts(`area=${COUNTY}`);
  const tellAgain = (which: RawBuilder<unknown>) =>
    county.write((tx) =>
      sql`INSERT INTO platform.outbox_delivery (tenant_id, consumer, subject, position, event_id, run_at)
        SELECT tenant_id, 'statistics', subject, position, id, '2026-01-01' FROM platform.outbox
        WHERE kind LIKE 'case.%' AND ${which} ORDER BY random()`.execute(tx),
    );
  await tellAgain(sql`true`);
  expect((await county.work()).events).toBeGreaterThan(0);
  expect(await counts(`area=${COUNTY}`)).toEqual(before);
  await county.write(async (tx) => {
    for (const table of ['cell', 'contribution'])
      await sql`DELETE FROM ${sql.table(`statistics.${table}`)}`.execute(tx);
  });
  expect((await counts(`area=${COUNTY}`)).total.filed).toBe(0);
  expect(before.complete).toBe(false);
  // Some of them are told of meanwhile, and the count breaks off after the first few.
  await tellAgain(sql`subject IN (SELECT id::text FROM cases.case_file ORDER BY md5(id::text) LIMIT 6)`);
  await county.work();
  expect(await countFirst(county.app, () => true, 5)).toBe(false);
  expect(await counts(`area=${COUNTY}`)).toMatchObject({ complete: false, counted: 5 });
  expect(await countFirst(county.app)).toBe(true);
  expect(await counts(`area=${COUNTY}`)).toMatchObject({ complete: true, total: before.total, items: before.items });
});

test('villages that merge take their open cases along in the counts', async () => {
  const open = await caseAt(county, 'in_progress');
  await county.work();
  const gone = (await counts(`area=${VILLAGE}&by=none`)).total;
  const body = { codes: [VILLAGE, '421181001002'], into: { name: '园林新社区' } };
  const merged = (await county.call('administrator', 'POST', `/api/areas/${TOWN}/merger`, body)).body.code;
  await county.work();
  expect((await counts(`area=${VILLAGE}&by=none`)).total.open).toBe(0);
  expect((await counts(`area=${merged}&by=none`)).total.open).toBe(gone.open);
  for (const code of [COUNTY, TOWN, VILLAGE, merged])
    expect((await counts(`area=${code}`)).total).toMatchObject(await recount(code));
  expect((await county.caseOf('supervisor', open.id)).body.state).toBe('in_progress');
});

describe('a recount', () => {
  const again = () =>
    recountAll({ database: county.app.database, tenant: county.tenant, root: COUNTY, now: county.app.now });

  test('finds nothing where all is right', async () => {
    await county.work();
    expect(await again()).toMatchObject({ wrongCases: { count: 0 }, wrongCells: { count: 0 } });
  });

  test('names what differs, puts it right, and tells a case on its way from a wrong one', async () => {
    const before = await counts(`area=${COUNTY}`);
    const ahead = await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: '路边' } });
    await county.write(async (tx) => {
      await sql`UPDATE statistics.cell SET state_registered = coalesce(state_registered, 0) + 7
        WHERE dimension = 'class' AND area_code = ${TOWN} AND span = 'month'`.execute(tx);
      await sql`DELETE FROM statistics.cell WHERE dimension = 'all' AND area_code = ${COUNTY}`.execute(tx);
      await sql`UPDATE statistics.contribution SET measures[1] = 'state.shelved'
        WHERE case_id = (SELECT case_id FROM statistics.contribution ORDER BY case_id LIMIT 1)`.execute(tx);
    });
    const found = await again();
    expect(found?.wrongCases.count).toBe(1);
    expect(found?.wrongCases.ids).not.toContain(ahead.id);
    expect(found?.wrongCells.cells).toContainEqual(expect.objectContaining({ areaCode: TOWN, dimension: 'class' }));
    expect(await again()).toMatchObject({ wrongCases: { count: 0 }, wrongCells: { count: 0 } });
    const after = await counts(`area=${COUNTY}`);
    expect(after.total.filed).toBe(before.total.filed + 1);
    expect(after.total).toMatchObject(await recount(COUNTY));
  });

  test('days of a town that are long ago are kept by month', async () => {
    const query = `area=${COUNTY}&classCode=1101&from=2026-03-01&to=2026-03-25`;
    const before = await counts(query);
    expect(before.total.filed).toBeGreaterThan(0);
    const later = new Date('2026-09-10T00:00:00Z');
    expect(await county.write((tx) => coarsen(tx, later))).toBe(true);
    expect(await county.write((tx) => coarsen(tx, later))).toBe(false);
    expect((await county.call('supervisor', 'GET', `/api/statistics/counts?${query}`)).code).toBe(
      'statistics.whole_months',
    );
    expect((await counts(`${query}&by=none`)).total).toEqual(before.total);
    expect(await again()).toMatchObject({ wrongCases: { count: 0 }, wrongCells: { count: 0 } });
  });
});
