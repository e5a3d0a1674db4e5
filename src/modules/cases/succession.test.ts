import { afterAll, beforeAll, expect, test } from 'vitest';
import { GRID, TOWN, VILLAGE } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { bring, caseAt } from '../../testing/ways.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const kindsOf = async (id: string): Promise<string[]> =>
  (await county.caseOf('dispatcher', id)).body.timeline.map((event: { kind: string }) => event.kind);

test('villages that merge take their open cases along; what is over keeps its code', async () => {
  const open = await caseAt(county, 'in_progress');
  const over = await caseAt(county, 'call_back');
  const answer = { solved: 'solved', satisfaction: 'satisfied' };
  await county.step('dispatcher', 'call-back', over.id, { answer, sendBack: false, remark: null });
  const before = (await county.caseOf('dispatcher', open.id)).body;

  const body = { codes: [VILLAGE, '421181001002'], into: { name: '园林新社区' } };
  const merged = await county.call('administrator', 'POST', `/api/areas/${TOWN}/merger`, body);
  expect(merged.status).toBe(200);
  await county.work();
  const after = (await county.caseOf('dispatcher', open.id)).body;
  expect(after.place.areaCode ?? after.place.code).toMatch(new RegExp(`^${merged.body.code}`));
  expect(after).toMatchObject({ state: 'in_progress', lead: before.lead, stageDueAt: before.stageDueAt });
  expect(await kindsOf(open.id)).toContain('rehomed');
  expect(await kindsOf(over.id)).not.toContain('rehomed');
  const kept = (await county.caseOf('dispatcher', over.id)).body.place;
  expect(kept.areaCode ?? kept.code).toBe(GRID);

  // Told twice it moves nothing again, and the chain holds.
  const version = after.version;
  await county.work();
  const check = await county.call('dispatcher', 'GET', `/api/cases/${open.id}/chain-check`);
  expect(check.body).toMatchObject({ ok: true, length: version });
});

test('an office that is abolished hands its open cases to its successor on the day', async () => {
  const lamp = await county.file('dispatcher', { place: { areaCode: '421181100001001', text: '镇政府门口' } });
  await bring(county, lamp, 'in_progress');
  const housing = await county.body('housing');
  const successorId = await county.body('enforcement');
  const { version } = (await county.call('administrator', 'GET', `/api/organisations/${housing}`)).body.organisation;
  const close = (over: object) =>
    county.call('administrator', 'POST', `/api/organisations/${housing}/closure`, {
      version,
      endsOn: '2026-03-12',
      ...over,
    });

  expect((await close({ successorId: null })).code).toBe('cases.organisation_has_open_cases');
  const closed = await close({ successorId });
  expect([closed.status, closed.code]).toEqual([200, null]);
  await county.work();
  expect((await county.caseOf('dispatcher', lamp.id)).body.lead.id).toBe(housing);

  county.setNow(new Date('2026-03-12T00:01:00+08:00'));
  await county.work();
  const after = (await county.caseOf('dispatcher', lamp.id)).body;
  expect(after).toMatchObject({ state: 'in_progress', lead: { id: successorId }, responsible: { id: successorId } });
  const files = [await county.photo('enforcement')];
  await county.step('enforcement', 'completion', lamp.id, { result: '已更换灯泡，恢复照明。', files });
  expect((await county.caseOf('dispatcher', lamp.id)).body.state).toBe('reported_done');
});
