import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LAMP, openPortal, type Portal, THURSDAY, TOWN, VILLAGE } from './testing/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
beforeEach(() => portal.setNow(THURSDAY));
afterAll(() => portal.close());

/** Hours after the Thursday on which the tests begin. */
const later = (hours: number) => portal.setNow(new Date(THURSDAY.getTime() + hours * 3_600_000));

async function dispatched() {
  const receipt = await portal.file();
  const { dispatcher, lead } = portal.cast;
  const leadId = lead.posts[0]?.organisationId ?? '';
  later(1);
  await portal.does(receipt.number, dispatcher, {
    action: 'dispatch',
    leadId,
    assistIds: [],
    reason: '路灯归住建',
    instruction: null,
  });
  return receipt;
}

async function reportedDone() {
  const receipt = await dispatched();
  const { lead } = portal.cast;
  await portal.does(receipt.number, lead, { action: 'accept' });
  await portal.does(receipt.number, lead, { action: 'start' });
  later(26);
  const files = [await portal.photoBy(lead)];
  await portal.does(receipt.number, lead, { action: 'report_done', result: '三盏灯已换新灯头并试亮。', files });
  return receipt;
}

/** Checked by a call that reached the requester only to hear 'partly': he is still asked for his own word. */
async function askedForWord() {
  const receipt = await reportedDone();
  const { verifier } = portal.cast;
  await portal.does(receipt.number, verifier, { action: 'begin_verification' });
  await portal.does(receipt.number, verifier, {
    action: 'record_verification',
    passed: true,
    how: 'by_call',
    point: null,
    answer: { solved: 'partly', satisfaction: 'basically' },
    finding: '亮了，线还没有理好',
    files: [],
  });
  return { ...receipt, token: await portal.proof(receipt) };
}

const closing = { action: 'close', explanation: null } as const;
async function closed() {
  const asked = await askedForWord();
  await portal.does(asked.number, portal.cast.dispatcher, closing);
  return asked;
}

describe('filing', () => {
  test('answers number, query code, the centre that passes it on, and by when', async () => {
    const { status, body } = await portal.ask('POST', '/api/public/cases', { body: LAMP });
    expect(status).toBe(201);
    expect(body.number).toMatch(/^20261119-\d{6}-\d$/);
    expect(body.queryCode).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(body.officeName).toMatch(/社会治理(指挥)?中心$/);
    expect(Date.parse(body.dispatchDueAt)).toBeGreaterThan(THURSDAY.getTime());
    expect(Date.parse(body.dueAt)).toBeGreaterThan(Date.parse(body.dispatchDueAt));
  });

  test('twice with one key makes one request and gives one answer', async () => {
    const once = await portal.ask('POST', '/api/public/cases', { body: LAMP, key: 'a-lost-connection' });
    const again = await portal.ask('POST', '/api/public/cases', { body: LAMP, key: 'a-lost-connection' });
    expect(again.body).toEqual(once.body);
    const other = await portal.ask('POST', '/api/public/cases', {
      body: { ...LAMP, text: '另一件事，不是路灯' },
      key: 'a-lost-connection',
    });
    expect(other).toMatchObject({ status: 422, code: 'http.idempotency_mismatch' });
  });

  test('needs neither class, place, name nor phone', async () => {
    const bare = { classCode: null, place: { kind: 'unknown', detail: null }, name: null, phone: null };
    const receipt = await portal.file(bare);
    const { body } = await portal.ask('GET', '/api/public/my-case', { token: await portal.proof(receipt) });
    expect(body).toMatchObject({ className: '路灯', place: '麻城市', phase: 'received' });
  });

  test('in English is answered in English', async () => {
    const { body } = await portal.ask('POST', '/api/public/cases', { body: LAMP, locale: 'en' });
    expect(body.officeName).toMatch(/^[A-Z]/);
  });
});

