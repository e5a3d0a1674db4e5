import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRID, VILLAGE } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed, Who } from '../../testing/desk.ts';
import { bring, caseAt, SPOT } from '../../testing/ways.ts';

let county: County;
const office: Record<string, string> = {};
beforeAll(async () => {
  county = await testCounty();
  for (const kind of ['housing', 'enforcement', 'market', 'transport']) {
    office[kind] = await county.body(kind);
  }
  office['team'] = await county.body('enforcement_team', VILLAGE);
});
afterAll(() => county.close());

const calls = (...kinds: string[]) => kinds.map((kind) => ({ organisationId: office[kind], task: `${kind}到场处理` }));
const lonLat = { lon: SPOT.lon, lat: SPOT.lat };
const whistling = (over: object = {}) => ({
  ground: 'public_demand',
  matter: '路灯、井盖、占道经营一并处理',
  place: '园林路 12 号',
  point: lonLat,
  calls: calls('housing', 'enforcement', 'team'),
  leadId: office['housing'],
  ...over,
});
const whistle = (who: Who, caseId: string, over: object = {}) =>
  county.call(who, 'POST', `/api/cases/${caseId}/joint-handlings`, whistling(over));
const read = async (who: Who, id: string) => (await county.call(who, 'GET', `/api/joint-handlings/${id}`)).body;
/** A step on the newest version. */
const act = async (who: Who, id: string, resource: string, body: object = {}) => {
  const { version } = await read('dispatcher', id);
  return county.call(who, 'POST', `/api/joint-handlings/${id}/${resource}`, { expectedVersion: version, ...body });
};
const does = async (who: Who, id: string, resource: string, body: object = {}) => {
  const answer = await act(who, id, resource, body);
  if (answer.status !== 200) throw new Error(`${who} ${resource}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const about = (kind: string, more: object = {}) => ({ organisationId: office[kind], ...more });
const member = async (id: string, kind: string) =>
  (await read('dispatcher', id)).members.find(
    (one: { organisation: { id: string } }) => one.organisation.id === office[kind],
  );

/** A case the housing office works on, and a whistle for it. */
async function joint(over: object = {}): Promise<{ filed: Filed; id: string }> {
  const filed = await caseAt(county, 'in_progress');
  const { body, status } = await whistle('townDispatcher', filed.id, over);
  expect([status, body.code]).toEqual([201, undefined]);
  return { filed, id: body.id };
}
const finish = async (who: Who, id: string, kind: string) => {
  await does(who, id, 'arrival', about(kind, { point: lonLat }));
  await does(who, id, 'part', about(kind, { result: '已处理完。', files: [] }));
};

describe('a joint case over three organisations', () => {
  let filed: Filed;
  let id: string;

  test('the town whistles; those called see the case, which tells of it in its chain', async () => {
    ({ filed, id } = await joint());
    const { body } = await county.caseOf('enforcement', filed.id);
    expect(body.timeline.at(-1)).toMatchObject({ kind: 'joint_step', payload: { step: 'whistled' } });
    const mine = await county.call('station', 'GET', '/api/joint-handlings?side=called&open=true');
    expect(mine.body.items.map((one: { id: string }) => one.id)).toContain(id);
    expect(await whistle('townDispatcher', filed.id)).toMatchObject({
      status: 409,
      code: 'joint_handling.already_open',
    });
  });

  test('one declines with its legal basis; the county rules that it must come', async () => {
    const refusal = about('enforcement', { legalBasis: '三定规定第二条', reason: '不属我局职责。' });
    await does('enforcement', id, 'refusal', refusal);
    const waiting = await county.call('dispatcher', 'GET', '/api/joint-handlings?side=ruling');
    expect(waiting.body.items.map((one: { id: string }) => one.id)).toEqual([id]);
    const ruling = about('enforcement', { ruling: 'must_come', reason: '占道经营由其负责。' });
    const own = await act('townDispatcher', id, 'ruling', ruling);
    expect([own.status, own.code]).toEqual([403, 'joint_handling.not_your_part']);
    await does('dispatcher', id, 'ruling', ruling);
    expect(await member(id, 'enforcement')).toMatchObject({ state: 'coming', ruling: 'must_come' });
  });

  test('nobody arrives from five kilometres away', async () => {
    const far = await act(
      'housing',
      id,
      'arrival',
      about('housing', { point: { lon: SPOT.lon, lat: SPOT.lat + 0.045 } }),
    );
    expect([far.status, far.code]).toEqual([422, 'joint_handling.too_far']);
    expect(far.body.title).toMatch(/您离现场约 \d+ 米，超过 500 米/);
  });

  test('the case is not reported done while parts are open', async () => {
    await finish('enforcement', id, 'enforcement');
    const early = await county.act('housing', 'completion', filed.id, {
      result: '已经处理完毕。',
      files: [await county.photo('housing')],
    });
    expect([early.status, early.code]).toEqual([409, 'joint_handling.parts_open']);
    await finish('station', id, 'team');
    await does('housing', id, 'arrival', about('housing', { point: lonLat }));
    const photo = await county.photo('housing');
    await does('housing', id, 'part', about('housing', { result: '灯已修好。', files: [photo] }));
    const late = await county.act('housing', 'completion', filed.id, {
      result: '已经处理完毕。',
      files: [await county.photo('housing')],
    });
    expect([late.status, late.code]).toEqual([409, 'joint_handling.not_closed']);
  });

  test('the lead closes, both sides are rated, and the case goes on to verification', async () => {
    const other = await act('enforcement', id, 'closure', { result: '都办好了。' });
    expect(other.code).toBe('joint_handling.not_your_part');
    await does('housing', id, 'closure', { result: '三家任务都已完成。' });
    const poor = about('enforcement', { timeliness: 'poor', result: 'good' });
    expect((await act('townDispatcher', id, 'rating', poor)).code).toBe('joint_handling.reason_missing');
    await does('townDispatcher', id, 'rating', { ...poor, reason: '先拒绝，裁定后才来。' });
    await does('townDispatcher', id, 'rating', about('housing', { timeliness: 'good', result: 'good' }));
    await does('enforcement', id, 'whistle-rating', about('enforcement', { justified: true, needed: true }));
    await does('dispatcher', id, 'whistle-rating', { organisationId: null, justified: true, needed: true });
    const files = [await county.photo('housing')];
    await county.step('housing', 'completion', filed.id, { result: '灯已经修好。', files });
    await county.step('verifier', 'verification', filed.id);
    const check = await county.call('dispatcher', 'GET', `/api/cases/${filed.id}/chain-check`);
    expect(check.body.ok).toBe(true);
  });

  test('who took part checks nothing of it afterwards', async () => {
    const { rows } = await county.read((tx) =>
      sql<{
        facts: { handlingOrganisationIds: string[] };
      }>`SELECT facts FROM cases.case_file WHERE id = ${filed.id}`.execute(tx),
    );
    expect(rows[0]?.facts.handlingOrganisationIds).toEqual(
      expect.arrayContaining([office['housing'], office['enforcement'], office['team']]),
    );
    expect((await county.call('enforcement', 'GET', `/api/cases/${filed.id}`)).status).toBe(404);
  });

  test('the figures of the month equal a recount, for both sides, of offices alone', async () => {
    const { body } = await county.call('supervisor', 'GET', '/api/joint-handling-figures/2026-03');
    const of = (kind: string) =>
      body.reporters.find((one: { organisation: { id: string } }) => one.organisation.id === office[kind]);
    expect(of('enforcement')).toMatchObject({
      ...{ called: 1, answers: { due: 1, inTime: 1 }, arrivals: { due: 1, inTime: 1 }, parts: { due: 1, inTime: 1 } },
      ...{ refused: 1, overruled: 1, absent: 0, timeliness: { good: 0, fair: 0, poor: 1 } },
    });
    const town = await county.body('command_centre', VILLAGE);
    expect(body.whistlers).toMatchObject([
      { organisation: { id: town }, whistles: 1, called: 3, cancelled: 0, judged: 2, justified: 2, needed: 2 },
    ]);
    expect((await county.call('supervisor', 'GET', '/api/joint-handling-figures/2026-13')).code).toBe(
      'joint_handling.bad_month',
    );
    const columns = await county.read((tx) =>
      sql<{
        name: string;
      }>`SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'joint_handling'`.execute(tx),
    );
    expect(columns.rows.filter(({ name }) => /user|person|actor/.test(name))).toEqual([]);
  });
});

describe('who may whistle, and for what', () => {
  test('a county does not, a department does not; a community asks its town', async () => {
    const filed = await caseAt(county, 'dispatched');
    expect((await whistle('dispatcher', filed.id)).code).toBe('joint_handling.towns_only');
    expect((await whistle('housing', filed.id)).status).toBe(403);
    const asked = await whistle('communityWorker', filed.id);
    expect(asked.body).toMatchObject({ state: 'asked' });
    expect((await county.call('enforcement', 'GET', `/api/joint-handlings/${asked.body.id}`)).status).toBe(404);
    expect((await act('communityWorker', asked.body.id, 'confirmation')).status).toBe(403);
    await does('townDispatcher', asked.body.id, 'confirmation');
    expect((await county.call('enforcement', 'GET', `/api/joint-handlings/${asked.body.id}`)).status).toBe(200);
  });

  test('not to itself, not to a village, not past the first receiver', async () => {
    const filed = await caseAt(county, 'in_progress');
    const town = { organisationId: await county.body('command_centre', VILLAGE), task: '自己来' };
    const village = { organisationId: await county.body('village', VILLAGE), task: '社区来' };
    const refused = async (over: object) => (await whistle('townDispatcher', filed.id, over)).code;
    expect(await refused({ calls: [...calls('housing'), town] })).toBe('joint_handling.whistle_to_itself');
    expect(await refused({ calls: [...calls('housing'), village] })).toBe('joint_handling.not_to_village');
    expect(await refused({ leadId: office['team'] })).toBe('joint_handling.first_receiver_leads');
  });

  test('a case over or a petition is not whistled for', async () => {
    const done = await caseAt(county, 'reported_done');
    expect((await whistle('townDispatcher', done.id)).code).toBe('joint_handling.case_over');
    const petition = await county.file('dispatcher', { classCode: '0101' });
    expect((await whistle('townDispatcher', petition.id)).code).toBe('joint_handling.petition_route_only');
  });

  test('an emergency opens its own case and gives it to the lead', async () => {
    const anew = {
      ...whistling({ ground: 'emergency' }),
      title: '水管爆裂路面塌陷',
      classCode: '1103',
      areaCode: GRID,
    };
    expect((await county.call('dispatcher', 'POST', '/api/joint-handlings', anew)).code).toBe(
      'joint_handling.towns_only',
    );
    const demand = await county.call('townDispatcher', 'POST', '/api/joint-handlings', {
      ...anew,
      ground: 'public_demand',
    });
    expect(demand.code).toBe('joint_handling.case_needed');
    const { body, status } = await county.call('townDispatcher', 'POST', '/api/joint-handlings', anew);
    expect([status, body.code]).toEqual([201, undefined]);
    const { body: of } = await county.caseOf('housing', body.caseId);
    expect(of).toMatchObject({ state: 'dispatched', urgency: 'urgent', lead: { id: office['housing'] } });
  });
});

describe('clocks', () => {
  test('each fires once; missed ones fire in order after a standstill, and go upward without a person', async () => {
    const { id } = await joint({ ground: 'emergency' });
    await does('housing', id, 'answer', about('housing'));
    county.later(1);
    await county.work();
    await county.work();
    const { rows } = await county.read((tx) =>
      sql<{ payload: { clock: string; owesId: string } }>`
        SELECT payload FROM platform.outbox WHERE kind = 'joint.overdue' AND subject = ${id} ORDER BY id`.execute(tx),
    );
    expect(rows.map(({ payload }) => payload.clock)).toEqual(['answer', 'answer', 'arrival', 'arrival', 'arrival']);
    expect(JSON.stringify(rows)).not.toMatch(/名|phone|user/i);
    expect(new Set(rows.map(({ payload }) => payload.owesId)).size).toBe(3);
    expect((await member(id, 'team')).late).toEqual(['answer', 'arrival']);
    const { body } = await county.caseOf('dispatcher', (await read('dispatcher', id)).caseId);
    const told = body.timeline.filter((one: { payload: { step?: string } }) => one.payload.step === 'overdue');
    expect(told).toHaveLength(5);
    expect(told[0].tone).toBe('machine');
  });

  test('a person who acts as the clock runs out is not made late twice', async () => {
    const { id } = await joint({ ground: 'emergency' });
    county.later(0.5);
    const [answer] = await Promise.all([
      act('housing', id, 'arrival', about('housing', { point: lonLat })),
      county.work(),
    ]);
    if (answer.status !== 200) expect(answer.code).toBe('joint_handling.stale_version');
    await county.work();
    const { late } = await member(id, 'housing');
    expect(new Set(late).size).toBe(late.length);
  });

  test('an arrival without a position is vouched for by the town, with a reason', async () => {
    const { id } = await joint();
    expect((await act('townDispatcher', id, 'arrival-confirmation', about('team'))).status).toBe(400);
    await does('townDispatcher', id, 'arrival-confirmation', about('team', { reason: '现场见到他们。' }));
    expect(await member(id, 'team')).toMatchObject({ state: 'arrived', arrivalMetres: null });
  });
});

describe('what changes meanwhile', () => {
  test('two dispatchers at once: the second is told', async () => {
    const { id } = await joint();
    const step = (reason: string) =>
      county.call('townDispatcher', 'POST', `/api/joint-handlings/${id}/cancellation`, { expectedVersion: 1, reason });
    const answers = await Promise.all([step('已自行处理。'), step('重复发起。')]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409]);
    expect(answers.find((one) => one.status === 409)?.code).toBe('joint_handling.stale_version');
  });

  test('two whistles at once for one case: one is blown', async () => {
    const filed = await caseAt(county, 'in_progress');
    const answers = await Promise.all([whistle('townDispatcher', filed.id), whistle('townDispatcher', filed.id)]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([201, 409]);
  });

  test('an organisation that closes hands its part to its successor, or the town is told', async () => {
    const { id } = await joint({ calls: calls('housing', 'transport', 'market') });
    const close = async (kind: string, successorId: string | null) => {
      const { body } = await county.call('administrator', 'GET', `/api/organisations/${office[kind]}`);
      const ending = { version: body.organisation.version, endsOn: body.organisation.validFrom, successorId };
      const today = county.app.now().toISOString().slice(0, 10);
      const done = await county.call('administrator', 'POST', `/api/organisations/${office[kind]}/closure`, {
        ...ending,
        endsOn: today,
      });
      expect([kind, done.status, done.code]).toEqual([kind, 200, null]);
    };
    await county.write((tx) =>
      sql`UPDATE organisations.organisation SET line_superior_id = NULL WHERE line_superior_id IN (${office['transport']}::uuid, ${office['market']}::uuid)`.execute(
        tx,
      ),
    );
    await close('transport', office['enforcement'] ?? null);
    await close('market', null);
    await county.work();
    expect(await member(id, 'transport')).toMatchObject({ state: 'replaced' });
    expect(await member(id, 'enforcement')).toMatchObject({ state: 'called' });
    expect(await member(id, 'market')).toMatchObject({ state: 'gone' });
    const { timeline } = await read('townDispatcher', id);
    expect(timeline.map((one: { step: string }) => one.step)).toEqual(['whistled', 'replaced', 'gone']);
  });

  test('a request that is withdrawn takes its joint handling along', async () => {
    const { filed, id } = await joint();
    await county.asRequester(filed, 'withdrawal', { reason: '不用处理了。' });
    await county.work();
    expect(await read('townDispatcher', id)).toMatchObject({ state: 'ended' });
    expect((await county.caseOf('dispatcher', filed.id)).body.state).toBe('withdrawn');
  });

  test('a case without a joint handling goes its way as ever', async () => {
    const filed = await caseAt(county, 'in_progress');
    await bring(county, filed, 'in_progress').catch(() => undefined);
    await county.step('housing', 'completion', filed.id, {
      result: '已经处理完毕。',
      files: [await county.photo('housing')],
    });
  });
});
