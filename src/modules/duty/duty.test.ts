import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRID, TOWN } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Who } from '../../testing/desk.ts';
import { SPOT } from '../../testing/ways.ts';

let county: County;
let team: string;
const posts: Record<string, string> = {};
beforeAll(async () => {
  county = await testCounty();
  for (const who of ['station', 'gridWorker', 'communityWorker'] as const)
    posts[who] = county.players[who].posts[0]?.id ?? '';
  const made = await county.call('townDispatcher', 'POST', '/api/duty/teams', {
    kind: 'emergency',
    name: '应急小队',
    areaCode: TOWN,
  });
  team = made.body.id;
  for (const postId of Object.values(posts))
    await county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/members`, { postId });
});
afterAll(() => county.close());

const hours = (from: number, to: number, ...who: string[]) => ({
  startsAt: new Date(county.app.now().getTime() + from * 3_600_000).toISOString(),
  endsAt: new Date(county.app.now().getTime() + to * 3_600_000).toISOString(),
  line: who.map((one) => posts[one]),
});
const addShift = (body: object) => county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/shifts`, body);
const urgent = () => ({
  title: '燃气泄漏',
  body: '楼道里有很大的燃气味，请马上来人。',
  urgency: 'urgent',
  place: { areaCode: GRID, text: '3 幢' },
});
const mine = async (who: Who) => (await county.call(who, 'GET', '/api/duty/calls?side=mine&open=true')).body.items;
const read = async (who: Who, id: string) => (await county.call(who, 'GET', `/api/duty/calls/${id}`)).body;
const act = async (who: Who, id: string, resource: string, body: object = {}) => {
  const { version } = await read('dispatcher', id);
  return county.call(who, 'POST', `/api/duty/calls/${id}/${resource}`, { expectedVersion: version, ...body });
};
const does = async (who: Who, id: string, resource: string, body: object = {}) => {
  const answer = await act(who, id, resource, body);
  if (answer.status !== 200) throw new Error(`${who} ${resource}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

describe('a roster', () => {
  test('refuses overlaps, strangers and people in two places; shows its gaps; is copied a week on', async () => {
    expect((await addShift(hours(0, 10, 'station', 'gridWorker'))).status).toBe(201);
    expect((await addShift(hours(9, 12, 'communityWorker'))).code).toBe('duty.shift_overlap');
    expect((await addShift({ ...hours(20, 22), line: [county.players.housing.posts[0]?.id] })).code).toBe(
      'duty.not_a_member',
    );
    expect((await addShift(hours(30, 20, 'station'))).code).toBe('duty.shift_order');
    const other = await county.call('townDispatcher', 'POST', '/api/duty/teams', {
      kind: 'grid',
      name: '巡查队',
      areaCode: TOWN,
    });
    await county.call('townDispatcher', 'POST', `/api/duty/teams/${other.body.id}/members`, {
      postId: posts['station'],
    });
    const busy = await county.call(
      'townDispatcher',
      'POST',
      `/api/duty/teams/${other.body.id}/shifts`,
      hours(5, 6, 'station'),
    );
    expect(busy.code).toBe('duty.person_busy');
    const week = await county.call('gridWorker', 'GET', `/api/duty/teams/${team}/roster?week=2026-03-10`);
    expect([week.body.week, week.body.shifts.length, week.body.gaps.length]).toEqual(['2026-03-09', 1, 2]);
    const copy = { from: '2026-03-10', to: '2026-03-17' };
    const copied = await county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/roster-copies`, copy);
    expect(copied.body).toEqual({ copied: 1 });
    const again = await county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/roster-copies`, copy);
    expect(again.code).toBe('duty.shift_overlap');
  });

  test('is changed by the dispatcher of its place alone', async () => {
    const elsewhere = await county.call(
      'otherDispatcher',
      'POST',
      `/api/duty/teams/${team}/shifts`,
      hours(40, 42, 'station'),
    );
    expect(elsewhere.code).toBe('duty.team_unknown');
    expect(
      (await county.call('station', 'POST', `/api/duty/teams/${team}/shifts`, hours(40, 42, 'station'))).status,
    ).toBe(403);
  });

  test('the one on duty leaves a note; a shift that has begun stays', async () => {
    const { body } = await county.call('station', 'GET', '/api/duty/teams');
    const now = body.teams.find((one: { id: string }) => one.id === team).now;
    expect(now.line.map((one: { name: string }) => one.name)).toEqual(['街道执法', '网格甲']);
    const note = { note: '东门水泵已修，夜里再看一次。' };
    expect((await county.call('station', 'POST', `/api/duty/shifts/${now.id}/handover`, note)).status).toBe(200);
    expect((await county.call('communityWorker', 'POST', `/api/duty/shifts/${now.id}/handover`, note)).status).toBe(
      403,
    );
    expect((await county.call('townDispatcher', 'DELETE', `/api/duty/shifts/${now.id}`)).code).toBe('duty.shift_begun');
  });
});

describe('an urgent matter', () => {
  test('goes to who is on duty; not acknowledged in a minute, to the next in line; arrive, report, close', async () => {
    const filed = await county.file('dispatcher', urgent());
    await county.work();
    const [called] = await mine('station');
    expect(called).toMatchObject({ caseId: filed.id, state: 'sent', with: { name: '街道执法' } });
    expect(await mine('gridWorker')).toEqual([]);
    county.later(1 / 60);
    await county.work();
    await county.work();
    expect(await mine('gridWorker')).toMatchObject([{ id: called.id, with: { name: '网格甲' } }]);
    await does('gridWorker', called.id, 'acknowledgement');
    expect((await act('station', called.id, 'arrival', { point: SPOT })).code).toBe('duty.not_your_part');
    await does('gridWorker', called.id, 'arrival', { point: SPOT });
    const photo = await county.photo('gridWorker');
    await does('gridWorker', called.id, 'report', { text: '阀门已关，人员已疏散。', files: [photo] });
    await does('gridWorker', called.id, 'closure', { result: '燃气公司检修完毕。' });
    const { body } = await county.caseOf('dispatcher', filed.id);
    const steps = body.timeline.flatMap((one: { payload: { step?: string } }) => one.payload.step ?? []);
    expect(steps).toEqual(
      ['sent', 'overdue', 'sent', 'acknowledged', 'arrived', 'reported', 'closed'].map((step) => `duty_${step}`),
    );
    expect((await county.call('dispatcher', 'GET', `/api/cases/${filed.id}/chain-check`)).body.ok).toBe(true);
  });

  test('taken up by nobody it comes to the centre, which sends it on; each clock is told once', async () => {
    const filed = await county.file('dispatcher', urgent());
    await county.work();
    const [called] = await mine('station');
    for (let minute = 0; minute < 3; minute += 1) {
      county.later(1 / 60);
      await county.work();
    }
    expect(await read('dispatcher', called.id)).toMatchObject({ state: 'at_centre', with: null });
    county.later(8 / 60);
    await county.work();
    await county.work();
    const { rows } = await county.read((tx) =>
      sql<{ payload: { clock: string } }>`
        SELECT payload FROM platform.outbox WHERE kind = 'duty.overdue' AND subject = ${called.id} ORDER BY id`.execute(
        tx,
      ),
    );
    expect(rows.map((row) => row.payload.clock)).toEqual(['acknowledge', 'acknowledge', 'arrive']);
    await does('townDispatcher', called.id, 'reassignment', { teamId: team, reason: '请立即前往。' });
    await does('station', called.id, 'acknowledgement');
    await does('dispatcher', called.id, 'standing-down', { reason: '误报，已核实。' });
    expect((await county.caseOf('dispatcher', filed.id)).body.state).toBe('registered');
  });

  test('that is not urgent is sent by a dispatcher’s click, once', async () => {
    const filed = await county.file('dispatcher', { ...urgent(), urgency: 'normal' });
    await county.work();
    const send = () => county.call('townDispatcher', 'POST', `/api/cases/${filed.id}/duty-calls`, { teamId: team });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([201, 409]);
    const [call] = (await county.call('dispatcher', 'GET', `/api/cases/${filed.id}/duty-calls`)).body.items;
    await does('dispatcher', call.id, 'standing-down', { reason: '先不用去了。' });
  });

  test('with nobody on duty comes to the centre at once', async () => {
    county.later(12);
    const filed = await county.file('dispatcher', urgent());
    await county.work();
    const [call] = (await county.call('dispatcher', 'GET', `/api/cases/${filed.id}/duty-calls`)).body.items;
    expect(call).toMatchObject({ state: 'at_centre' });
    const again = await act('townDispatcher', call.id, 'reassignment', { teamId: team, reason: '请前往。' });
    expect(again.code).toBe('duty.nobody_on_duty');
  });
});

describe('110', () => {
  test('hands over place and matter only, and takes over what becomes an urgent case', async () => {
    await addShift(hours(0, 2, 'station'));
    const taken = await county.call('townDispatcher', 'POST', '/api/duty/police-handovers', {
      ...{ theirReference: '110-0310-77', matter: '路口两车相碰堵路，请疏导。', place: '园林路口', areaCode: GRID },
    });
    expect([taken.status, taken.body.code]).toEqual([201, undefined]);
    await county.work();
    const [call] = await mine('station');
    expect(call).toMatchObject({ caseId: taken.body.caseId, state: 'sent' });
    const named = await act('townDispatcher', call.id, 'police-handover', { matter: '请联系报案人 13800138000' });
    expect([named.status, named.code]).toEqual([422, 'duty.identity_in_text']);
    county.later(0.01);
    await does('townDispatcher', call.id, 'police-handover', { matter: '双方打架，请出警。', place: '园林路口' });
    const { body } = await county.call('townDispatcher', 'GET', '/api/duty/police-handovers');
    expect(body.items.map((one: { direction: string }) => one.direction)).toEqual(['to_110', 'from_110']);
    expect(body.items[0].text).toMatch(/移交 110\n移交编号：J\d.*\n.*\n.*\n地点：.*园林路口/);
    expect(body.items[0].reference).not.toBe(body.items[1].reference);
    const columns = await county.read((tx) =>
      sql<{
        name: string;
      }>`SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'police_handover'`.execute(tx),
    );
    expect(columns.rows.filter(({ name }) => /name|phone|requester|user/.test(name))).toEqual([]);
  });
});
