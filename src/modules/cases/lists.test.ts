import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE } from '../../testing/cast.ts';
import { CAST_NAMES, type CastName } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { bring, caseAt } from '../../testing/ways.ts';

let county: County;
let lamp: { id: string; number: string };

/** Some cases at every station, in two towns, of several classes; a few of them late. */
beforeAll(async () => {
  county = await testCounty();
  lamp = await county.file('dispatcher', {
    title: '园林路 12-3 号路灯',
    place: { areaCode: `${VILLAGE}001`, text: '东门' },
  });
  for (const station of ['dispatched', 'accepted', 'reported_done', 'call_back'] as const)
    await caseAt(county, station);
  for (const classCode of ['0601', '0404', '1801'])
    await county.file('dispatcher', { classCode, title: `其他事项 ${classCode}` });
  const there = await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: null }, title: '馆驿路灯' });
  await bring(county, there, 'in_progress');
  county.later(1);
  await county.work();
});
afterAll(() => county.close());

type Row = { id: string; number: string; title: string };

/** Every page of a list, one after the other. */
async function all(who: CastName, query: string, limit = 100): Promise<Row[]> {
  const rows: Row[] = [];
  let after = '';
  do {
    const { status, body } = await county.call(who, 'GET', `/api/cases?limit=${limit}&${query}${after}`);
    if (status !== 200) throw new Error(`${query}: ${status} ${JSON.stringify(body)}`);
    rows.push(...body.items);
    after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
  } while (after !== '');
  return rows;
}

