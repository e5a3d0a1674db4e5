import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type County, MORNING, testCounty } from '../../testing/county.ts';
import { OTHER_GRID, OTHER_TOWN } from '../../testing/cast.ts';
import type { Filed, Json } from '../../testing/desk.ts';
import { bring, caseAt, recordVerification } from '../../testing/ways.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());
// Every test begins on the same Tuesday morning, with cases of its own.
beforeEach(() => county.setNow(MORNING));

const at = (text: string) => county.setNow(new Date(`${text.replace(' ', 'T')}+08:00`));
const view = async ({ id }: Filed, who = 'supervisor' as const): Promise<Json> =>
  (await county.call(who, 'GET', `/api/cases/${id}/supervision`)).body;
const order = async (of: Filed): Promise<Json> => (await view(of)).orders[0];
const kinds = (of: Json): string[] => of.history.map((event: Json) => `${event.kind} ${event.colour}`);
const step = (who: Parameters<County['call']>[0], of: Json, resource: string, body: object) =>
  county.call(who, 'POST', `/api/supervision/orders/${of.id}/${resource}`, { version: of.version, ...body });
const issue = async (who: Parameters<County['call']>[0], of: Filed, over: object = {}) =>
  county.call(who, 'POST', `/api/cases/${of.id}/supervision-orders`, {
    addresseeId: await county.body('housing'),
    colour: 'yellow',
    demand: '请今天到现场，书面说明原因。',
    ...over,
  });

describe('the ladder climbs by itself', () => {
  test('blue near the end, yellow when late, red when yellow lapses, and told upward when red lapses too', async () => {
    const lamp = await caseAt(county, 'in_progress');
    await county.work();
    expect((await view(lamp)).orders).toEqual([]);

    const { stage } = (await county.caseOf('supervisor', lamp.id)).body.clocks ?? {};
    const due = new Date(stage?.dueAt ?? (await county.caseOf('supervisor', lamp.id)).body.stageDueAt);
    county.setNow(new Date(due.getTime() - 60_000));
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'blue', ground: 'near_due', issuer: null, state: 'open' });

    county.setNow(due);
    await county.work();
    const yellow = await order(lamp);
    expect(yellow).toMatchObject({ colour: 'yellow', ground: 'late' });

    county.setNow(new Date(yellow.dueAt));
    await county.work();
    const red = await order(lamp);
    expect(kinds(red)).toEqual(['issued blue', 'climbed yellow', 'climbed red']);
    expect((await view(lamp)).orders).toHaveLength(1);

    county.setNow(new Date(red.dueAt));
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'red', lapsed: true, dueAt: null });
    const inbox = (await county.call('housing', 'GET', '/api/messages/inbox?limit=100')).body.items;
    const told = inbox.filter((item: Json) => item.caseId === lamp.id).map((item: Json) => item.notice);
    expect(told).toEqual(expect.arrayContaining(['ordered_yellow', 'ordered_red']));
    expect((await county.work()).timers).toBe(0);
  });

  test('dispatch that nobody accepts turns yellow as not accepted', async () => {
    const lamp = await caseAt(county, 'dispatched');
    county.later(30);
    await county.work();

    expect(await order(lamp)).toMatchObject({ colour: 'yellow', ground: 'not_accepted' });
  });

  test('work that fails its check is yellow at once, once, and waits while it is reported done', async () => {
    const lamp = await caseAt(county, 'verifying');
    await recordVerification(county, lamp.id, false);
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'yellow', ground: 'sent_back' });

    await county.step('housing', 'rework', lamp.id, { reason: '重新安排检修。' });
    const files = [await county.photo('housing')];
    await county.step('housing', 'completion', lamp.id, { result: '已更换。', files });
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'yellow', dueAt: null });
  });

  test('a bad word on a closed case calls for an answer', async () => {
    const lamp = await caseAt(county, 'call_back');
    const answer = { solved: 'solved', satisfaction: 'satisfied' };
    await county.step('dispatcher', 'call-back', lamp.id, { answer, sendBack: false, remark: null });
    await county.asRequester(lamp, 'rating', { solved: 'unsolved', satisfaction: 'unsatisfied', reason: '又不亮了' });
    await county.work();

    expect(await order(lamp)).toMatchObject({ colour: 'yellow', ground: 'bad_rating', state: 'open' });
  });

  test('what comes while nothing runs climbs after the start, in order', async () => {
    const lamp = await caseAt(county, 'in_progress');
    await county.work();
    county.later(24 * 14);
    await county.work();
    await county.work();

    const told = kinds(await order(lamp));
    expect(told.filter((each) => each.startsWith('issued'))).toHaveLength(1);
    expect(told.at(-1)).toMatch(/yellow$/);
  });
});

