import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import { auditModule } from '../../platform/audit/module.ts';
import { type Role, systemActor } from '../../platform/auth/actor.ts';
import { NotSent, type Notifier, type Outgoing } from '../../platform/notify/notifier.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { drainOutbox } from '../../platform/outbox/outbox-worker.ts';
import { quietLog } from '../../platform/testing/database.ts';
import { type TestApp, testApp } from '../../platform/testing/test-app.ts';
import { loadDivisions } from '../areas/index.ts';
import {
  countyCommandCentre,
  createPost,
  findOrganisationByKind,
  loadOrganisations,
  postsOfUser,
  savePerson,
} from '../organisations/index.ts';
import { eraseRequester, saveRequester } from '../requesters/index.ts';
import { messagesModule } from './index.ts';
import { NOTICES } from './rules/notices.ts';
import { sendDue } from './send.ts';

const TENANT = 421181;
const system = systemActor(TENANT, 'test');
let office: TestApp;
let centreId: string;
let leadId: string;
let handler: { userId: string; cookie: string };
let dispatcher: { userId: string; cookie: string };
let admin: { userId: string; cookie: string };

const sent: Outgoing[] = [];
let failWith: NotSent | null = null;
const notifier: Notifier = {
  channels: ['sms', 'mail'],
  async send(message) {
    if (failWith) throw failWith;
    sent.push(message);
  },
  async close() {},
};

beforeAll(async () => {
  office = await testApp({ modules: [messagesModule, auditModule], posts: postsOfUser, notifier });
  await office.app.database.transact(system, async (tx) => {
    await loadDivisions(tx, '421181');
    await loadOrganisations(tx, { at: new Date() });
    centreId = (await countyCommandCentre(tx)).id;
    const housing = await findOrganisationByKind(tx, 'housing');
    leadId = housing?.id ?? '';
  });
  handler = await person('handler', leadId, 'handler', 'handler@example.org');
  dispatcher = await person('dispatcher', centreId, 'dispatcher');
  admin = await person('admin', centreId, 'administrator');
});
beforeEach(async () => {
  office.setNow(null);
  sent.length = 0;
  failWith = null;
  await office.app.database.transact(system, async (tx) => {
    await sql`DELETE FROM messages.inbox_item WHERE tenant_id = ${TENANT}`.execute(tx);
    await sql`DELETE FROM messages.delivery WHERE tenant_id = ${TENANT}`.execute(tx);
  });
});
afterAll(() => office.close());

async function person(username: string, organisationId: string, role: Role, mail?: string) {
  const account = await office.app.auth.createAccount({
    username,
    name: username,
    password: 'lantern over the reservoir',
    mail,
  });
  if (isRefusal(account)) throw new Error(account.code);
  await office.app.database.transact(system, async (tx) => {
    await savePerson(tx, { userId: account.id, name: username });
    const post = await createPost(
      tx,
      system,
      { userId: account.id, organisationId, role, scope: ['421181'] },
      new Date(),
    );
    if (isRefusal(post)) throw new Error(post.code);
  });
  return office.signIn(username, []);
}

async function requester(given: object): Promise<string> {
  const saved = await office.app.database.transact(system, (tx) => saveRequester(tx, office.app.vault, given));
  if (isRefusal(saved)) throw new Error(saved.code);
  return saved.id;
}

type Happening = { kind: string; subject: string; at?: Date; over?: object };

/** Publishes as cases does, and lets the consumer work. */
async function happen({ kind, subject, at = office.app.now(), over = {} }: Happening): Promise<void> {
  const payload = {
    ...{
      seq: 1,
      number: '20261102-000123-4',
      state: 'dispatched',
      areaCode: '421181',
      lane: 'services',
      classCode: '11',
    },
    ...{ sensitivity: 'normal', requesterId: null, commandCentreId: centreId, leadId, assistIds: [] },
    ...{ stage: 'acceptance', stageDueAt: '2026-11-03T09:30:00Z', actorId: 'someone' },
    ...over,
  };
  await office.app.database.transact(system, (tx) => publish(tx, { tenant: TENANT, kind, subject, at, payload }));
  await drainOutbox({
    database: office.app.database,
    tenant: TENANT,
    consumers: messagesModule.consumers?.(office.app) ?? [],
    now: office.app.now,
    log: quietLog,
  });
}
const get = async (url: string, cookie: string) => (await office.server.inject({ url, headers: { cookie } })).json();
const inbox = (cookie: string, query = '') => get(`/api/messages/inbox?${query}`, cookie);
const later = (minutes: number) => office.setNow(new Date(office.app.now().getTime() + minutes * 60_000));

