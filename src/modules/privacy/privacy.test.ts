import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { type County, MORNING, testCounty } from '../../testing/county.ts';
import { bring, caseAt } from '../../testing/ways.ts';
import { checkTenant } from '../cases/index.ts';
import { runRetention } from './index.ts';

let county: County;
let owner: pg.Client;
beforeAll(async () => {
  county = await testCounty();
  owner = new pg.Client({ connectionString: county.data.ownerUrl });
  await owner.connect();
  await owner.query('SET app.tenant = 421181');
});
afterAll(async () => {
  await owner.end();
  await county.close();
});

const tokenOf = async ({ number, queryCode }: { number: string; queryCode: string }) =>
  (await county.call(null, 'POST', '/api/public/tracking', { number, queryCode })).body.token;
const bearer = async (filed: { number: string; queryCode: string }) => ({
  authorization: `Bearer ${await tokenOf(filed)}`,
});
const own = async (filed: { number: string; queryCode: string }) =>
  (await county.call(null, 'GET', '/api/public/my-case/privacy', undefined, await bearer(filed))).body;
const ask = async (filed: { number: string; queryCode: string }, what: string, body: object) =>
  county.call(null, 'POST', `/api/public/my-case/${what}`, body, await bearer(filed));
const verify = () => {
  const actor = systemActor(county.tenant, 'test');
  return checkTenant(
    (work) => county.app.database.read(actor, work),
    actor,
    () => undefined,
  );
};
async function closed(over: object = {}) {
  const filed = await county.fileAsResident(over);
  await bring(county, filed, 'call_back');
  await county.step('dispatcher', 'call-back', filed.id, { answer: { solved: 'solved', satisfaction: 'satisfied' } });
  return filed;
}

/** An administrator enters the number of an office. */
async function giveNumber(kind: string, phone: string): Promise<void> {
  const path = `/api/organisations/${await county.body(kind)}`;
  const { organisation } = (await county.call('administrator', 'GET', path)).body;
  const { version, name, nameEn, shortName, complaintPhone } = organisation;
  const lines = {
    lineSuperiorId: organisation.lineSuperior?.id ?? null,
    directingBodyId: organisation.directingBody?.id ?? null,
  };
  const body = { version, name, nameEn, shortName, complaintPhone, ...lines, phone };
  expect((await county.call('administrator', 'PUT', path, body)).status).toBe(200);
}

describe('a look at an identity', () => {
  test('is shown to the requester: office, time and reason, no name; and never kept for repeats', async () => {
    const filed = await county.fileAsResident();
    const headers = { 'idempotency-key': 'look-once-0001' };
    const shown = await county.call(
      'dispatcher',
      'POST',
      `/api/cases/${filed.id}/unmasking`,
      { reason: '核实地点' },
      headers,
    );
    expect(shown.body).toMatchObject({ name: '汪小示', phone: '13800138000', visibleSeconds: 300 });
    expect(shown.headers['cache-control']).toBe('no-store');
    const { looks } = await own(filed);
    expect(looks).toMatchObject([
      { kind: 'unmasked', reason: '核实地点', office: expect.stringContaining('社会治理中心') },
    ]);
    expect(JSON.stringify(looks)).not.toContain('县调度');
    const { rows } = await owner.query("SELECT 1 FROM platform.idempotency WHERE key = 'look-once-0001'");
    expect(rows).toEqual([]);
  });

  test.each([{}, { reason: '' }, { reason: '   ' }, { reason: '看看' }])(
    'is refused without a reason: %o',
    async (body) => {
      const filed = await county.fileAsResident();
      const asked = await county.call('dispatcher', 'POST', `/api/cases/${filed.id}/unmasking`, body);
      expect([asked.status, asked.code]).toEqual([400, 'http.invalid_input']);
      expect((await own(filed)).looks).toEqual([]);
    },
  );

  test('by exact phone needs the right and a reason, is logged, told, and shown to the person', async () => {
    const filed = await county.fileAsResident({ phone: '13912340001' });
    const path = '/api/privacy/phone-look-ups';
    const asked = { phone: '139 1234 0001', reason: '本人来电询问进度' };
    for (const who of ['townDispatcher', 'housing', 'administrator', 'supervisor', 'auditor'] as const) {
      expect((await county.call(who, 'POST', path, asked)).status).toBe(403);
    }
    expect((await county.call('dispatcher', 'POST', path, { ...asked, reason: '' })).status).toBe(400);
    const found = await county.call('dispatcher', 'POST', path, asked);
    expect(found.body).toMatchObject({ items: [{ number: filed.number }], hidden: 0 });
    expect((await own(filed)).looks).toMatchObject([{ kind: 'looked_up', reason: asked.reason }]);
    const logged = await county.call('auditor', 'GET', '/api/audit/entries?action=requesters.look_up');
    expect(logged.body.items).toHaveLength(1);
    await county.work();
    const { rows } = await owner.query(
      "SELECT channel FROM messages.delivery WHERE case_id = $1 AND notice = 'looked_up'",
      [filed.id],
    );
    const { rows: bundles } = await owner.query('SELECT bundled FROM messages.delivery WHERE case_id = $1', [filed.id]);
    expect(rows.length + Number(bundles[0]?.bundled > 1)).toBeGreaterThan(0);
  });

  test('is not needed to reach the requester: words and the office’s number go to him, his number to nobody', async () => {
    const filed = await caseAt(county, 'in_progress');
    const path = `/api/cases/${filed.id}/contact-requests`;
    await giveNumber('housing', '0713-2912345');
    const version = (await county.caseOf('housing', filed.id)).body.version;
    const sent = await county.call('housing', 'POST', path, {
      how: 'call_back',
      text: '想确认灯杆编号。',
      expectedVersion: version,
    });
    expect(sent.status).toBe(201);
    expect(JSON.stringify(sent.body)).not.toContain('13800138000');
    const progress = (await county.asRequester(filed)).body;
    const answer = JSON.stringify(progress.steps);
    expect(answer).toContain('想确认灯杆编号。');
    expect(answer).toContain('致电');
    await county.asRequester(filed, 'supplements', { text: '编号 YL-12。', fileIds: [] });
    const seen = (await county.caseOf('housing', filed.id)).body;
    expect(JSON.stringify(seen)).toContain('编号 YL-12。');
    expect(JSON.stringify(seen)).not.toContain('13800138000');
    expect(
      (await county.call('enforcement', 'POST', path, { how: 'message', text: '您好', expectedVersion: 1 })).status,
    ).toBe(404);
  });
});

