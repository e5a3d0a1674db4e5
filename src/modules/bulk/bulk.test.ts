import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OTHER_GRID } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed, Json, Who } from '../../testing/desk.ts';
import { bring } from '../../testing/ways.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const UNKNOWN = '019cd5e0-0000-7000-8000-000000000000';
const page = async (id: string) => (await county.caseOf('dispatcher', id)).body;
const chosen = (cases: readonly Pick<Filed, 'id'>[], expectedVersion = 1) =>
  cases.map(({ id }) => ({ id, expectedVersion }));
const lamps = (count: number) => Promise.all(Array.from({ length: count }, () => county.file('dispatcher')));
const dispatch = (who: Who, cases: object, over: object = {}, headers: Record<string, string> = {}) =>
  county.call(who, 'POST', '/api/bulk/dispatches', { cases, leadId: null, ...over }, headers);
const audited = async (action: string): Promise<Json[]> =>
  (await county.call('auditor', 'GET', `/api/audit/entries?action=${action}`)).body.items;

/** Two that can go, one that went already, one that somebody changed meanwhile, one more that can go. */
async function five(): Promise<[Filed, Filed, Filed, Filed, Filed]> {
  const [first, second, went, changed, last] = (await lamps(5)) as [Filed, Filed, Filed, Filed, Filed];
  await bring(county, went, 'dispatched');
  await county.step('dispatcher', 'notes', changed.id, { text: '核对过台账。', contact: null });
  return [first, second, went, changed, last];
}