const statesOf = (recipientId: string) =>
  office.app.database.read(system, async (tx) => {
    const found = await sql<{ state: string }>`
      SELECT state FROM messages.delivery WHERE tenant_id = ${TENANT} AND recipient_id = ${recipientId}`.execute(tx);
    return found.rows.map((row) => row.state);
  });

describe('the inbox', () => {
  test('tells whose turn it is, in his language, and counts what is unread', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.dispatched', subject });
    const { items } = await inbox(handler.cookie);
    expect(items[0]).toMatchObject({
      caseId: subject,
      notice: 'assigned',
      subject: '新派事项 20261102-000123-4',
      read: false,
    });
    expect(items[0].body).toContain('2026-11-03 17:30');
    const english = await office.server.inject({
      url: '/api/messages/inbox',
      headers: { cookie: handler.cookie, 'accept-language': 'en' },
    });
    expect(english.json().items[0].subject).toBe('New case 20261102-000123-4');
    expect((await get('/api/messages/unread', handler.cookie)).count).toBeGreaterThan(0);
    expect((await inbox(dispatcher.cookie)).items).toEqual([]);
  });

  test('makes one of what happens to a case within ten minutes', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.dispatched', subject });
    later(4);
    await happen({ kind: 'case.returned', subject });
    const bundle = (await inbox(handler.cookie)).items.filter((item: { caseId: string }) => item.caseId === subject);
    expect(bundle).toMatchObject([{ bundled: 2 }]);
    later(20);
    await happen({ kind: 'case.rated', subject });
    const items = (await inbox(handler.cookie)).items.filter((item: { caseId: string }) => item.caseId === subject);
    expect(items.map((item: { notice: string }) => item.notice)).toEqual(['rated', 'assigned']);
  });

  test('keeps silent about what one did oneself', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.objected', subject, over: { actorId: dispatcher.userId } });
    expect((await inbox(dispatcher.cookie)).items).toEqual([]);
    await happen({ kind: 'case.objected', subject, over: { actorId: handler.userId } });
    expect((await inbox(dispatcher.cookie)).items).toMatchObject([{ notice: 'objection' }]);
  });

  test('says nothing of a sealed case but its number', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.dispatched', subject, over: { sensitivity: 'sealed', number: '20261102-000777-1' } });
    const [item] = (await inbox(handler.cookie)).items;
    expect(item.body).toContain('保密事项');
    expect(item.body).not.toContain('麻城');
  });

  test('is read by its owner alone', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.dispatched', subject });
    const read = (cookie: string, payload: object) =>
      office.server.inject({ method: 'POST', url: '/api/messages/inbox/reading', payload, headers: { cookie } });
    const [item] = (await inbox(handler.cookie, 'unread=true')).items;
    await read(dispatcher.cookie, { ids: [item.id] });
    expect((await inbox(handler.cookie, 'unread=true')).items[0].id).toBe(item.id);
    await read(handler.cookie, { caseId: subject });
    expect((await inbox(handler.cookie, 'unread=true')).items[0]?.id).not.toBe(item.id);
    await read(handler.cookie, { until: new Date(Date.now() + 60_000).toISOString() });
    expect(await get('/api/messages/unread', handler.cookie)).toEqual({ count: 0, more: false });
    expect((await read(handler.cookie, {})).statusCode).toBe(400);
    expect((await office.server.inject({ url: '/api/messages/inbox' })).statusCode).toBe(401);
  });

  test('takes what was days ago as read', async () => {
    await happen({ kind: 'case.dispatched', subject: crypto.randomUUID(), at: new Date(Date.now() - 5 * 86_400_000) });
    expect(await get('/api/messages/unread', handler.cookie)).toEqual({ count: 0, more: false });
  });

  test('counts no further than 999', async () => {
    await office.app.database.transact(system, (tx) =>
      sql`INSERT INTO messages.inbox_item (tenant_id, id, user_id, case_id, notice, params, bundled, first_at, at)
        SELECT ${TENANT}, gen_random_uuid(), 'full', gen_random_uuid(), 'late', '{}', 1, now(), now()
        FROM generate_series(1, 1200)`.execute(tx),
    );
    await office.app.database.transact(system, (tx) =>
      sql`UPDATE messages.inbox_item SET user_id = ${admin.userId} WHERE tenant_id = ${TENANT} AND user_id = 'full'`.execute(
        tx,
      ),
    );
    expect(await get('/api/messages/unread', admin.cookie)).toEqual({ count: 999, more: true });
  });
});