describe('tracking', () => {
  test('takes the number as people type it', async () => {
    const { number, queryCode } = await portal.file();
    const typed = { number: ` ${number.replaceAll('-', ' ')} `, queryCode: queryCode.toLowerCase() };
    const { status, body } = await portal.ask('POST', '/api/public/tracking', { body: typed });
    expect(status).toBe(200);
    expect(body.number).toBe(number);
  });

  test('tells each step in words, who has it now, and what comes', async () => {
    const receipt = await dispatched();
    const { body } = await portal.ask('GET', '/api/public/my-case', { token: await portal.proof(receipt) });
    expect(body).toMatchObject({ phase: 'assigned', phaseText: '已转给承办单位', late: false, text: LAMP.text });
    expect(body.place).toBe('龙池桥街道 · 园林社区 · 菜市场后门');
    const told = body.steps.map((step: { state: string; title: string }) => `${step.state} ${step.title}`);
    expect(told[0]).toBe('done 收到您的反映');
    expect(told[1]).toMatch(/^done 转给.*住房/);
    expect(told[2]).toMatch(/^now 等.*接下$/);
    expect(told.slice(3)).toEqual([
      'todo 承办单位办理并答复您',
      'todo 由承办单位以外的人核实',
      'todo 请您说一句：解决了吗',
    ]);
  });

  test('shows the office’s answer, and that the requester is asked', async () => {
    const { token } = await askedForWord();
    const { body } = await portal.ask('GET', '/api/public/my-case', { token });
    const done = body.steps.find((step: { answer: unknown }) => step.answer !== null);
    expect(done.answer.text).toBe('三盏灯已换新灯头并试亮。');
    const photo = await portal.server.inject({ url: done.images[0].thumbnailUrl });
    expect(photo.headers['content-type']).toBe('image/webp');
    expect(body).toMatchObject({ phase: 'asking', can: { rate: { allowed: true }, reopen: { allowed: false } } });
    expect(body.can.reopen.reason).toBe('现在这一步不能做这个操作。请刷新，看看可以做什么。');
    expect(JSON.stringify(body)).not.toContain('线还没有理好');
  });

  test('says that the answer is late', async () => {
    const receipt = await dispatched();
    later(24 * 30);
    const { body } = await portal.ask('GET', '/api/public/my-case', { token: await portal.proof(receipt) });
    expect(body.late).toBe(true);
    expect(body.steps.find((step: { state: string }) => step.state === 'now').late).toBe(true);
  });
});

describe('the requester’s steps', () => {
  test('saying "solved" closes the request', async () => {
    const { token } = await askedForWord();
    const said = { solved: 'solved', satisfaction: 'satisfied', reason: '很快' };
    const { status, body } = await portal.ask('POST', '/api/public/my-case/rating', { token, body: said });
    expect(status).toBe(200);
    expect(body).toMatchObject({ phase: 'closed', rating: said, can: { rate: { allowed: false } } });
    expect(body.can.reopen).toMatchObject({ allowed: true, until: expect.any(String) });
  });

  test('saying "not solved" before it is closed sends it back', async () => {
    const { token } = await askedForWord();
    const said = { solved: 'unsolved', satisfaction: 'unsatisfied', reason: '又不亮了' };
    const { body } = await portal.ask('POST', '/api/public/my-case/rating', { token, body: said });
    expect(body).toMatchObject({ phase: 'working', phaseText: '退回重办' });
  });

  test('"not solved" on a closed request can ask at once for it to be taken up again', async () => {
    const { token } = await closed();
    const said = { solved: 'unsolved', satisfaction: 'unsatisfied', reopen: true };
    const silent = await portal.ask('POST', '/api/public/my-case/rating', { token, body: { ...said, reason: ' ' } });
    expect(silent).toMatchObject({ status: 422, code: 'open.reason_needed' });
    const { body } = await portal.ask('POST', '/api/public/my-case/rating', {
      token,
      body: { ...said, reason: '又坏了' },
    });
    expect(body).toMatchObject({ phase: 'received', phaseText: '重新办理' });
    expect(body.steps.map((step: { title: string }) => step.title)).toContain('您请他们再办');
  });

  test('reopening takes a reason and is offered while the window is open', async () => {
    const { token } = await closed();
    const { body } = await portal.ask('POST', '/api/public/my-case/reopening', {
      token,
      body: { reason: '又坏了一盏' },
    });
    expect(body).toMatchObject({ phase: 'received', can: { reopen: { allowed: false } } });
    const late = await closed();
    later(24 * 365);
    const fresh = await portal.proof(late);
    const refused = await portal.ask('POST', '/api/public/my-case/reopening', {
      token: fresh,
      body: { reason: '又坏' },
    });
    expect(refused).toMatchObject({ status: 409, code: 'cases.reopen_window_over' });
  });

  test('adding words and withdrawing', async () => {
    const receipt = await dispatched();
    const token = await portal.proof(receipt);
    const added = await portal.ask('POST', '/api/public/my-case/supplements', {
      token,
      body: { text: '后巷还有一盏' },
    });
    const step = added.body.steps.find((one: { title: string }) => one.title === '您补充了情况');
    expect(step.note).toBe('后巷还有一盏');
    const { body } = await portal.ask('POST', '/api/public/my-case/withdrawal', {
      token,
      body: { reason: '自己修好了' },
    });
    expect(body).toMatchObject({ phase: 'ended', can: { supplement: { allowed: false } } });
  });

  test('a repeated step with one key happens once', async () => {
    const receipt = await dispatched();
    const token = await portal.proof(receipt);
    const asked = { token, key: 'double-tap-1', body: { text: '后巷还有一盏' } };
    const first = await portal.ask('POST', '/api/public/my-case/supplements', asked);
    expect((await portal.ask('POST', '/api/public/my-case/supplements', asked)).body).toEqual(first.body);
    const { body } = await portal.ask('GET', '/api/public/my-case', { token });
    expect(body.steps.filter((one: { note: string }) => one.note === '后巷还有一盏')).toHaveLength(1);
  });
});