describe('the case decides over its order', () => {
  test('done in time ends the warning; an extension moves it; shelving ends it', async () => {
    for (const next of ['done', 'extended', 'shelved'] as const) {
      county.setNow(MORNING);
      const lamp = await caseAt(county, 'in_progress');
      if (next === 'extended')
        await county.step('housing', 'extension-request', lamp.id, { amount: 2, reason: '等配件。' });
      await county.work();
      const due = new Date((await county.caseOf('supervisor', lamp.id)).body.stageDueAt);
      county.setNow(new Date(due.getTime() - 3_600_000));
      await county.work();
      // The centre may have an order of its own by now: about the extension it did not decide.
      const warning = async () => (await view(lamp)).orders.find(({ ground }: Json) => ground === 'near_due');
      expect(await warning(), next).toMatchObject({ colour: 'blue', state: 'open' });
      if (next === 'done')
        await county.step('housing', 'completion', lamp.id, {
          result: '已换好灯泡。',
          files: [await county.photo('housing')],
        });
      if (next === 'extended')
        await county.step('supervisor', 'extension-decision', lamp.id, { granted: true, reason: '同意。' });
      if (next === 'shelved') {
        const ownerOrganisationId = await county.body('housing');
        const dates = { reviewOn: '2026-04-20', endOn: '2026-06-30' };
        await county.step('supervisor', 'shelving', lamp.id, {
          ground: 'conditions_missing',
          ownerOrganisationId,
          ...dates,
          reason: '等道路改造。',
        });
      }
      await county.work();
      const ended = await warning();
      expect(ended.state).toBe('ended');
      expect(ended.history.at(-1).ground).toBe(
        { done: 'done_in_time', extended: 'extended', shelved: 'shelved' }[next],
      );
    }
  });

  test('closing the case ends it, whatever its colour', async () => {
    const lamp = await caseAt(county, 'call_back');
    expect((await issue('supervisor', lamp)).status).toBe(201);
    const answer = { solved: 'solved', satisfaction: 'satisfied' };
    await county.step('dispatcher', 'call-back', lamp.id, { answer, sendBack: false, remark: null });
    await county.work();

    expect(await order(lamp)).toMatchObject({ state: 'ended' });
    expect((await issue('supervisor', lamp)).code).toBe('supervision.case_over');
  });

  test('a shelved case that reaches its end calls its owner to account, and is told before', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const ownerOrganisationId = await county.body('housing');
    const dates = { reviewOn: '2026-03-16', endOn: '2026-03-18' };
    await county.step('supervisor', 'shelving', lamp.id, {
      ground: 'conditions_missing',
      ownerOrganisationId,
      ...dates,
      reason: '等材料到货。',
    });
    await county.work();
    const { body } = await county.call('supervisor', 'GET', '/api/supervision/shelved');
    expect(body.items.find((row: Json) => row.id === lamp.id)).toMatchObject({
      ...dates,
      reviewPassed: false,
      owner: { id: ownerOrganisationId },
    });

    at('2026-03-19 08:00');
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'yellow', ground: 'shelving_over' });
  });
});