describe('a requester', () => {
  test('is told by text message: number and where to ask, nothing of the matter or himself', async () => {
    const requesterId = await requester({ name: '汪秀英', phone: '13800138000', mail: 'wang@example.org' });
    await happen({ kind: 'case.registered', subject: crypto.randomUUID(), over: { requesterId, leadId: null } });
    expect(await sendDue(office.app)).toBe(1);
    expect(sent).toMatchObject([{ channel: 'sms', to: '13800138000' }]);
    expect(sent[0]?.text).toContain('20261102-000123-4');
    expect(sent[0]?.text).toContain('/track/20261102-000123-4');
    expect(sent[0]?.text).not.toMatch(/汪|138/);
  });

  test('is told by mail when there is no mobile, and not at all when there is nothing', async () => {
    const byMail = await requester({ phone: '0713-2912345', mail: 'li@example.org' });
    const silent = await requester({ name: '李' });
    await happen({ kind: 'case.closed', subject: crypto.randomUUID(), over: { requesterId: byMail } });
    await happen({ kind: 'case.closed', subject: crypto.randomUUID(), over: { requesterId: silent } });
    await sendDue(office.app);
    expect(sent).toMatchObject([{ channel: 'mail', to: 'li@example.org', subject: '请您评价办理结果' }]);
  });

  test('gets one message for several things within ten minutes', async () => {
    const requesterId = await requester({ phone: '13800138001' });
    const subject = crypto.randomUUID();
    const over = { requesterId };
    await happen({ kind: 'case.registered', subject, over });
    await sendDue(office.app);
    later(2);
    await happen({ kind: 'case.replied', subject, over });
    later(2);
    await happen({ kind: 'case.closed', subject, over });
    await sendDue(office.app);
    expect(sent).toHaveLength(1);
    later(7);
    await sendDue(office.app);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text).toContain('已办结');
  });

  test('whose identity was erased meanwhile is sent nothing', async () => {
    const requesterId = await requester({ phone: '13800138002' });
    await happen({ kind: 'case.registered', subject: crypto.randomUUID(), over: { requesterId } });
    await office.app.database.transact(system, (tx) =>
      eraseRequester(tx, system, requesterId, { order: '1', at: new Date() }),
    );
    await sendDue(office.app);
    expect(sent).toEqual([]);
  });

  test('hears nothing of what was days ago', async () => {
    const requesterId = await requester({ phone: '13800138003' });
    await happen({
      kind: 'case.closed',
      subject: crypto.randomUUID(),
      at: new Date(Date.now() - 5 * 86_400_000),
      over: { requesterId },
    });
    expect(await sendDue(office.app)).toBe(0);
  });
});

describe('officers', () => {
  test('also get mail of what must not wait, with a link to the case', async () => {
    const subject = crypto.randomUUID();
    await happen({ kind: 'case.ran_late', subject, over: { state: 'in_progress' } });
    await sendDue(office.app);
    expect(sent).toMatchObject([{ channel: 'mail', to: 'handler@example.org', subject: '已超时 20261102-000123-4' }]);
    expect(sent[0]?.text).toContain(`/office/cases/${subject}`);
  });
});

