import { afterAll, beforeAll, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed } from '../../testing/desk.ts';
import { bring, caseAt, recordVerification, reportDone } from '../../testing/ways.ts';

// The class of a case is closed, and another one changed, while cases of both are on their way.
let county: County;
let open: Filed;
let waiting: Filed;
beforeAll(async () => {
  county = await testCounty();
  open = await caseAt(county, 'in_progress');
  waiting = await county.fileAsResident();
  const { body, status } = await county.call('administrator', 'POST', '/api/catalogue/classes/1101/closure', {
    from: '2026-03-10',
    note: '并入“道路设施”。',
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
});
afterAll(() => county.close());

const page = async ({ id }: Filed) => (await county.caseOf('dispatcher', id)).body;

test('a case goes on under the version it began with: name, clocks, every step to its end', async () => {
  const before = await page(open);
  expect(before).toMatchObject({ state: 'in_progress', class: { code: '1101' } });
  // The class asks for photos; it still does.
  const bare = await county.act('housing', 'completion', open.id, { result: '已修好，请核实。' });
  expect([bare.status, bare.code]).toEqual([422, 'cases.photos_missing']);
  await county.step('housing', 'extension-request', open.id, { amount: 1, reason: '等配件。' });
  await county.step('supervisor', 'extension-decision', open.id, { granted: true, reason: '同意。' });
  await reportDone(county, open.id);
  await county.step('verifier', 'verification', open.id);
  await recordVerification(county, open.id, false);
  await county.step('housing', 'rework', open.id, { reason: '重新安排检修。' });
  await reportDone(county, open.id);
  await county.step('verifier', 'verification', open.id);
  await recordVerification(county, open.id, true);
  await county.asRequester(open, 'rating', { solved: 'solved', satisfaction: 'satisfied', reason: null });

  const after = await page(open);
  expect(after).toMatchObject({ state: 'closed', class: before.class });
  const reopened = await county.asRequester(open, 'reopening', { reason: '又不亮了。' });
  expect(reopened.status).toBe(200);
  expect((await page(open)).class).toEqual(before.class);
});

test('one that waits is dispatched with a reason, since its entries ended with the class', async () => {
  const leadId = await county.body('housing');
  const { body } = await county.call('dispatcher', 'GET', `/api/cases/${waiting.id}/dispatch-suggestions`);
  expect(body.suggestions).toEqual([]);
  await county.step('dispatcher', 'dispatch', waiting.id, { leadId, reason: '原类别由其承办。' });
  await bring(county, waiting, 'registered');
  await county.step('housing', 'acceptance', waiting.id);
  expect(await page(waiting)).toMatchObject({ state: 'accepted', class: { code: '1101' } });
});

test('nothing new is filed under it, nor put under it by a correction', async () => {
  const { title, body, channel } = { title: '路灯不亮', body: '路灯三天不亮。', channel: 'phone' };
  const place = { areaCode: '421181001001001', text: null };
  const filed = await county.call('dispatcher', 'POST', '/api/cases', {
    title,
    body,
    channel,
    place,
    classCode: '1101',
  });
  expect([filed.status, filed.code]).toEqual([422, 'cases.class_closed']);

  const other = await county.file('dispatcher', { classCode: '1103' });
  const put = await county.act('dispatcher', 'correction', other.id, { classCode: '1101', reason: '是路灯。' });
  expect([put.status, put.code]).toEqual([422, 'cases.class_closed']);
  // A request whose words point to it is filed under another class, for a person to put right.
  const guessed = await county.fileAsResident({ classCode: null });
  expect((await page(guessed)).class.code).not.toBe('1101');
});