describe('dispatching many', () => {
  test('each is decided by itself: one refused by its state, one by its version, the others are dispatched', async () => {
    const cases = await five();
    const [first, , went, changed] = cases;
    const versions = chosen(cases).map((one) => (one.id === went.id ? { ...one, expectedVersion: 2 } : one));
    const { status, body } = await dispatch('dispatcher', versions);
    expect(status).toBe(200);
    expect(body.results.map((one: Json) => [one.number, one.done, one.code])).toEqual([
      [cases[0].number, true, null],
      [cases[1].number, true, null],
      [went.number, false, 'cases.wrong_state'],
      [changed.number, false, 'cases.stale_version'],
      [cases[4].number, true, null],
    ]);
    expect(body.results[0]).toMatchObject({ version: 2, state: 'dispatched', message: null });
    expect(body.results[0].next).toMatch(/^已派给 .*住.*，等对方签收。$/);
    expect(body.results[2]).toMatchObject({ message: expect.stringContaining('不能做这个操作'), version: 2 });
    expect(body.results[3].message).toContain('县调度');
    expect(body.results[3].next).toContain('重试');
    // Nothing half: what was refused is as it was, what was done has its one event and its office.
    expect(await page(changed.id)).toMatchObject({ state: 'registered', version: 2, lead: null });
    expect((await page(went.id)).version).toBe(2);
    expect((await page(first.id)).timeline.map((entry: Json) => entry.kind)).toEqual(['registered', 'dispatched']);
    const [entry] = await audited('bulk.dispatch');
    expect(entry.details).toEqual({ cases: 5, done: 3, refused: ['cases.wrong_state', 'cases.stale_version'] });
  });

  test('answers in English to whoever reads English', async () => {
    const cases = await five();
    const { body } = await dispatch('dispatcher', chosen(cases), {}, { 'accept-language': 'en' });
    expect(body.results[0].next).toMatch(/^Given to .*, who is to accept it\.$/);
    for (const row of body.results) expect(`${row.message ?? ''}${row.next}`).not.toMatch(/\p{Script=Han}{5}|[{}]/u);
    expect(body.results[3]).toMatchObject({
      code: 'cases.stale_version',
      next: 'Open it to see what changed; if you still want this, try again.',
    });
  });

  test('repeated with the same key is answered as the first time, and done once', async () => {
    const cases = await lamps(2);
    const headers = { 'idempotency-key': 'bulk-test-key-1' };
    const first = await dispatch('dispatcher', chosen(cases), {}, headers);
    const again = await dispatch('dispatcher', chosen(cases), {}, headers);
    expect(again.body).toEqual(first.body);
    expect(again.body.results.every((one: Json) => one.done)).toBe(true);
    const other = await dispatch('dispatcher', chosen([...cases].reverse()), {}, headers);
    expect([other.status, other.code]).toEqual([422, 'http.idempotency_mismatch']);
    // The row of what was refused tells the version to try again with.
    const stale = await dispatch('dispatcher', chosen(cases, 9));
    expect(stale.body.results[0]).toMatchObject({ code: 'cases.stale_version', version: 2 });
  });

  test('what may not be seen answers exactly as what is not there', async () => {
    const [own] = (await lamps(1)) as [Filed];
    const sealed = await county.file('dispatcher', { confidential: true });
    const elsewhere = await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: '镇上' } });
    const { body } = await dispatch('townDispatcher', chosen([own, elsewhere, { id: UNKNOWN }]));
    const [done, hidden, gone] = body.results;
    expect(done.done).toBe(true);
    expect({ ...hidden, id: '' }).toEqual({ ...gone, id: '' });
    expect(hidden).toMatchObject({ number: null, version: null, state: null, code: 'cases.not_found' });
    expect((await page(elsewhere.id)).state).toBe('registered');
    const noted = await county.call('gridWorker', 'POST', '/api/bulk/notes', {
      cases: chosen([sealed]),
      text: '看见了',
    });
    expect(noted.body.results).toMatchObject([{ code: 'cases.not_found', number: null }]);
  });

  test('to one office by name needs a reason where the list says another; without an entry it is told', async () => {
    const cases = await lamps(2);
    const leadId = await county.body('enforcement');
    const bare = await dispatch('dispatcher', chosen(cases), { leadId });
    expect(bare.body.results.map((one: Json) => one.code)).toEqual(Array(2).fill('cases.override_reason_missing'));
    const told = await dispatch('dispatcher', chosen(cases), { leadId, reason: '集中整治，由城管统一办理。' });
    expect(told.body.results.map((one: Json) => one.done)).toEqual([true, true]);
    expect((await page(cases[0]?.id ?? '')).lead.id).toBe(leadId);
  });

  test('two dispatchers at once: each case goes once, and the second is told who was first', async () => {
    const cases = await lamps(6);
    const there = await Promise.all([
      dispatch('dispatcher', chosen(cases)),
      dispatch('townDispatcher', chosen([...cases].reverse())),
    ]);
    expect(there.map(({ status }) => status)).toEqual([200, 200]);
    for (const { id } of cases) {
      const rows = there.map(({ body }) => body.results.find((one: Json) => one.id === id));
      expect(rows.map((row) => row.done).sort()).toEqual([false, true]);
      expect((await page(id)).version).toBe(2);
    }
  });

  test('more than twenty, none, or a field nobody asked for is refused as a whole', async () => {
    for (const cases of [[], chosen(Array.from({ length: 21 }, () => ({ id: UNKNOWN })))]) {
      expect((await dispatch('dispatcher', cases)).code).toBe('http.invalid_input');
    }
    expect((await dispatch('dispatcher', chosen([{ id: UNKNOWN }]), { force: true })).status).toBe(400);
    expect((await dispatch('housing', chosen([{ id: UNKNOWN }]))).status).toBe(403);
    expect((await dispatch(null, [])).status).toBe(401);
  });
});

test('a note goes into each of many, and only officers read it', async () => {
  const cases = await lamps(2);
  const sent = { cases: chosen(cases), text: '同一片区，周五一起去看。' };
  const { body } = await county.call('dispatcher', 'POST', '/api/bulk/notes', sent);
  expect(body.results).toMatchObject([{ done: true, state: 'registered' }, { done: true }]);
  expect((await page(cases[1]?.id ?? '')).timeline.at(-1)).toMatchObject({ kind: 'noted', tone: 'internal' });
});

