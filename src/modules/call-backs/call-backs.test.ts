import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../kit/time.ts';
import type { CastName } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed, Json } from '../../testing/desk.ts';
import { bring, caseAt, recordVerification } from '../../testing/ways.ts';
import { entriesOf } from './entries.ts';
import { linkCodeOf, recountBetween, sumsBetween } from './index.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const SOLVED = { solved: 'solved', satisfaction: 'satisfied' };
const UNSOLVED = { solved: 'unsolved', satisfaction: 'unsatisfied' };
const list = async (who: CastName, name = 'due') =>
  (await county.call(who, 'GET', `/api/call-backs?list=${name}&limit=100`)).body.items as Json[];
const listed = async (who: CastName, filed: Filed, name = 'due') =>
  (await list(who, name)).find((row) => row.case.id === filed.id) ?? null;
const on = (who: CastName, filed: Filed, what: string, body?: object) =>
  county.call(who, 'POST', `/api/call-backs/${filed.id}/${what}`, body);
const refusal = ({ status, code }: { status: number; code: string | null }) => [status, code];

/** A case that waits for its call-back, with the list in line. */
async function due(): Promise<Filed> {
  const filed = await caseAt(county, 'call_back');
  await county.work();
  return filed;
}
async function attempt(who: CastName, filed: Filed, body: object) {
  await on(who, filed, 'claim');
  return on(who, filed, 'attempts', body);
}

/** The code of the link that the requester of a case is sent; `messages` sends it. */
const linkOf = (filed: Filed) => linkCodeOf(county.app.vault, county.tenant, { caseId: filed.id, round: 0 });

describe('somebody who does not want to answer', () => {
  const sums = async () => {
    const day = dayOf(county.app.now());
    return (await county.call('dispatcher', 'GET', `/api/call-back-figures?from=${day}&to=${day}`)).body.total;
  };

  test('is a result of its own: not called again, not unreachable, not satisfied, and the case may close', async () => {
    const filed = await due();
    const before = await sums();
    const done = await attempt('dispatcher', filed, { outcome: 'declined', remark: '说不方便，谢谢。' });
    expect(done).toMatchObject({ status: 201, body: { state: 'declined', nextAt: null, caseState: 'call_back' } });
    expect(await listed('dispatcher', filed)).toBeNull();
    expect(await listed('dispatcher', filed, 'later')).toBeNull();
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ state: 'declined', said: null });
    const { answered, declined, unreachable, satisfied } = await sums();
    expect({ answered, unreachable, satisfied }).toEqual({
      ...{ answered: before.answered, unreachable: before.unreachable, satisfied: before.satisfied },
    });
    expect(declined).toBe(before.declined + 1);
    const contradiction = { answer: SOLVED, declined: true, sendBack: false, remark: null };
    expect(refusal(await county.act('dispatcher', 'call-back', filed.id, contradiction))).toEqual([
      422,
      'cases.declined_with_answer',
    ]);

    await county.step('dispatcher', 'closure', filed.id, { explanation: '反映人不想回答回访。' });
    await county.work();
    const { body } = await county.caseOf('dispatcher', filed.id);
    expect(body).toMatchObject({ state: 'closed', closure: 'verification', solved: null, satisfaction: null });
    expect(await listed('dispatcher', filed)).toBeNull();
    const day = dayOf(county.app.now());
    const counted = [
      await county.read((tx) => sumsBetween(tx, day, day)),
      await county.read((tx) => recountBetween(tx, day, day)),
    ];
    expect(counted[0]).toEqual(counted[1]);
  });

  test('may still say it by the link in his message, which then counts as his answer', async () => {
    const filed = await due();
    await attempt('dispatcher', filed, { outcome: 'declined' });
    const path = `/api/public/call-backs/${linkOf(filed)}`;
    expect((await county.call(null, 'GET', path)).body).toMatchObject({ open: true });
    const own = await county.call(null, 'POST', path, { ...UNSOLVED, reason: '还是不亮。' });
    expect(own.body.caseState).toBe('returned');
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ state: 'answered', said: UNSOLVED });
  });
});