describe('people and orders', () => {
  test('a town orders a department; it answers, is sent back, answers again, and is accepted', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const issued = (await issue('townDispatcher', lamp, { colour: 'blue', workingDays: 3 })).body;
    expect(issued).toMatchObject({
      colour: 'blue',
      ground: 'by_hand',
      issuer: { id: await county.body('command_centre', '421181001') },
    });
    expect((await issue('supervisor', lamp)).code).toBe('supervision.already_open');

    const inbox = await county.call('housing', 'GET', '/api/supervision/orders?box=mine&limit=100');
    expect(inbox.body.items.map((row: Json) => row.id)).toContain(issued.id);
    expect((await step('enforcement', issued, 'answer', { words: '与我单位无关。' })).code).toBe(
      'supervision.order_not_found',
    );
    const answered = (await step('housing', issued, 'answer', { words: '明天上午派人到场。' })).body;
    expect(answered).toMatchObject({ state: 'answered', dueAt: null });
    const back = (await step('townDispatcher', answered, 'sending-back', { reason: '请说明具体时间。' })).body;
    expect(back.state).toBe('open');
    const again = (await step('housing', back, 'answer', { words: '明天上午九点，带两盏灯。' })).body;
    const over = await step('townDispatcher', again, 'acceptance', { words: null });
    expect(over.body.state).toBe('accepted');
    expect((await step('housing', over.body, 'answer', { words: '补充说明。' })).code).toBe('supervision.order_over');
  });

  test('an order is not issued to a stranger, to itself, or red at once where nothing is urgent', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const stranger = await county.body('transport');

    expect((await issue('supervisor', lamp, { addresseeId: stranger })).code).toBe('supervision.not_involved');
    expect((await issue('supervisor', lamp, { colour: 'red' })).code).toBe('supervision.red_only_urgent');
    expect((await issue('housing', lamp)).code).toBe('auth.forbidden');
    const waiting = await county.fileAsResident();
    const centre = await county.body('command_centre', '421181001');
    expect((await issue('townDispatcher', waiting, { addresseeId: centre })).code).toBe('supervision.to_itself');
  });

  test('whoever comes with an old version is told so', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const issued = (await issue('supervisor', lamp)).body;
    await step('housing', issued, 'answer', { words: '正在抢修。' });

    expect((await step('supervisor', issued, 'climbing', { colour: 'red', reason: '仍未到场。' })).code).toBe(
      'supervision.stale',
    );
  });

  test('one person lifts yellow; red takes a second', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const yellow = (await issue('supervisor', lamp)).body;
    const red = (await step('supervisor', yellow, 'climbing', { colour: 'red', reason: '仍未到场。' })).body;
    const asked = (await step('supervisor', red, 'lifting', { reason: '已约定明日完工。' })).body;
    expect(asked).toMatchObject({ state: 'open', liftAsked: true });
    expect((await step('supervisor', asked, 'lifting', { reason: '已约定明日完工。' })).code).toBe(
      'supervision.second_person_needed',
    );

    const other = await county.call('supervisor', 'GET', `/api/supervision/orders/${asked.id}`);
    expect(other.body.actions.find((each: Json) => each.action === 'lift')).toMatchObject({ allowed: false });
  });

  test('an accepted answer that changes nothing is asked about again', async () => {
    const lamp = await caseAt(county, 'in_progress');
    await county.work();
    const due = new Date((await county.caseOf('supervisor', lamp.id)).body.stageDueAt);
    county.setNow(due);
    await county.work();
    const late = await order(lamp);
    const answered = (await step('housing', late, 'answer', { words: '三天内完工。' })).body;
    await step('townDispatcher', answered, 'acceptance', { words: null });
    county.later(24 * 6);
    await county.work();

    expect((await view(lamp)).orders.map((each: Json) => `${each.state} ${each.ground}`)).toEqual([
      'open unresolved',
      'accepted late',
    ]);
  });
});