describe('what was made public', () => {
  const release = {
    action: 'release',
    answer: null,
    title: '路灯不亮',
    text: '菜市场附近三盏路灯不亮。',
    areaCode: VILLAGE,
    point: null,
    files: [],
  } as const;

  test('is the edited version, at a coarse place, and nothing else', async () => {
    const receipt = await dispatched();
    const hidden = await portal.ask('GET', `/api/public/cases/${receipt.number}`);
    expect(hidden).toMatchObject({ status: 404, code: 'open.not_public' });
    await portal.does(receipt.number, portal.cast.dispatcher, release);
    const { body } = await portal.ask('GET', `/api/public/cases/${receipt.number}`);
    expect(body).toMatchObject({ title: '路灯不亮', text: '菜市场附近三盏路灯不亮。', place: '龙池桥街道 · 园林社区' });
    expect(JSON.stringify(body)).not.toMatch(/王大爷|138|后门/);
    expect(body.answer).toBeNull();

    await portal.does(receipt.number, portal.cast.dispatcher, { ...release, answer: '已换三盏灯。' });
    const answered = await portal.ask('GET', `/api/public/cases/${receipt.number}`);
    expect(answered.body.answer).toMatchObject({ text: '已换三盏灯。', office: expect.stringContaining('住') });
  });

  test('is listed page by page, by place, class and stage', async () => {
    for (let count = 0; count < 3; count += 1) {
      const { number } = await dispatched();
      await portal.does(number, portal.cast.dispatcher, release);
    }
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await portal.ask(
        'GET',
        `/api/public/cases?limit=2&state=open&area=421181001&classCode=11${after}`,
      );
      seen.push(...body.items.map((one: { number: string }) => one.number));
      after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
    } while (after !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    const elsewhere = await portal.ask('GET', '/api/public/cases?area=421181100');
    expect(elsewhere.body).toEqual({ items: [], next: null });
  });

  test('stands on the map as one of its town, then of its village', async () => {
    const { number } = await dispatched();
    await portal.does(number, portal.cast.dispatcher, release);
    const county = await portal.ask('GET', '/api/public/map?state=open');
    expect(county.body).toMatchObject({
      areas: [{ code: TOWN, name: '龙池桥街道', lon: expect.any(Number) }],
      points: [],
    });
    const town = await portal.ask('GET', `/api/public/map?area=${TOWN}`);
    expect(town.body.areas).toMatchObject([{ code: VILLAGE, name: '园林社区' }]);
    expect(town.body.areas[0].count).toBeGreaterThan(0);
    const village = await portal.ask('GET', `/api/public/map?area=${VILLAGE}`);
    expect(village.body.areas).toEqual([]);
  });

  test('is taken down by the requester at any time', async () => {
    const receipt = await dispatched();
    const token = await portal.proof(receipt);
    await portal.does(receipt.number, portal.cast.dispatcher, release);
    const { body } = await portal.ask('POST', '/api/public/my-case/release-end', { token, body: {} });
    expect(body).toMatchObject({ released: false, can: { takeDown: { allowed: false } } });
    expect((await portal.ask('GET', `/api/public/cases/${receipt.number}`)).status).toBe(404);
  });

  test('stands on the home page for a week after it closed', async () => {
    const { number, token } = await askedForWord();
    await portal.does(number, portal.cast.dispatcher, release);
    await portal.ask('POST', '/api/public/my-case/rating', {
      token,
      body: { solved: 'solved', satisfaction: 'satisfied' },
    });
    const { body } = await portal.ask('GET', '/api/public/summary');
    const row = body.closedThisWeek.find((one: { number: string }) => one.number === number);
    expect(row).toMatchObject({ outcome: 'solved', outcomeText: '1 天办结，居民确认解决' });
    expect(body.released).toBeGreaterThan(0);
    later(24 * 9);
    const after = await portal.ask('GET', '/api/public/summary');
    expect(after.body.closedThisWeek).not.toContainEqual(expect.objectContaining({ number }));
  });
});

describe('requests of a phone', () => {
  test('are listed after a code, and each can be opened', async () => {
    const receipt = await portal.file({ phone: '13900139000' });
    await portal.ask('POST', '/api/public/phone-codes', { body: { phone: '13900139000' } });
    const code = /\d{6}/.exec(portal.sent.at(-1)?.text ?? '')?.[0];
    const session = await portal.ask('POST', '/api/public/resident-sessions', { body: { phone: '13900139000', code } });
    const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
    const { body } = await portal.ask('GET', '/api/public/my-cases', { cookie });
    expect(body.items).toMatchObject([{ number: receipt.number, phase: 'received', late: false, asks: false }]);
    const opened = await portal.ask('POST', `/api/public/my-cases/${receipt.number}/tracking`, { cookie });
    const own = await portal.ask('GET', '/api/public/my-case', { token: opened.body.token });
    expect(own.body.number).toBe(receipt.number);
  });
});

describe('settings', () => {
  test('name the place, the limits, and whether a phone can be used', async () => {
    const { body } = await portal.ask('GET', '/api/public/settings');
    expect(body).toMatchObject({
      jurisdiction: { code: '421181', name: '麻城市', shortName: '麻城' },
      phoneSignIn: true,
      limits: { textLength: 2000, photos: 10 },
    });
  });
});