describe('what leaves the platform', () => {
  const secret = { title: '=HYPERLINK("http://x")', requester: { name: '欧阳示例', phone: '13912340000' } };

  test('an export holds what the list shows the actor and not who asked, safe from formulas, and is recorded', async () => {
    const own = await county.file('dispatcher', secret);
    const elsewhere = await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: '镇上' } });
    const ask = { ids: [own.id, elsewhere.id, UNKNOWN] };
    const { status, body } = await county.call('townDispatcher', 'POST', '/api/bulk/exports', ask);
    expect([status, body.rows, body.cut]).toEqual([200, 1, false]);
    const [head, line] = body.content.split('\r\n');
    expect(head).toBe('\ufeff编号,标题,类别,地点,状态,主办单位,反映时间,本步时限,总时限,超时');
    expect(line).toContain(`${own.number},"'=HYPERLINK(""http://x"")",`);
    expect(body.content).not.toMatch(/欧阳|1391234|139\*|欧\*/);
    expect((await audited('bulk.export'))[0].details).toEqual({ rows: 1, cut: false, chosen: 3 });
  });

  test('an export by filter goes over all pages in the order of the list', async () => {
    const listed: string[] = [];
    for (let after = ''; ; ) {
      const more = await county.call('dispatcher', 'GET', `/api/cases?state=registered&limit=7${after}`);
      listed.push(...more.body.items.map((one: Json) => one.number));
      if (more.body.next === null) break;
      after = `&after=${encodeURIComponent(more.body.next)}`;
    }
    const { body } = await county.call('dispatcher', 'POST', '/api/bulk/exports', {
      filter: { state: 'registered' },
    });
    const numbers = body.content
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line: string) => line.split(',')[0]);
    expect(numbers).toEqual(listed);
    expect((await audited('bulk.export'))[0].details).toMatchObject({ state: 'registered', words: false });
  });

  test('an export wants a fresh proof and the right to it', async () => {
    const ask = { filter: {} };
    expect((await county.call('housing', 'POST', '/api/bulk/exports', ask)).status).toBe(403);
    const strict = await testCounty({ realProofs: true });
    strict.later(1);
    const late = await strict.call('dispatcher', 'POST', '/api/bulk/exports', ask);
    await strict.close();
    expect(late.code).toBe('auth.proof_needed');
  });

  test('sheets to print hold what was asked, in the order of choice, and each reading is recorded', async () => {
    const [first, second] = (await lamps(2)) as [Filed, Filed];
    const hidden = await county.file('dispatcher', { ...secret, confidential: true });
    const ids = [second.id, hidden.id, first.id, UNKNOWN];
    const { body } = await county.call('verifier', 'POST', '/api/bulk/sheets', { ids });
    expect(body.items.map((one: Json) => one.number)).toEqual([second.number, first.number]);
    expect(body).toMatchObject({
      left: 2,
      items: [{ body: expect.stringContaining('路灯'), placeText: '园林路 12 号' }, {}],
    });
    expect(JSON.stringify(body)).not.toMatch(/汪小示|13800138000|requester/);
    const targets = (await audited('bulk.print')).map((entry) => entry.targetId);
    expect(targets.toSorted()).toEqual([first.id, second.id].toSorted());
  });
});

test('merging what was chosen in a list shows it beside the likely ones, and twice with one key merges once', async () => {
  const [master, other] = (await lamps(2)) as [Filed, Filed];
  const similar = await county.call('dispatcher', 'GET', `/api/cases/${master.id}/similar-cases?with=${other.id}`);
  expect(similar.body.items[0].id).toBe(other.id);
  const hidden = await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: '镇上' } });
  const unseen = await county.call('townDispatcher', 'GET', `/api/cases/${master.id}/similar-cases?with=${hidden.id}`);
  expect(JSON.stringify(unseen.body)).not.toContain(hidden.id);
  const merge = () =>
    county.call(
      'dispatcher',
      'POST',
      '/api/mergers',
      { masterId: master.id, reason: '同一盏灯', cases: chosen([other]) },
      { 'idempotency-key': 'bulk-merge-key-1' },
    );
  const first = await merge();
  expect(first.body.results).toMatchObject([
    { done: true, state: 'merged', next: expect.stringContaining(master.number) },
  ]);
  expect((await merge()).body).toEqual(first.body);
  expect((await page(master.id)).merged).toHaveLength(1);
});