describe('the notice and consent', () => {
  test('are kept with the filing, by version; taking back consent is kept, too', async () => {
    const filed = await county.fileAsResident();
    expect(await own(filed)).toMatchObject({
      noticeVersion: 1,
      consents: [{ purpose: 'publication', withdrawnAt: null }],
    });
    const notice = (await county.call(null, 'GET', '/api/public/privacy-notice')).body;
    expect(notice.parts.map((part: { key: string }) => part.key)).toEqual(
      expect.arrayContaining(['who', 'what', 'keep', 'rights']),
    );
    const { items } = (await county.call('administrator', 'GET', '/api/privacy/notices')).body;
    const added = await county.call('administrator', 'POST', '/api/privacy/notices', { parts: items[0].parts });
    expect(added.body).toEqual({ version: 2 });
    const later = await county.fileAsResident({ publishConsent: false });
    expect(await own(later)).toMatchObject({ noticeVersion: 2, consents: [] });
    const lacking = {
      'zh-CN': items[0].parts['zh-CN'].filter((part: { key: string }) => part.key !== 'rights'),
      en: items[0].parts.en,
    };
    expect((await county.call('administrator', 'POST', '/api/privacy/notices', { parts: lacking })).code).toBe(
      'privacy.notice_incomplete',
    );
  });
});

describe('a class that tells of health, a child and the like', () => {
  const counsel = { classCode: '1404', publishConsent: false };

  test('needs a consent of its own, for that class alone', async () => {
    await expect(county.fileAsResident(counsel)).rejects.toThrow('open.consent_needed');
    const filed = await county.fileAsResident({ ...counsel, sensitiveConsent: true });
    expect((await own(filed)).consents).toMatchObject([{ purpose: 'sensitive', withdrawnAt: null }]);
    const lamp = await county.fileAsResident({ publishConsent: false, sensitiveConsent: true });
    expect((await own(lamp)).consents).toEqual([]);
    expect((await county.asRequester(lamp, 'sensitive-consent-end')).code).toBe('open.nothing_agreed');
  });

  test('the consent can be taken back once, and the case says so', async () => {
    const filed = await county.fileAsResident({ ...counsel, sensitiveConsent: true });
    const ended = await county.asRequester(filed, 'sensitive-consent-end');
    expect(JSON.stringify(ended.body.steps)).toContain('撤回了对处理敏感个人信息的同意');
    expect((await own(filed)).consents).toMatchObject([{ purpose: 'sensitive', withdrawnAt: expect.any(String) }]);
    expect((await county.asRequester(filed, 'sensitive-consent-end')).code).toBe('open.nothing_agreed');
  });
});