const count = (condition: ReturnType<typeof sql>): Promise<number> =>
  county.read(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM cases.case_file c WHERE tenant_id = ${county.tenant} AND ${condition}`.execute(tx);
    return rows[0]?.n ?? -1;
  });

const numbers = (rows: readonly Row[]) => rows.map((row) => row.number).sort();

describe('finding a case', () => {
  test('by its number, by its last digits, and by the number as people write it', async () => {
    const short = lamp.number.slice(9);
    const wide = lamp.number.replaceAll('-', '－');
    for (const q of [lamp.number, short, wide]) {
      expect(numbers(await all('dispatcher', `q=${encodeURIComponent(q)}`))).toEqual([lamp.number]);
    }
    const direct = await county.call('dispatcher', 'GET', `/api/case-numbers/${lamp.number}`);
    expect(direct.body).toMatchObject({ id: lamp.id, number: lamp.number });
  });

  test('a number with a digit wrong is told apart from one that is not there', async () => {
    const last = (Number(lamp.number.at(-1)) + 1) % 10;
    const wrong = await county.call('dispatcher', 'GET', `/api/case-numbers/${lamp.number.slice(0, -1)}${last}`);

    expect([wrong.status, wrong.code]).toEqual([422, 'cases.bad_number']);
  });

  test.each(['路灯', '园林路 路灯', '12-3', '烟花', '%', '\\', "'; DROP TABLE cases.case_file; --", 'a & b | !c'])(
    'by words, each of which must occur: %s',
    async (typed) => {
      const found = await all('dispatcher', `q=${encodeURIComponent(typed)}`);
      const words = typed
        .split(' ')
        .map((word) => sql`strpos(t.title || t.body || coalesce(t.place_text, ''), ${word}) > 0`);
      const expected = await count(
        sql`EXISTS (SELECT FROM cases.case_text t WHERE t.case_id = c.id AND ${sql.join(words, sql` AND `)})`,
      );

      expect(found).toHaveLength(expected);
      expect(found.length > 0).toBe(/路灯|12-3/.test(typed));
    },
  );

  test('by class and the classes below, lane, state, area and office', async () => {
    const housing = await county.body('housing');
    const filters: readonly [string, ReturnType<typeof sql>][] = [
      ['classCode=11', sql`class_code LIKE '11%'`],
      ['lane=market', sql`lane = 'market'`],
      ['state=registered', sql`state = 'registered'`],
      [`area=${OTHER_TOWN}`, sql`area_code LIKE ${`${OTHER_TOWN}%`}`],
      [`organisation=${housing}`, sql`lead_organisation_id = ${housing}::uuid`],
      ['late=true', sql`stage_due_at < ${county.app.now()}`],
      [`lane=enforcement&state=dispatched&area=${TOWN}`, sql`state = 'dispatched' AND area_code LIKE ${`${TOWN}%`}`],
    ];
    for (const [query, condition] of filters) {
      const found = await all('dispatcher', query);
      expect([query, found.length]).toEqual([query, await count(condition)]);
      expect(found.length).toBeGreaterThan(0);
    }
  });

  test.each(['dispatcher', 'housing', 'gridWorker'] as const)('what has ended is never late, for %s', async (who) => {
    for (const query of ['state=closed&late=true', `state=rejected&late=true&q=${encodeURIComponent('路灯')}`])
      expect(await county.call(who, 'GET', `/api/cases?${query}`)).toMatchObject({ status: 200, body: { items: [] } });
  });
});

describe('queues', () => {
  test('count what their pages hold and what is late in them, for everybody', async () => {
    let compared = 0;
    for (const who of CAST_NAMES) {
      const { status, body } = await county.call(who, 'GET', '/api/queues');
      if (status !== 200) continue;
      for (const { queue, count: counted, late } of body.queues) {
        const rows = (await all(who, `queue=${queue}`)) as (Row & { stageDueAt: string | null })[];
        const overdue = rows.filter(({ stageDueAt }) => stageDueAt && new Date(stageDueAt) < county.app.now());
        expect([who, queue, counted, late]).toEqual([who, queue, rows.length, overdue.length]);
        compared += counted;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  test('hold what waits there', async () => {
    const waiting = (await county.call('townDispatcher', 'GET', '/api/queues')).body.queues;
    const toDispatch = waiting.find((each: { queue: string }) => each.queue === 'to_dispatch');

    expect(toDispatch.count).toBe(
      await count(sql`state IN ('registered', 'reopened') AND area_code LIKE ${`${TOWN}%`}`),
    );
    expect(numbers(await all('housing', 'queue=to_accept'))).toHaveLength(await count(sql`state = 'dispatched'`));
  });

  test('by lane: the political-legal member sees his town’s safety matters across stations', async () => {
    const seen = await all('politicalLegal', 'queue=all');
    const condition = sql`lane = 'safety' AND area_code LIKE ${`${TOWN}%`}`;

    expect(seen).toHaveLength(await count(condition));
    expect(seen.length).toBeGreaterThan(0);
  });

  test('offer nobody the work of his own organisation to check', async () => {
    const done = await county.file('dispatcher', {
      place: { areaCode: OTHER_GRID, text: null },
      title: '馆驿路灯已修',
    });
    await bring(county, done, 'reported_done');

    expect(numbers(await all('otherVerifier', 'queue=to_verify'))).toContain(done.number);
    expect(numbers(await all('twoHats', 'queue=to_verify'))).not.toContain(done.number);
  });

  test('are read most urgent first', async () => {
    const rows = (await all('dispatcher', 'queue=to_dispatch', 2)) as (Row & { stageDueAt: string })[];
    const due = rows.map((row) => Date.parse(row.stageDueAt));

    expect(due).toEqual([...due].sort((a, b) => a - b));
    expect(due.length).toBeGreaterThan(3);
  });
});

describe('pages', () => {
  test('stay where they are while new cases come in: nothing twice, nothing missed', async () => {
    const before = numbers(await all('dispatcher', 'queue=all'));
    const seen: string[] = [];
    let after = '';
    for (let turn = 0; turn === 0 || after !== ''; turn += 1) {
      const { body } = await county.call('dispatcher', 'GET', `/api/cases?limit=3${after}`);
      seen.push(...body.items.map((row: Row) => row.number));
      after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
      await county.file('dispatcher', { title: `新来的第 ${turn} 件` });
    }

    expect(seen.toSorted()).toEqual(before);
  });

  test('take only cursors of their own', async () => {
    for (const after of ['nonsense', Buffer.from('2026-01-01|x').toString('base64url'), '%00']) {
      const answer = await county.call('dispatcher', 'GET', `/api/cases?after=${after}`);
      expect(answer.status).toBe(400);
    }
  });
});