describe('what cannot be sent', () => {
  const fail = async (error: NotSent, phone: string) => {
    const requesterId = await requester({ phone });
    await happen({ kind: 'case.registered', subject: crypto.randomUUID(), over: { requesterId } });
    failWith = error;
    await sendDue(office.app);
  };
  const failures = () => get('/api/messages/failures', admin.cookie);

  test('is tried again later, less and less often', async () => {
    await fail(new NotSent('sms_503', { permanent: false }), '13800138010');
    expect(await sendDue(office.app)).toBe(0);
    failWith = null;
    later(0.1);
    expect(await sendDue(office.app)).toBe(1);
    expect(sent).toHaveLength(1);
  });

  test('for good is listed without address or words, and can be sent again', async () => {
    await fail(new NotSent('sms_422', { permanent: true }), '13800138011');
    const [failed] = (await failures()).items;
    expect(failed).toMatchObject({
      channel: 'sms',
      error: 'sms_422',
      notice: 'received',
      recipient: 'requester',
      attempts: 1,
    });
    // The whole number: three of its digits may stand in any id.
    expect(JSON.stringify(failed)).not.toContain('13800138011');
    failWith = null;
    const url = `/api/messages/failures/${failed.id}`;
    const headers = { cookie: admin.cookie };
    expect((await office.server.inject({ method: 'POST', url: `${url}/retry`, headers })).statusCode).toBe(200);
    await sendDue(office.app);
    expect(sent).toMatchObject([{ to: '13800138011' }]);
    expect((await office.server.inject({ method: 'POST', url: `${url}/retry`, headers })).json()).toMatchObject({
      code: 'messages.delivery_not_found',
    });
  });

  test('is given up after twelve tries, and may be taken off the list', async () => {
    await fail(new NotSent('sms_timeout', { permanent: false }), '13800138012');
    for (let turn = 1; turn < 12; turn += 1) {
      later(61);
      await sendDue(office.app);
    }
    later(61);
    expect(await sendDue(office.app)).toBe(0);
    // Back to the present, where the administrator's session still is.
    office.setNow(null);
    const [failed] = (await failures()).items;
    expect(failed).toMatchObject({ error: 'sms_timeout', attempts: 12 });
    const url = `/api/messages/failures/${failed.id}`;
    await office.server.inject({ method: 'DELETE', url, headers: { cookie: admin.cookie } });
    expect((await failures()).items.map((each: { id: string }) => each.id)).not.toContain(failed.id);
  });

  test('because its sender died is taken up by another after two minutes', async () => {
    const requesterId = await requester({ phone: '13800138013' });
    await happen({ kind: 'case.registered', subject: crypto.randomUUID(), over: { requesterId } });
    const dying: Notifier['send'] = () => new Promise(() => undefined);
    const stuck = { ...office.app, notifier: { ...notifier, send: dying } };
    void sendDue(stuck);
    await expect.poll(() => statesOf(requesterId)).toEqual(['sending']);
    expect(await sendDue(office.app)).toBe(0);
    later(3);
    await sendDue(office.app);
    expect(sent).toMatchObject([{ to: '13800138013' }]);
  });
});

describe('a sign-in on a new device', () => {
  test('is told to the holder alone, and leads to where he ends it', async () => {
    await happen({ kind: 'account.new_device', subject: handler.userId });

    const [item] = (await inbox(handler.cookie)).items;
    expect(item).toMatchObject({ notice: 'new_device', about: { kind: 'account', id: handler.userId } });
    expect((await inbox(dispatcher.cookie)).items).toEqual([]);
  });
});

describe('wording', () => {
  const put = (notice: string, locale: string, payload: object, cookie = admin.cookie) =>
    office.server.inject({
      method: 'PUT',
      url: `/api/messages/templates/${notice}/${locale}`,
      payload,
      headers: { cookie },
    });

  test('of an administrator takes the place of the shipped one from then on', async () => {
    const changed = await put('received', 'zh-CN', { subject: '已收到', body: '收到啦：{number}' });
    expect(changed.json()).toMatchObject({ subject: '已收到', toRequester: true });
    const requesterId = await requester({ phone: '13800138020' });
    later(1);
    await happen({ kind: 'case.registered', subject: crypto.randomUUID(), over: { requesterId } });
    await sendDue(office.app);
    expect(sent.map((message) => message.text)).toEqual(['收到啦：20261102-000123-4']);
    const listed = await get('/api/messages/templates', admin.cookie);
    expect(listed.items).toHaveLength(NOTICES.length * 2);
    expect(listed.items.filter((each: { since: string | null }) => each.since !== null)).toHaveLength(1);
  });

  test('that would tell the matter to whoever holds the phone is refused', async () => {
    const refused = await put('closed', 'zh-CN', { subject: '已办结', body: '{number} {what}' });
    expect(refused.json()).toMatchObject({ status: 422, code: 'messages.placeholder_unknown' });
    expect((await put('nothing', 'zh-CN', { subject: 'ab', body: '{number}' })).statusCode).toBe(404);
  });
});

describe('permissions', () => {
  test.each([
    ['GET', '/api/messages/failures'],
    ['POST', `/api/messages/failures/${crypto.randomUUID()}/retry`],
    ['DELETE', `/api/messages/failures/${crypto.randomUUID()}`],
    ['GET', '/api/messages/templates'],
    ['PUT', '/api/messages/templates/closed/en'],
  ] as const)('%s %s is for administrators', async (method, url) => {
    expect((await office.server.inject({ method, url })).statusCode).toBe(401);
    expect((await office.server.inject({ method, url, headers: { cookie: handler.cookie } })).statusCode).toBe(403);
  });
});

describe('the mailbox page', () => {
  test('exists in the demo alone', async () => {
    expect((await office.server.inject('/api/public/mailbox')).json()).toEqual({ items: [], next: null });
    const real = await testApp({ modules: [messagesModule], environment: { GONGZHI_DEMO: 'false' } });
    expect((await real.server.inject('/api/public/mailbox')).json()).toMatchObject({
      status: 404,
      code: 'http.not_found',
    });
    await real.close();
  });
});