describe('requests of people', () => {
  test('to correct are decided by an officer on a clock; granting puts it right', async () => {
    const filed = await county.fileAsResident();
    expect((await ask(filed, 'corrections', {})).code).toBe('privacy.nothing_to_correct');
    expect((await ask(filed, 'corrections', { phone: '123' })).code).toBe('requesters.bad_phone');
    const asked = await ask(filed, 'corrections', { phone: '13912340002', text: '号码写错了' });
    expect(asked.body).toMatchObject({ state: 'open', asked: { phone: '139****0002', text: '号码写错了' } });
    // Fifteen working days; Qingming lies in between.
    expect(asked.body.dueAt.slice(0, 10)).toBe('2026-03-31');
    expect((await ask(filed, 'corrections', { name: '汪' })).code).toBe('privacy.asked_already');
    const open = await county.call('supervisor', 'GET', '/api/privacy/requests');
    const one = open.body.items.find((item: { number: string }) => item.number === filed.number);
    expect(JSON.stringify(open.body)).not.toContain('13912340002');
    const decided = await county.call('supervisor', 'POST', `/api/privacy/requests/${one.id}/decision`, {
      grant: true,
      answer: '已改。',
    });
    expect(decided.body).toMatchObject({ state: 'granted', answer: '已改。' });
    expect(
      (
        await county.call('supervisor', 'POST', `/api/privacy/requests/${one.id}/decision`, {
          grant: true,
          answer: '已改。',
        })
      ).code,
    ).toBe('privacy.decided_already');
    expect((await county.caseOf('dispatcher', filed.id)).body.requester.phone).toBe('139****0002');
    expect((await own(filed)).requests).toMatchObject([{ state: 'granted', answer: '已改。' }]);
  });

  test('to delete take the identity of an ended case at once; the words need a decision', async () => {
    const open = await county.fileAsResident();
    expect((await ask(open, 'deletions', { what: 'identity' })).body).toMatchObject({
      done: false,
      request: { kind: 'deletion' },
    });
    const filed = await closed();
    expect((await ask(filed, 'deletions', { what: 'identity' })).body).toEqual({ done: true, request: null });
    expect((await own(filed)).erased).toMatchObject({ what: ['identity'], order: `requester ${filed.number}` });
    const { rows } = await owner.query(
      'SELECT r.* FROM requesters.requester r JOIN cases.case_file c ON c.requester_id = r.id WHERE c.id = $1',
      [filed.id],
    );
    expect(rows).toMatchObject([{ name: null, phone: null, phone_index: null, salt: null }]);
    const words = await ask(filed, 'deletions', { what: 'content' });
    expect(words.body.done).toBe(false);
    await county.call('supervisor', 'POST', `/api/privacy/requests/${words.body.request.id}/decision`, {
      grant: true,
      answer: '同意删除。',
    });
    const gone = (await county.asRequester(filed)).body;
    expect(gone.text).toBe('');
    const check = await verify();
    expect(check.broken).toEqual([]);
    expect(check.erased).toBeGreaterThan(0);
  });

  test('for a copy answer everything: masked by code, in full by the phone itself', async () => {
    const filed = await county.fileAsResident({ phone: '13912340003' });
    const masked = await county.call(null, 'GET', '/api/public/my-data', undefined, await bearer(filed));
    expect(masked.body).toMatchObject({
      full: false,
      cases: [{ number: filed.number, identity: { phone: '139****0003' } }],
    });
    await county.call(null, 'POST', '/api/public/phone-codes', { phone: '13912340003' });
    const code = /\d{6}/.exec(county.sent.at(-1)?.text ?? '')?.[0] ?? '';
    const session = await county.call(null, 'POST', '/api/public/resident-sessions', { phone: '13912340003', code });
    const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
    const full = await county.call(null, 'GET', '/api/public/my-data', undefined, { cookie });
    expect(full.body).toMatchObject({
      full: true,
      cases: [{ number: filed.number, identity: { phone: '13912340003', name: '汪小示' } }],
    });
    expect(JSON.stringify(full.body.cases[0])).toContain(filed.number);
    expect((await county.call(null, 'GET', '/api/public/my-data')).status).toBe(401);
  });
});

