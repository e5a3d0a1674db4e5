import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRID, TOWN } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { LAMP } from '../../testing/desk.ts';
import { bring, caseAt, recordVerification } from '../../testing/ways.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const page = async (id: string) => (await county.caseOf('dispatcher', id)).body;
const refusal = ({ status, code }: { status: number; code: string | null }) => [status, code];
const settlement = async () => ({ result: '已清走建筑垃圾。', afterFileIds: [await county.photo('gridWorker')] });

describe('settled on the spot', () => {
  test('a grid worker reports and settles in one step; another person’s check closes it', async () => {
    const before = [await county.photo('gridWorker')];
    const filed = await county.report('gridWorker', { settlement: await settlement(), beforeFileIds: before });
    expect(await page(filed.id)).toMatchObject({ state: 'reported_done', settledOnSpot: true, channel: 'grid' });

    const own = await county.act('gridWorker', 'verification', filed.id);
    expect(refusal(own)).toEqual([403, 'cases.verifier_not_independent']);
    await county.step('verifier', 'verification', filed.id);
    await recordVerification(county, filed.id, true);
    expect(await page(filed.id)).toMatchObject({ state: 'closed', closure: 'verification', solved: null });
  });

  test('needs photos of before and after, a class that allows it, and a matter that is not urgent', async () => {
    const bare = await county.call('gridWorker', 'POST', '/api/grid/reports', {
      ...{ title: '垃圾', body: '有一堆垃圾。', classCode: '0901', place: { areaCode: GRID } },
      ...{ beforeFileIds: [], settlement: await settlement() },
    });
    const wrongClass = county.report('gridWorker', { classCode: '1105', settlement: await settlement() });

    expect(refusal(bare)).toEqual([422, 'cases.photos_missing']);
    await expect(wrongClass).rejects.toThrow('cases.class_not_settled_on_spot');
  });

  test('that did not hold goes to the command centre, not back to the grid', async () => {
    const before = [await county.photo('gridWorker')];
    const filed = await county.report('gridWorker', { settlement: await settlement(), beforeFileIds: before });
    await county.step('verifier', 'verification', filed.id);
    await recordVerification(county, filed.id, false);

    expect(await page(filed.id)).toMatchObject({ state: 'reopened', stage: 'dispatch' });
  });
});

describe('what is not handled here', () => {
  test('a petition is passed to its lawful route and stays visible with that route’s clock', async () => {
    const filed = await county.file('dispatcher', { classCode: '0101' });
    const dispatched = await county.act('dispatcher', 'dispatch', filed.id, { leadId: await county.body('petitions') });
    expect(refusal(dispatched)).toEqual([409, 'cases.petition_route_only']);

    const route = { route: 'petition', where: '信访局', phone: '0713-2912345', answer: '已转信访局，可凭本编号查询。' };
    await county.step('dispatcher', 'referral', filed.id, route);
    expect(await page(filed.id)).toMatchObject({ state: 'referred', stage: 'route', stageDueAt: expect.any(String) });
    await county.step('dispatcher', 'route-outcome', filed.id, { outcome: 'decided', report: '已书面答复。' });
    expect(await page(filed.id)).toMatchObject({ state: 'referred', stageDueAt: null });
  });

  test.each([
    'emergency_line',
    'legal_route',
    'repeat_without_news',
    'secret_or_private',
    'beyond_public_duty',
    'unlawful_demand',
  ])('%s: the requester still reads where to go instead', async (reason) => {
    const filed = await county.fileAsResident();
    const rejection = { reason, answer: '此事请向法院提出。' };
    expect(refusal(await county.act('dispatcher', 'rejection', filed.id, rejection))).toEqual([
      422,
      'cases.where_next_missing',
    ]);
    const nameless = { ...rejection, where: '市人民法院' };
    expect(refusal(await county.act('dispatcher', 'rejection', filed.id, nameless))).toEqual([
      422,
      'cases.way_there_missing',
    ]);
    await county.step('dispatcher', 'rejection', filed.id, { ...nameless, phone: '12368' });

    const { body } = await county.asRequester(filed);
    const last = body.steps.find((step: { answer: unknown }) => step.answer !== null);
    expect(last.elsewhere).toEqual({ name: '市人民法院', phone: '12368', address: null });
    expect(last.title).toContain('社会治理中心决定');
    expect(JSON.stringify(body.steps)).toContain('此事请向法院提出。');
  });

  test('spam is voided before anybody was given it, and not afterwards', async () => {
    const spam = await county.file('dispatcher');
    await county.step('dispatcher', 'voiding', spam.id, { reason: '重复测试。' });
    const given = await caseAt(county, 'dispatched');

    expect((await page(spam.id)).state).toBe('voided');
    expect(refusal(await county.act('dispatcher', 'voiding', given.id, { reason: '太晚了。' }))).toEqual([
      409,
      'cases.wrong_state',
    ]);
  });

  test('what the requester withdraws ends', async () => {
    const filed = await caseAt(county, 'accepted');
    const done = await county.asRequester(filed, 'withdrawal', { reason: '已经修好了。' });

    expect([done.status, done.body.phase]).toEqual([200, 'ended']);
    expect(refusal(await county.act('housing', 'handling', filed.id))).toEqual([409, 'cases.wrong_state']);
  });
});