describe('queues', () => {
  test('what nobody dispatches is told above the office, once, and the order ends with the queue', async () => {
    // The other town, whose queue no other test touches.
    const place = { areaCode: OTHER_GRID, text: '镇政府门口' };
    const [first, second] = [
      await county.file('otherDispatcher', { place }),
      await county.file('otherDispatcher', { place }),
    ];
    await county.work();
    const mine = async (over = false): Promise<Json[]> =>
      (await county.call('otherDispatcher', 'GET', `/api/supervision/orders?box=mine&over=${over}`)).body.items;
    expect(await mine()).toEqual([]);
    at('2026-03-10 17:00');
    await county.work();
    const centre = await county.body('command_centre', OTHER_TOWN);
    const queue = { colour: 'yellow', ground: 'queue_waiting', queue: 'to_dispatch', addressee: { id: centre } };
    expect(await mine()).toMatchObject([{ ...queue, overdue: 2 }]);

    await county.step('dispatcher', 'dispatch', first.id, { leadId: await county.body('housing') });
    await county.work();
    expect(await mine()).toMatchObject([{ ...queue, overdue: 1 }]);
    await county.step('dispatcher', 'dispatch', second.id, { leadId: await county.body('housing') });
    await county.work();
    expect(await mine()).toEqual([]);
    expect(await mine(true)).toMatchObject([{ queue: 'to_dispatch', state: 'ended' }]);
  });

  test('an extension nobody decides calls the centre, and ends when it is decided', async () => {
    const lamp = await caseAt(county, 'in_progress');
    await county.step('housing', 'extension-request', lamp.id, { amount: 2, reason: '等配件。' });
    await county.work();
    county.later(48);
    await county.work();
    expect(await order(lamp)).toMatchObject({ ground: 'undecided', colour: 'yellow' });

    await county.step('supervisor', 'extension-decision', lamp.id, { granted: false, reason: '不同意。' });
    await county.work();
    expect(await order(lamp)).toMatchObject({ state: 'ended' });
  });
});

describe('a leader takes a case', () => {
  test('with aim, deadline and reports; one at a time; ends with a result', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const taking = { aim: '一周内恢复照明', dueOn: '2026-03-31', reportEveryDays: 7 };
    const path = `/api/cases/${lamp.id}`;
    expect((await county.call('supervisor', 'POST', `${path}/leader`, { ...taking, dueOn: '2026-03-10' })).code).toBe(
      'supervision.leader_day_wrong',
    );
    expect((await county.call('supervisor', 'POST', `${path}/leader`, taking)).status).toBe(201);
    expect((await county.call('supervisor', 'POST', `${path}/leader`, taking)).code).toBe('supervision.leader_there');
    expect((await view(lamp)).leaders).toMatchObject([{ aim: taking.aim, late: false, yours: true }]);

    at('2026-03-18 10:00');
    expect((await view(lamp)).leaders).toMatchObject([{ late: true }]);
    expect((await county.work()).timers).toBeGreaterThan(0);
    const reported = await county.call('supervisor', 'POST', `${path}/leader-reports`, { words: '灯具已到货。' });
    expect(reported.body.nextReportOn).toBe('2026-03-25');
    await county.call('supervisor', 'POST', `${path}/leader-end`, { outcome: 'settled', result: '已恢复照明。' });
    expect((await view(lamp)).leaders).toMatchObject([{ outcome: 'settled', reports: [{ words: '灯具已到货。' }] }]);
    expect(
      (await county.call('supervisor', 'POST', `${path}/leader-end`, { outcome: 'settled', result: '已恢复。' })).code,
    ).toBe('supervision.no_leader');
  });
});

test('the board counts what is there', async () => {
  const { body } = await county.call('supervisor', 'GET', '/api/supervision/board');
  const open: Json[] = [];
  for (let after = ''; ; ) {
    const page = (await county.call('supervisor', 'GET', `/api/supervision/orders?box=area&limit=100${after}`)).body;
    open.push(...page.items);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  for (const row of body.items) {
    const own = open.filter((each) => each.addressee.id === row.organisation.id);
    const counted = ['blue', 'yellow', 'red'].map((colour) => own.filter((each) => each.colour === colour).length);
    expect([row.blue, row.yellow, row.red]).toEqual(counted);
  }
  expect(body.items.length).toBeGreaterThan(0);
  await bring(county, await county.fileAsResident(), 'dispatched');
});
