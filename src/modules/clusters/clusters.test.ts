import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRID, OTHER_GRID } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed } from '../../testing/desk.ts';
import { bring } from '../../testing/ways.ts';
import { countIssues } from './issues.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const page = async (id: string) => (await county.caseOf('dispatcher', id)).body;
const PATHS = ['玫瑰苑小区东门的步道塌陷了一块', '玫瑰苑东门步道塌了，老人差点摔倒', '玫瑰苑小区东门步道有个塌陷的坑'];
const file = (body: string, over: object = {}) =>
  county.file('dispatcher', { title: body.slice(0, 12), body, classCode: '1103', ...over });
const three = async () => {
  const filed: Filed[] = [];
  for (const [at, body] of PATHS.entries()) {
    filed.push(await file(body, { requester: { name: `来电${at}`, phone: `1380013800${at}` } }));
  }
  await county.work();
  return filed as [Filed, Filed, Filed];
};
const chosen = async (...cases: Filed[]) =>
  Promise.all(cases.map(async ({ id }) => ({ id, expectedVersion: (await page(id)).version ?? 1 })));

describe('likely duplicates', () => {
  test('are found by what they are about and where, with the words both share', async () => {
    const [first] = await three();
    await file('玫瑰苑小区里的路灯晚上不亮', { classCode: '1101' });
    await county.work();
    const { body } = await county.call('dispatcher', 'POST', '/api/similar-cases', {
      text: '玫瑰苑东门的步道塌陷',
      areaCode: GRID,
      classCode: '1103',
    });
    expect(body.items.map((one: Filed) => one.id)).toContain(first.id);
    expect(body.items[0].shared).toContain('东门');
    expect(body.items.map((one: { title: string }) => one.title).join()).not.toContain('路灯');
  });

  test('are told only to those who may see them', async () => {
    await three();
    const asked = { text: '玫瑰苑东门的步道塌陷', areaCode: GRID, classCode: '1103' };
    const other = await county.call('otherDispatcher', 'POST', '/api/similar-cases', asked);
    expect(other.body.items).toEqual([]);
    const secret = await file('桂花弄祠堂门口的石阶断裂', { confidential: true });
    await county.work();
    const found = await county.call('housing', 'POST', '/api/similar-cases', {
      text: '桂花弄祠堂石阶断裂',
      areaCode: GRID,
    });
    expect(JSON.stringify(found.body)).not.toContain(secret.id);
  });

  test('are offered to residents only as released, and what is closed cannot be joined', async () => {
    const master = await county.fileAsResident({ text: '翠竹里后巷的围墙开裂，快倒了' });
    await county.work();
    const ask = () =>
      county.call(null, 'POST', '/api/public/similar-cases', { text: '翠竹里后巷围墙开裂', areaCode: GRID });
    expect((await ask()).body.items).toEqual([]);

    const words = { title: '后巷围墙开裂', text: '翠竹里后巷围墙开裂，有倒塌危险。' };
    await county.step('dispatcher', 'release', master.id, words);
    await county.work();
    expect((await ask()).body.items[0]).toMatchObject({ number: master.number, joinable: true });

    const follower = await county.fileAsResident({ text: '翠竹里后巷围墙我也看到要倒', follows: master.number });
    expect(await page(follower.id)).toMatchObject({ state: 'merged', master: { number: master.number } });
    expect((await county.asRequester(follower)).body.number).toBe(follower.number);
    expect((await page(master.id)).merged).toHaveLength(1);
  });

  test('a request that cannot be joined stays one of its own', async () => {
    const hidden = await file('翠竹里的事还没有公开');
    const own = await county.fileAsResident({ text: '翠竹里的围墙又裂了', follows: hidden.number });
    expect(await page(own.id)).toMatchObject({ state: 'registered', master: null });
  });

  test('a caller joins a case at the desk with a number and call-back of his own', async () => {
    const [master] = await three();
    const joined = await county.call('dispatcher', 'POST', `/api/cases/${master.id}/followers`, {
      ...{ title: '步道塌陷', body: '也是玫瑰苑东门的步道。', channel: 'phone' },
      requester: { name: '欧阳', phone: '13900139000' },
    });
    expect(joined.body).toMatchObject({ masterNumber: master.number, queryCode: expect.any(String) });
    expect((await page(joined.body.id)).state).toBe('merged');
    const refused = await county.call('housing', 'POST', `/api/cases/${master.id}/followers`, {});
    expect(refused.status).toBeGreaterThanOrEqual(403);
  });
});