describe('the list after a breach', () => {
  test('names every case an account read in the window, as a table safe from formulas, with the reason kept', async () => {
    const filed = await county.fileAsResident();
    await county.call('dispatcher', 'POST', `/api/cases/${filed.id}/unmasking`, { reason: '核实地点' });
    const from = new Date(county.app.now().getTime() - 3_600_000).toISOString();
    const to = new Date(county.app.now().getTime() + 3_600_000).toISOString();
    const asked = { from, to, account: county.players.dispatcher.userId, address: null, reason: '账号可能被盗用' };
    expect((await county.call('administrator', 'POST', '/api/privacy/affected-lists', asked)).status).toBe(403);
    const made = await county.call('auditor', 'POST', '/api/privacy/affected-lists', asked);
    expect(made.body.cases).toBeGreaterThan(0);
    expect(made.body.csv).toContain(filed.number);
    expect(made.body.csv).not.toMatch(/(^|,|\n)[=+@]/);
    const other = { ...asked, account: county.players.verifier.userId };
    expect((await county.call('auditor', 'POST', '/api/privacy/affected-lists', other)).body.cases).toBe(0);
    const { rows } = await owner.query('SELECT reason FROM privacy.affected_list');
    expect(rows).toHaveLength(2);
    expect(rows[0].reason.includes(Buffer.from('盗用'))).toBe(false);
  });
});

describe('retention', () => {
  test('by an order erases one ended case, never one that is open, and says by which order', async () => {
    const open = await county.fileAsResident();
    const filed = await closed();
    const by = (number: string, what: readonly string[] = ['identity', 'content']) =>
      county.call('administrator', 'POST', '/api/privacy/erasures', { number, what, order: '麻公函〔2026〕7号' });
    expect((await by(open.number)).code).toBe('cases.not_ended');
    expect((await by(open.number, ['identity'])).code).toBe('cases.not_ended');
    expect((await by('20260310-000999-9')).code).toBe('privacy.no_case');
    expect((await by(filed.number)).body).toEqual({ erased: ['identity', 'content'] });
    expect((await by(filed.number)).body).toEqual({ erased: [] });
    const listed = await county.call('administrator', 'GET', '/api/privacy/erasures');
    expect(listed.body.items[0]).toMatchObject({ number: filed.number, order: '麻公函〔2026〕7号', automatic: false });
    expect((await verify()).broken).toEqual([]);
    expect((await county.call('dispatcher', 'GET', `/api/cases/${filed.id}`)).status).toBe(200);
  });

  test('with the clock moved on erases what is due, class by class, and the chains still verify', async () => {
    const lamp = await closed({ classCode: '1101' });
    const waste = await county.fileAsResident({ classCode: '0901' });
    await county.asRequester(waste, 'withdrawal', { reason: '已经有人清走了' });
    const rule = { classPrefix: '09', identityMonths: 6, contentMonths: 12, basis: '示例规定第 3 条' };
    expect(
      (await county.call('administrator', 'POST', '/api/privacy/retention', { ...rule, contentMonths: 3 })).code,
    ).toBe('privacy.content_before_identity');
    expect((await county.call('administrator', 'POST', '/api/privacy/retention', rule)).status).toBe(201);
    const preview = async () => (await county.call('administrator', 'GET', '/api/privacy/retention/preview')).body;
    expect((await preview()).rows).toEqual([]);
    expect(await runRetention(county.app)).toEqual({ identity: 0, content: 0 });

    county.later(24 * 190);
    expect((await county.call('administrator', 'GET', '/api/auth/me')).status).toBe(401);
    expect(await runRetention(county.app)).toEqual({ identity: 1, content: 0 });
    county.later(24 * 190);
    expect(await runRetention(county.app)).toEqual({ identity: 0, content: 1 });
    county.later(24 * 365);
    const third = await runRetention(county.app);
    expect(third.identity).toBeGreaterThan(0);
    expect(third.content).toBe(0);
    expect(await runRetention(county.app)).toEqual({ identity: 0, content: 0 });

    const { rows } = await owner.query(
      `SELECT c.id, t.erasure_order, t.body, e.content IS NULL AS gone, e.salt, e.erased_by FROM cases.case_file c
       JOIN cases.case_text t ON t.case_id = c.id JOIN cases.event_content e ON e.case_id = c.id WHERE c.id = $1`,
      [waste.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ body: '', gone: true, salt: null, erased_by: expect.stringMatching(/^retention /) });
    }
    const kept = await owner.query('SELECT body FROM cases.case_text WHERE case_id = $1', [lamp.id]);
    expect(kept.rows[0].body).not.toBe('');
    const check = await verify();
    expect(check.broken).toEqual([]);
    expect(check.erased).toBeGreaterThan(0);
    county.setNow(MORNING);
  });
});