describe('merging', () => {
  test('a duplicate waits for its master and keeps a call-back of its own', async () => {
    const master = await county.fileAsResident();
    const twin = await county.fileAsResident({ phone: '13900139000', text: '同一盏路灯不亮，请修理。' });
    await county.step('dispatcher', 'merger', twin.id, { masterCaseId: master.id, reason: '同一盏灯。' });
    expect((await page(master.id)).merged).toEqual([{ id: twin.id, number: twin.number }]);
    const early = await county.act('dispatcher', 'call-back', twin.id, { answer: null });
    expect(refusal(early)).toEqual([409, 'cases.master_still_open']);

    await bring(county, master, 'call_back');
    await county.asRequester(master, 'rating', { solved: 'solved', satisfaction: 'satisfied', reason: null });
    const answer = { solved: 'unsolved', satisfaction: 'unsatisfied' };
    await county.step('dispatcher', 'call-back', twin.id, { answer, remark: '他门前那盏还是不亮。' });
    await county.step('dispatcher', 'reopening', twin.id, { reason: '不是同一盏灯。', files: [] });

    expect((await page(master.id)).state).toBe('closed');
    expect((await page(twin.id)).state).toBe('reopened');
  });

  test('neither into itself nor into a case that is over', async () => {
    const [one, over] = [await county.file('dispatcher'), await county.file('dispatcher')];
    await county.step('dispatcher', 'voiding', over.id, { reason: '误录。' });
    const merge = (masterCaseId: string) =>
      county.act('dispatcher', 'merger', one.id, { masterCaseId, reason: '同一件事。' });

    expect(refusal(await merge(one.id))).toEqual([422, 'cases.merge_into_itself']);
    expect(refusal(await merge(over.id))).toEqual([409, 'cases.master_not_open']);
    expect(refusal(await merge(crypto.randomUUID()))).toEqual([422, 'cases.master_unknown']);
  });
});

describe('time that is given and time that stands still', () => {
  test('an extension is asked for by the lead and granted by another, no longer than asked', async () => {
    const filed = await caseAt(county, 'in_progress');
    const due = (await page(filed.id)).totalDueAt;
    await county.step('housing', 'extension-request', filed.id, { amount: 3, reason: '配件未到。' });
    const longer = { granted: true, amount: 4, reason: '同意。' };
    const decided = await county.act('supervisor', 'extension-decision', filed.id, longer);
    expect(refusal(decided)).toEqual([422, 'cases.extension_amount_wrong']);

    await county.step('supervisor', 'extension-decision', filed.id, { granted: true, amount: 2, reason: '同意两天。' });
    const after = await page(filed.id);
    expect(after.state).toBe('in_progress');
    expect(Date.parse(after.totalDueAt) - Date.parse(due)).toBe(2 * 86_400_000);
  });

  test('a shelved case has an owner and a day of review; its pause is itemised and moves the due time', async () => {
    const filed = await caseAt(county, 'in_progress');
    const owner = await county.body('housing');
    const shelve = {
      ground: 'conditions_missing',
      reason: '待改造资金。',
      reviewOn: '2026-03-20',
      endOn: '2026-06-30',
    };
    const ownerless = await county.act('supervisor', 'shelving', filed.id, shelve);
    expect(refusal(ownerless)).toEqual([422, 'cases.shelving_owner_missing']);

    await county.step('supervisor', 'shelving', filed.id, { ...shelve, ownerOrganisationId: owner });
    const before = await page(filed.id);
    expect(before).toMatchObject({
      state: 'shelved',
      stage: 'review',
      pauses: [{ to: null, reason: 'conditions_missing' }],
    });
    county.later(7 * 24);
    await county.step('supervisor', 'resumption', filed.id, { reason: '资金到位。' });
    const { totalDueAt } = await page(filed.id);
    expect(Date.parse(totalDueAt) - Date.parse(before.totalDueAt)).toBe(7 * 86_400_000);
  });
});

