import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CastName } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { bring, caseAt } from '../../testing/ways.ts';
import { sendDue } from './send.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

async function tell(): Promise<void> {
  await county.work();
  await sendDue(county.app);
}
const alerts = async (who: CastName, caseId: string): Promise<string[]> => {
  const { body } = await county.call(who, 'GET', '/api/messages/inbox?limit=100');
  const own = body.items.filter((item: { caseId: string }) => item.caseId === caseId);
  return own.map((item: { notice: string }) => item.notice);
};
const textsAbout = (number: string) =>
  county.sent.filter((message) => message.text.includes(number)).map(({ text }) => text);

test('a resident hears that his request is in; the office in charge that it is to act; the centre that it objects', async () => {
  const lamp = await county.fileAsResident();
  await tell();
  expect(textsAbout(lamp.number)).toEqual([expect.stringContaining('已登记')]);
  expect(county.sent.at(-1)).toMatchObject({ channel: 'sms', to: '13800138000' });

  await county.step('townDispatcher', 'dispatch', lamp.id, { leadId: await county.body('housing') });
  await tell();
  expect(await alerts('housing', lamp.id)).toEqual(['assigned']);
  expect(await alerts('enforcement', lamp.id)).toEqual([]);

  const objection = { legalBasis: '《城市道路照明设施管理规定》第四条', reason: '该路段未移交。' };
  await county.step('housing', 'objection', lamp.id, objection);
  await tell();
  expect(await alerts('townDispatcher', lamp.id)).toEqual(['objection']);
  const { body } = await county.call('townDispatcher', 'GET', '/api/messages/inbox');
  expect(body.items[0]).toMatchObject({ subject: `有异议待裁定 ${lamp.number}`, read: false });
  expect(body.items[0].body).toContain('园林社区');
});

test('who is late hears of it, with the deadline that passed', async () => {
  // Nobody spoke with the requester in time; what else runs late brings an order, which asks more of its reader.
  const late = await caseAt(county, 'in_progress');
  await tell();
  county.later(26);
  await tell();
  expect(await alerts('housing', late.id)).toContain('late');
  const { body } = await county.call('housing', 'GET', '/api/messages/inbox?limit=100');
  const told = body.items.find(
    (item: { caseId: string; notice: string }) => item.caseId === late.id && item.notice === 'late',
  );
  const due = /(\d{4}-\d{2}-\d{2} \d{2}:\d{2}) 的时限已过/.exec(told.body)?.[1] ?? '';
  expect(new Date(`${due.replace(' ', 'T')}:00+08:00`).getTime()).toBeLessThan(county.app.now().getTime());
});

test('everyone whose request was joined with another hears how that one ended', async () => {
  const master = await caseAt(county, 'registered');
  const joined = await county.fileAsResident({ phone: '13900139000' });
  await county.step('townDispatcher', 'merger', joined.id, { masterCaseId: master.id, reason: '同一盏路灯。' });
  await tell();
  county.later(1);
  await bring(county, master, 'call_back');
  const answer = { solved: 'solved', satisfaction: 'satisfied' };
  await county.step('dispatcher', 'call-back', master.id, { answer, sendBack: false, remark: null });
  await tell();
  // Told in one message that it has closed and asked whether it is solved, each by a link of his own.
  expect(textsAbout(joined.number).at(-1)).toMatch(/单位说已办好.*\/answer\/[\w-]{20}/);
});
