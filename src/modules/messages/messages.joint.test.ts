import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { topicOfPerson } from '../../platform/events/topics.ts';
import { type CastName, COUNTY, GRID, TOWN } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Json, Who } from '../../testing/desk.ts';
import { caseAt, SPOT } from '../../testing/ways.ts';
import { createPost, savePerson } from '../organisations/index.ts';
import { sendDue } from './send.ts';

let county: County;
const office: Record<string, string> = {};
beforeAll(async () => {
  county = await testCounty();
  for (const kind of ['housing', 'enforcement']) office[kind] = await county.body(kind);
  await engageByMail();
});
afterAll(() => county.close());

const alerts = async (who: CastName, id: string): Promise<Json[]> => {
  const { body } = await county.call(who, 'GET', '/api/messages/inbox?limit=100');
  return body.items.filter((item: Json) => item.about.id === id);
};
const told = async (who: CastName, id: string) => (await alerts(who, id)).map((item: Json) => item.notice);
const orders = async (caseId: string): Promise<Json[]> =>
  (await county.call('supervisor', 'GET', `/api/cases/${caseId}/supervision`)).body.orders;

async function stepOn(who: Who, path: string, resource: string, body: object): Promise<Json> {
  const { version } = (await county.call('dispatcher', 'GET', path)).body;
  const answer = await county.call(who, 'POST', `${path}/${resource}`, { expectedVersion: version, ...body });
  if (answer.status !== 200) throw new Error(`${who} ${resource}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function whistled(): Promise<{ id: string; caseId: string }> {
  const filed = await caseAt(county, 'in_progress');
  const calls = ['housing', 'enforcement'].map((kind) => ({ organisationId: office[kind], task: '到场处理' }));
  const place = { place: '园林路 12 号', point: { lon: SPOT.lon, lat: SPOT.lat } };
  const { body, status } = await county.call('townDispatcher', 'POST', `/api/cases/${filed.id}/joint-handlings`, {
    ...{ ground: 'emergency', matter: '路灯倒在路上', calls, leadId: office['housing'] },
    ...place,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { id: body.id, caseId: filed.id };
}

test('who is called is told, the centre that it is to rule, and again who must come after all', async () => {
  const { id, caseId } = await whistled();
  await county.work();
  const [called] = await alerts('enforcement', id);
  expect(called).toMatchObject({ caseId, notice: 'joint_called', about: { kind: 'joint', id }, read: false });
  expect(called.body).toMatch(/请在 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 前应答/);
  expect(called.body).not.toContain('路灯倒在路上');
  expect(await told('townDispatcher', id)).toEqual([]);

  const path = `/api/joint-handlings/${id}`;
  const own = { organisationId: office['enforcement'] };
  await stepOn('enforcement', path, 'refusal', { ...own, legalBasis: '三定规定第二条', reason: '不属我局。' });
  await county.work();
  expect(await told('dispatcher', id)).toEqual(['joint_refused']);
  expect(await told('housing', id)).toEqual(['joint_called']);

  await stepOn('dispatcher', path, 'ruling', { ...own, ruling: 'must_come', reason: '由其负责。' });
  await county.work();
  expect(await told('enforcement', id)).toEqual(['joint_must_come']);
  await sendDue(county.app);
  const mail = county.sent.find((message) => message.to === 'on.call@example.org');
  expect(mail?.text).toContain(`/office/joint/${id}`);
  await stepOn('townDispatcher', path, 'cancellation', { reason: '已经自行处理。' });
  await county.work();
  expect(await told('enforcement', id)).toEqual(['joint_over']);
  expect(await told('townDispatcher', id)).toContain('joint_over');
});

test('who is late hears of it once, gets an order as the one who owes, and is free when it is over', async () => {
  const { id, caseId } = await whistled();
  const own = { organisationId: office['enforcement'] };
  const refusal = { ...own, legalBasis: '三定规定第二条', reason: '不属我局。' };
  await stepOn('enforcement', `/api/joint-handlings/${id}`, 'refusal', refusal);
  await county.work();
  county.later(1);
  await county.work();
  await county.work();
  expect(await told('housing', id)).toContain('joint_late');
  // It is the centre that has not ruled: the office that declined in time owes nothing.
  expect(await told('enforcement', id)).not.toContain('joint_late');
  expect(await told('dispatcher', id)).toContain('joint_late');

  const raised = (await orders(caseId)).filter((order) => order.ground === 'joint_overdue');
  const { centre } = (await county.call('dispatcher', 'GET', `/api/joint-handlings/${id}`)).body;
  const addressees = raised.map((order) => order.addressee.id).toSorted();
  expect(addressees).toHaveLength(2);
  expect(addressees).toContain(office['housing']);
  expect(addressees).not.toContain(office['enforcement']);
  if (centre) expect(addressees).toContain(centre.id);

  await stepOn('dispatcher', `/api/joint-handlings/${id}`, 'ruling', {
    ...own,
    ruling: 'excused',
    reason: '确实不属。',
  });
  await county.work();
  const state = async (addresseeId: unknown) =>
    (await orders(caseId)).find((one) => one.ground === 'joint_overdue' && one.addressee.id === addresseeId)?.state;
  expect(await state(office['housing'])).toBe('open');
  expect(await state(addressees.find((one) => one !== office['housing']))).toBe('ended');
  await stepOn('townDispatcher', `/api/joint-handlings/${id}`, 'cancellation', { reason: '已经自行处理。' });
  await county.work();
  expect(await state(office['housing'])).toBe('ended');
});

test('an urgent call is told at once to who is on duty, then to the next and the centre; each clock brings one order', async () => {
  const team = await teamOnDuty('station', 'gridWorker');
  const heard: string[] = [];
  const stop = county.app.hub.subscribe({
    topics: [topicOfPerson(county.players.station.userId)],
    concerns: (event) => event.kind === 'message.put',
    send: (event) => void heard.push(String(event.facts['userId'])),
    end: () => undefined,
  });
  const urgent = { title: '燃气泄漏', body: '楼道里有很大的燃气味，请马上来人。', urgency: 'urgent' };
  const filed = await county.file('dispatcher', { ...urgent, place: { areaCode: GRID, text: '3 幢' } });
  await county.work();
  await county.work();
  const [call] = (await county.call('station', 'GET', '/api/duty/calls?side=mine&open=true')).body.items;
  expect(call).toMatchObject({ caseId: filed.id, team: { id: team } });
  const [alert] = await alerts('station', call.id);
  expect(alert).toMatchObject({ notice: 'duty_called', about: { kind: 'duty', id: call.id } });
  expect(alert.body).not.toContain('燃气味');
  expect(heard).toContain(county.players.station.userId);
  expect(await told('gridWorker', call.id)).toEqual([]);

  county.later(1 / 60);
  await county.work();
  await county.work();
  expect(await told('gridWorker', call.id)).toEqual(['duty_called']);
  expect(await told('townDispatcher', call.id)).toEqual(['duty_not_taken']);
  expect((await orders(filed.id)).filter((order) => order.ground === 'duty_overdue')).toEqual([]);
  stop();

  county.later(15 / 60);
  for (let round = 0; round < 3; round += 1) await county.work();
  expect(await told('townDispatcher', call.id)).toEqual(expect.arrayContaining(['duty_late']));
  const raised = (await orders(filed.id)).filter((order) => order.ground === 'duty_overdue');
  expect(raised).toMatchObject([{ colour: 'yellow', state: 'open' }]);

  const path = `/api/duty/calls/${call.id}`;
  await stepOn('townDispatcher', path, 'reassignment', { teamId: team, reason: '请立即前往。' });
  await stepOn('station', path, 'acknowledgement', {});
  await stepOn('station', path, 'arrival', { point: SPOT });
  const files = [await county.photo('station')];
  await stepOn('station', path, 'report', { text: '阀门已关。', files });
  await stepOn('station', path, 'closure', { result: '检修完毕。' });
  county.later(11 / 60);
  await county.work();
  expect(await told('townDispatcher', call.id)).toContain('duty_over');
  expect((await orders(filed.id)).find((order) => order.ground === 'duty_overdue')).toMatchObject({ state: 'ended' });
});

/** A handler of the enforcement office who left a mail address. */
async function engageByMail(): Promise<void> {
  const of = {
    username: 'on.call',
    name: '执法丁',
    password: 'lantern over the reservoir',
    mail: 'on.call@example.org',
  };
  const account = await county.app.auth.createAccount(of);
  if (isRefusal(account)) throw new Error(account.code);
  const post = { userId: account.id, organisationId: office['enforcement'] ?? '', role: 'handler' } as const;
  const actor = systemActor(county.tenant, 'test');
  const made = await county.write(async (tx) => {
    await savePerson(tx, { userId: account.id, name: of.name });
    return createPost(tx, actor, { ...post, scope: [COUNTY] }, county.app.now());
  });
  if (isRefusal(made)) throw new Error(made.code);
}

async function teamOnDuty(...line: ('station' | 'gridWorker')[]): Promise<string> {
  const about = { kind: 'emergency', name: '应急小队', areaCode: TOWN };
  const team = (await county.call('townDispatcher', 'POST', '/api/duty/teams', about)).body.id;
  const posts = line.map((who) => county.players[who].posts[0]?.id ?? '');
  for (const postId of posts) {
    await county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/members`, { postId });
  }
  const from = county.app.now();
  const span = { startsAt: from.toISOString(), endsAt: new Date(from.getTime() + 8 * 3_600_000).toISOString() };
  const added = await county.call('townDispatcher', 'POST', `/api/duty/teams/${team}/shifts`, { ...span, line: posts });
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  return team;
}