describe('making public', () => {
  const RELEASE = { title: '园林路路灯', text: '园林路一盏路灯不亮，已派住建部门处理。' };

  test('needs the requester’s consent', async () => {
    const filed = await county.fileAsResident({ publishConsent: false });

    expect(refusal(await county.act('dispatcher', 'release', filed.id, RELEASE))).toEqual([409, 'cases.no_consent']);
  });

  test('shows the edited text at a coarse place and nothing of the original; taken back, it is gone', async () => {
    const place = { areaCode: GRID, point: { lon: 115.012_345, lat: 31.178_912 }, text: '园林路 12 号' };
    const filed = await county.file('townDispatcher', { place, publicConsent: true });
    await county.step('townDispatcher', 'release', filed.id, RELEASE);

    const shown = await county.call(null, 'GET', `/api/public/cases/${filed.number}`);
    expect(shown.body).toMatchObject({ title: RELEASE.title, text: RELEASE.text });
    for (const secret of [LAMP.body, LAMP.place.text, GRID, '115.012345', '汪', '138']) {
      expect(JSON.stringify(shown.body)).not.toContain(secret);
    }
    await county.step('townDispatcher', 'release-end', filed.id, { reason: '当事人要求。' });
    expect((await county.call(null, 'GET', `/api/public/cases/${filed.number}`)).status).toBe(404);
  });

  test('the requester takes it back himself', async () => {
    const filed = await county.fileAsResident();
    await county.step('dispatcher', 'release', filed.id, RELEASE);
    await county.asRequester(filed, 'release-end', { reason: null });

    const listed = await county.call(null, 'GET', `/api/public/cases?area=${TOWN}`);
    expect(JSON.stringify(listed.body)).not.toContain(filed.number);
  });

  test('a photo is public in its released version alone, once a person released it', async () => {
    const photo = await county.photo(null);
    const filed = await county.fileAsResident({ fileIds: [photo] });
    const path = `/api/public/files/${photo}`;
    expect((await county.call(null, 'GET', path)).status).toBe(404);

    await county.step('dispatcher', 'release', filed.id, { ...RELEASE, files: [photo] });
    expect((await county.call(null, 'GET', path)).status).toBe(200);
    await county.step('dispatcher', 'release-end', filed.id, { reason: '照片里有人。' });
    expect((await county.call(null, 'GET', path)).status).toBe(404);
  });

  test('a confidential request is never made public', async () => {
    const filed = await county.file('dispatcher', { confidential: true, publicConsent: true });

    expect(refusal(await county.act('dispatcher', 'release', filed.id, RELEASE))).toEqual([
      409,
      'cases.sealed_not_released',
    ]);
  });
});

describe('putting right', () => {
  test('class, area and urgency before anybody works on it; the new class brings its own limits', async () => {
    const filed = await county.file('dispatcher');
    const due = (await page(filed.id)).totalDueAt;
    const correction = {
      classCode: '1102',
      areaCode: '421181100001001',
      urgency: 'urgent',
      reason: '是井盖，不是路灯。',
    };
    await county.step('dispatcher', 'correction', filed.id, correction);

    const after = await page(filed.id);
    expect(after).toMatchObject({ class: { code: '1102' }, urgency: 'urgent', place: { areaCode: '421181100001001' } });
    expect(Date.parse(after.totalDueAt)).toBeLessThan(Date.parse(due));
    expect((await county.caseOf('townDispatcher', filed.id)).status).toBe(404);
  });

  test('not while it is worked on', async () => {
    const filed = await caseAt(county, 'in_progress');
    const late = await county.act('dispatcher', 'correction', filed.id, { urgency: 'urgent', reason: '改为紧急。' });

    expect(refusal(late)).toEqual([409, 'cases.wrong_state']);
  });
});