describe('merging', () => {
  test('three callers keep their call-backs; taken apart, each goes its own way, and may be merged again', async () => {
    const [master, second, third] = await three();
    const merge = async () =>
      (
        await county.call('dispatcher', 'POST', '/api/mergers', {
          ...{ masterId: master.id, reason: '同一处塌陷' },
          cases: await chosen(second, third),
        })
      ).body.results;
    expect((await merge()).map((one: { done: boolean }) => one.done)).toEqual([true, true]);
    expect((await page(master.id)).merged).toHaveLength(2);

    const undone = await county.call('dispatcher', 'POST', '/api/merger-undoings', {
      ...{ reason: '看错了，不是一处', cases: await chosen(second, third) },
    });
    expect(undone.body.results.every((one: { done: boolean }) => one.done)).toBe(true);
    expect(await page(second.id)).toMatchObject({ state: 'reopened', master: null, stageDueAt: expect.any(String) });
    expect((await page(master.id)).merged).toEqual([]);

    expect((await merge()).map((one: { done: boolean }) => one.done)).toEqual([true, true]);
    const answer = { solved: 'solved', satisfaction: 'satisfied' };
    await bring(county, master, 'call_back');
    await county.step('verifier', 'call-back', master.id, { answer });
    for (const one of [second, third]) {
      const called = await county.act('verifier', 'call-back', one.id, { answer });
      expect([called.status, called.code]).toEqual([200, null]);
    }
  });

  test('into itself, in a circle, across what is not there: each refused by itself, the others go through', async () => {
    const [master, second, third] = await three();
    const results = async (masterId: string, ...cases: Filed[]) =>
      (
        await county.call('dispatcher', 'POST', '/api/mergers', {
          ...{ masterId, reason: '同一处' },
          cases: await chosen(...cases),
        })
      ).body.results;
    const gone = { id: '019cd5e0-0000-7000-8000-000000000000' } as Filed;
    expect(await results(master.id, second, gone)).toMatchObject([
      { done: true },
      { done: false, code: 'cases.not_found', message: expect.any(String) },
    ]);
    expect(await results(master.id, master)).toMatchObject([{ done: false, code: expect.stringMatching(/^cases\./) }]);
    // The circle: the master into what was merged into it.
    expect(await results(second.id, master)).toMatchObject([{ done: false, code: expect.stringMatching(/^cases\./) }]);
    const stale = { id: third.id, expectedVersion: 99 };
    const { body } = await county.call('dispatcher', 'POST', '/api/mergers', {
      ...{ masterId: master.id, reason: '同一处', cases: [stale] },
    });
    expect(body.results).toMatchObject([{ done: false, code: 'cases.stale_version' }]);
    const foreign = await county.call('otherDispatcher', 'POST', '/api/mergers', {
      ...{ masterId: master.id, reason: '同一处', cases: [stale] },
    });
    expect([foreign.status, foreign.code]).toEqual([404, 'cases.not_found']);
  });

  test('two dispatchers at once: one merges, the other is told', async () => {
    const [master, second] = await three();
    const body = { masterId: master.id, reason: '同一处', cases: await chosen(second) };
    const both = await Promise.all([
      county.call('dispatcher', 'POST', '/api/mergers', body),
      county.call('townDispatcher', 'POST', '/api/mergers', body),
    ]);
    const done = both.flatMap((one) => one.body.results).filter((one: { done: boolean }) => one.done);
    expect(done).toHaveLength(1);
    expect((await page(master.id)).merged).toHaveLength(1);
  });

  test('two into each other at once: one is merged, the other stays, and no circle is left', async () => {
    const [one, other] = await three();
    const into = async (master: Filed, merged: Filed, who: 'dispatcher' | 'townDispatcher') =>
      county.call(who, 'POST', '/api/mergers', {
        ...{ masterId: master.id, reason: '同一处', cases: await chosen(merged) },
      });
    const both = await Promise.all([into(one, other, 'dispatcher'), into(other, one, 'townDispatcher')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const done = both.flatMap((answer) => answer.body.results).filter((each: { done: boolean }) => each.done);
    expect(done).toHaveLength(1);
    const states = [(await page(one.id)).state, (await page(other.id)).state];
    expect(states.toSorted()).toEqual(['merged', 'registered']);
  });
});

describe('hot issues', () => {
  test('count people, not requests; one person’s ten are no issue', async () => {
    const one = { requester: { name: '同一人', phone: '13700137000' } };
    for (let at = 0; at < 5; at += 1)
      await file(`银杏巷的石板桥栏杆断了第${at}次说`, { ...one, place: { areaCode: OTHER_GRID } });
    await county.work();
    await countIssues(county.app, county.app.now());
    const { body } = await county.call('dispatcher', 'GET', '/api/hot-issues');
    expect(JSON.stringify(body)).not.toContain('石板桥');
    const paths = body.items.find((issue: { title: string }) => issue.title.includes('玫瑰苑'));
    expect(paths).toMatchObject({ people: expect.any(Number), state: 'found' });
    expect(paths.requests).toBeGreaterThan(paths.people);
    expect(JSON.stringify(body)).not.toMatch(/1380013800/);
  });

  test('open a proactive case with an office in the lead, once, and are public when that is decided', async () => {
    const { items } = (await county.call('dispatcher', 'GET', '/api/hot-issues')).body;
    const lead = await county.body('housing');
    const words = { title: '玫瑰苑东门步道整修', text: '多位居民反映步道塌陷，由住建部门一并整修。' };
    const opening = { ...words, kind: 'problem_of_month', leadId: lead, reason: '多人反映' };
    const path = `/api/hot-issues/${items[0].id}`;
    const foreign = await county.call('otherDispatcher', 'POST', `${path}/opening`, opening);
    expect([foreign.status, foreign.code]).toEqual([404, 'clusters.issue_not_found']);

    const opened = await county.call('dispatcher', 'POST', `${path}/opening`, opening);
    expect(opened.body).toMatchObject({ state: 'opened', month: '2026-03', lead: { id: lead } });
    expect(await page(opened.body.caseId)).toMatchObject({ state: 'dispatched', channel: 'system' });
    const again = await county.call('dispatcher', 'POST', `${path}/opening`, opening);
    expect([again.status, again.code]).toEqual([409, 'clusters.issue_decided']);

    expect((await county.call(null, 'GET', '/api/public/hot-issues')).body.items).toEqual([]);
    await county.call('dispatcher', 'POST', `${path}/publication`, words);
    const shown = (await county.call(null, 'GET', '/api/public/hot-issues')).body.items;
    expect(shown).toMatchObject([{ title: words.title, month: '2026-03' }]);

    await countIssues(county.app, county.app.now());
    expect((await county.call('dispatcher', 'GET', path)).body).toMatchObject({ state: 'opened' });
  });
});