describe('a caller', () => {
  test('takes a call on, sees the number once he holds it, and records the words; the list follows at once', async () => {
    const filed = await due();
    expect(await listed('dispatcher', filed)).toMatchObject({
      timing: 'before',
      tries: 0,
      office: { name: expect.any(String) },
    });
    expect(refusal(await on('dispatcher', filed, 'number'))).toEqual([409, 'call-backs.not_claimed']);
    expect((await on('dispatcher', filed, 'claim')).status).toBe(200);
    expect((await on('dispatcher', filed, 'number')).body).toEqual({ name: '汪小示', phone: '13800138000' });
    const looked = await county.call('auditor', 'GET', '/api/audit/entries?action=requesters.unmask&limit=1');
    expect(looked.body.items[0]).toMatchObject({ action: 'requesters.unmask' });
    const done = await on('dispatcher', filed, 'attempts', {
      outcome: 'reached',
      answer: SOLVED,
      answers: { contacted: 'yes' },
    });
    expect(done).toMatchObject({ status: 201, body: { state: 'answered', nextAt: null, caseState: 'closed' } });
    expect(await listed('dispatcher', filed)).toBeNull();
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ said: SOLVED, answeredBy: 'caller' });
    expect(refusal(await on('dispatcher', filed, 'number'))).toEqual([409, 'call-backs.none_due']);
  });

  test('holds it alone for a while', async () => {
    const filed = await due();
    await on('dispatcher', filed, 'claim');
    expect(refusal(await on('verifier', filed, 'claim'))).toEqual([409, 'call-backs.claimed']);
    expect(refusal(await on('verifier', filed, 'attempts', { outcome: 'no_answer' }))).toEqual([
      409,
      'call-backs.not_claimed',
    ]);
    expect(await listed('verifier', filed)).toBeNull();
    expect(await listed('dispatcher', filed, 'mine')).not.toBeNull();
    county.later(0.5);
    expect(refusal(await on('dispatcher', filed, 'attempts', { outcome: 'no_answer' }))).toEqual([
      409,
      'call-backs.not_claimed',
    ]);
    expect((await on('verifier', filed, 'claim')).status).toBe(200);
    expect((await on('verifier', filed, 'claim-end')).body).toEqual({ ok: true });
    expect((await on('dispatcher', filed, 'claim')).status).toBe(200);
  });

  test('two at once: one holds it', async () => {
    const filed = await due();
    const both = await Promise.all([on('dispatcher', filed, 'claim'), on('evaluator', filed, 'claim')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is never of the office that handled it', async () => {
    const filed = await due();
    expect(await listed('twoHats', filed)).toBeNull();
    expect(refusal(await on('housing', filed, 'claim'))).toEqual([403, 'auth.forbidden']);
  });

  test.each([
    ['reached without words', { outcome: 'reached' }, 'call-backs.answer_missing'],
    ['another time without saying when', { outcome: 'later' }, 'call-backs.time_missing'],
    ['a time that is over', { outcome: 'later', nextAt: '2020-01-01T00:00:00Z' }, 'call-backs.time_wrong'],
    [
      'an answer the script does not offer',
      { outcome: 'no_answer', answers: { mood: 'bad' } },
      'call-backs.unknown_answer',
    ],
  ])('is refused %s', async (_name, body, code) => {
    expect(refusal(await attempt('dispatcher', await due(), body))).toEqual([422, code]);
  });
});

describe('nobody reached', () => {
  test('is called again at another time of day, until he counts as unreachable, which is neither solved nor satisfied', async () => {
    const filed = await due();
    const first = await attempt('dispatcher', filed, { outcome: 'no_answer', note: '下班后在家', language: 'dialect' });
    expect(first.body).toMatchObject({ state: 'open', caseState: 'call_back' });
    expect(new Date(first.body.nextAt).getTime()).toBeGreaterThan(county.app.now().getTime());
    expect(await listed('dispatcher', filed, 'later')).toMatchObject({ tries: 1, language: 'dialect' });
    const page = await county.call('dispatcher', 'GET', `/api/call-backs/${filed.id}`);
    expect(page.body).toMatchObject({ note: '下班后在家', missed: { tries: 1 }, attempts: [{ outcome: 'no_answer' }] });
    for (const hours of [7, 24]) {
      county.later(hours);
      await attempt('dispatcher', filed, { outcome: 'busy' });
    }
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ state: 'unreachable', said: null });
    await county.step('dispatcher', 'closure', filed.id, { explanation: '多次未接通。' });
    await county.work();
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ state: 'unreachable' });
    expect((await county.caseOf('dispatcher', filed.id)).body).toMatchObject({
      closure: 'unreachable',
      satisfaction: null,
    });
  });

  test('another time agreed is no miss', async () => {
    const filed = await due();
    const nextAt = new Date(county.app.now().getTime() + 86_400_000).toISOString();
    const put = await attempt('dispatcher', filed, { outcome: 'later', nextAt });
    expect(put.body).toMatchObject({ state: 'open', nextAt });
    expect(await listed('dispatcher', filed, 'later')).toMatchObject({ tries: 0 });
  });
});

describe('not solved', () => {
  test('before the closing it goes back to the office', async () => {
    const filed = await due();
    const said = await attempt('dispatcher', filed, {
      outcome: 'reached',
      answer: UNSOLVED,
      sendBack: true,
      remark: '还不亮',
    });
    expect(said.body).toMatchObject({ state: 'answered', caseState: 'returned' });
  });

  test('after the closing, where the class says so, it is opened again', async () => {
    const filed = await county.fileAsResident({ classCode: '1003', text: '夜里施工太吵。' });
    await county.step('dispatcher', 'dispatch', filed.id, {
      leadId: await county.body('housing'),
      reason: '由它办理。',
    });
    for (const step of ['acceptance', 'handling']) await county.step('housing', step, filed.id);
    const files = [await county.photo('housing')];
    await county.step('housing', 'completion', filed.id, { result: '已责令夜间停工。', files });
    await county.step('verifier', 'verification', filed.id);
    await recordVerification(county, filed.id, true);
    expect((await county.caseOf('dispatcher', filed.id)).body).toMatchObject({
      state: 'closed',
      closure: 'verification',
      solved: null,
    });
    await county.work();
    expect(await listed('dispatcher', filed)).toMatchObject({ timing: 'after' });
    const said = await attempt('dispatcher', filed, {
      outcome: 'reached',
      answer: UNSOLVED,
      sendBack: true,
      remark: '昨晚又吵',
    });
    expect(said.body).toMatchObject({ state: 'answered', caseState: 'reopened' });
  });
});

describe('merged requests', () => {
  test('each keeps a call-back of its own, once the joint one has closed', async () => {
    const master = await caseAt(county, 'registered');
    const joined: Filed[] = [];
    for (const phone of ['13900139001', '13900139002']) {
      const one = await county.fileAsResident({ phone });
      await county.step('dispatcher', 'merger', one.id, { masterCaseId: master.id, reason: '同一盏路灯。' });
      joined.push(one);
    }
    await bring(county, master, 'call_back');
    await county.work();
    for (const one of joined) expect(await listed('dispatcher', one)).toBeNull();
    await attempt('dispatcher', master, { outcome: 'reached', answer: SOLVED });
    await county.work();
    const [first, second] = joined as [Filed, Filed];
    for (const one of joined) expect(await listed('dispatcher', one)).toMatchObject({ timing: 'merged' });
    expect(await listed('twoHats', first)).toBeNull();
    expect((await attempt('dispatcher', first, { outcome: 'reached', answer: SOLVED })).body.state).toBe('answered');
    const not = await attempt('dispatcher', second, {
      outcome: 'reached',
      answer: UNSOLVED,
      sendBack: true,
      remark: '我门前的不亮',
    });
    expect(not.body).toMatchObject({ state: 'answered', caseState: 'reopened' });
    for (const one of [master, ...joined])
      expect(await listed('dispatcher', one, 'ended')).toMatchObject({ state: 'answered' });
  });
});

describe('the link in the message', () => {
  const path = (code: string) => `/api/public/call-backs/${code}`;

  test('asks one question, takes one answer, and is spent', async () => {
    const filed = await due();
    const code = linkOf(filed);
    const asked = await county.call(null, 'GET', path(code));
    expect(asked.body).toMatchObject({
      number: filed.number,
      open: true,
      closed: false,
      result: expect.stringContaining('更换'),
    });
    expect(JSON.stringify(asked.body)).not.toMatch(/汪|138/);
    const told = await county.call(null, 'POST', path(code), { ...UNSOLVED, reason: '还是不亮' });
    expect(told).toMatchObject({ status: 200, body: { caseState: 'returned' } });
    expect(refusal(await county.call(null, 'POST', path(code), SOLVED))).toEqual([410, 'call-backs.link_used']);
    expect((await county.call(null, 'GET', path(code))).body.open).toBe(false);
    expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ answeredBy: 'requester', said: UNSOLVED });
  });

  test('is neither guessed nor stored', async () => {
    const filed = await due();
    const code = linkOf(filed);
    const other = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
    expect(refusal(await county.call(null, 'GET', path(other)))).toEqual([404, 'call-backs.link_unknown']);
    const rows = await county.read(async (tx) =>
      tx.selectFrom('platform.outbox').select('payload').where('subject', '=', filed.id).execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(code);
  });
});

test('what the requester says by himself takes the call off the list', async () => {
  const filed = await due();
  await on('dispatcher', filed, 'claim');
  await county.asRequester(filed, 'rating', { ...SOLVED, reason: null, reopen: false });
  const late = await on('dispatcher', filed, 'attempts', { outcome: 'reached', answer: SOLVED });
  expect(late.status).toBe(409);
  await county.work();
  expect(await listed('dispatcher', filed, 'ended')).toMatchObject({ answeredBy: 'requester' });
});

test('the figures of offices equal a recount, and name no office with few answers', async () => {
  await county.work();
  const days = ['2020-01-01', '2099-01-01'] as const;
  const [sums, recount] = await county.read(async (tx) => [
    await sumsBetween(tx, ...days),
    await recountBetween(tx, ...days),
  ]);
  expect(sums.length).toBeGreaterThan(0);
  expect(sums).toEqual(recount);
  const today = dayOf(county.app.now());
  const from = dayOf(new Date(county.app.now().getTime() - 300 * 86_400_000));
  const { body } = await county.call('supervisor', 'GET', `/api/call-back-figures?from=${from}&to=${today}`);
  const [office] = body.items;
  expect(office.answered + office.unreachable + office.lapsed).toBeGreaterThan(5);
  expect(office.enough ? typeof office.solvedRate : office.solvedRate).toBe(office.enough ? 'number' : null);
  const wrong = await county.call('supervisor', 'GET', `/api/call-back-figures?from=${today}&to=${from}`);
  expect(refusal(wrong)).toEqual([422, 'call-backs.days_wrong']);
});

describe('the script', () => {
  test('is set by class, from now on, and falls back to the general one', async () => {
    const words = {
      openingZh: '您好，路灯修好了吗？',
      openingEn: 'Good day, is the lamp repaired?',
      closingZh: '谢谢。',
      closingEn: 'Thank you.',
    };
    const script = { ...words, questions: [] };
    const path = '/api/call-back-scripts';
    expect((await county.call('dispatcher', 'POST', path, { classCode: '1101', script })).status).toBe(403);
    expect(refusal(await county.call('administrator', 'POST', path, { classCode: '9998', script }))).toEqual([
      422,
      'call-backs.class_unknown',
    ]);
    expect((await county.call('administrator', 'POST', path, { classCode: '1101', script })).status).toBe(201);
    const filed = await due();
    const { body } = await county.call('dispatcher', 'GET', `/api/call-backs/${filed.id}`);
    expect(body.script).toEqual(script);
    const all = await county.call('dispatcher', 'GET', path);
    expect(all.body.items.map((one: Json) => one.classCode).sort()).toEqual(['*', '1101']);
  });
});

// Weeks pass: sessions end with them, so this comes last.
describe('when weeks pass', () => {
  test('whom nobody asked in time has lapsed, a figure of its own; and a link opens nothing any more', async () => {
    const asked = await due();
    const code = linkOf(asked);
    const filed = await county.fileAsResident({ classCode: '1003', text: '白天也吵。' });
    await county.step('dispatcher', 'dispatch', filed.id, {
      leadId: await county.body('housing'),
      reason: '由它办理。',
    });
    for (const step of ['acceptance', 'handling']) await county.step('housing', step, filed.id);
    await county.step('housing', 'completion', filed.id, {
      result: '已处理。',
      files: [await county.photo('housing')],
    });
    await county.step('verifier', 'verification', filed.id);
    await recordVerification(county, filed.id, true);
    await county.work();
    expect(await listed('dispatcher', filed)).toMatchObject({ timing: 'after' });
    county.later(24 * 45);
    await county.work();
    const entry = await county.read((tx) => entriesOf(tx, filed.id));
    expect(entry).toMatchObject([{ state: 'lapsed', solved: null }]);
    const late = await county.call(null, 'POST', `/api/public/call-backs/${code}`, SOLVED);
    expect(refusal(late)).toEqual([410, 'call-backs.link_used']);
  });
});
