import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import { auditModule } from '../../platform/audit/module.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import { type TestApp, testApp } from '../../platform/testing/test-app.ts';
import {
  checkRequester,
  contactOf,
  eraseRequester,
  findResident,
  maskedRequester,
  requesterIdsByPhone,
  requesterIdsByPhoneEnding,
  requestersModule,
  saveRequester,
  unmaskRequester,
} from './index.ts';
import { purgeResidentSessions } from './phone-codes.ts';

let portal: TestApp;
let owner: pg.Client;
const system = systemActor(421181, 'test');
const dispatcher: Actor = { kind: 'officer', tenant: 421181, userId: 'u-dispatcher', name: '方敏', posts: [] };

beforeAll(async () => {
  portal = await testApp({ modules: [requestersModule, auditModule], resident: findResident });
  owner = new pg.Client({ connectionString: portal.data.ownerUrl });
  await owner.connect();
  await owner.query('SET app.tenant = 421181');
});
beforeEach(() => portal.setNow(null));
afterAll(async () => {
  await owner.end();
  await portal.close();
});

const wang = { name: '汪秀英', phone: '138 0013 8000', mail: 'Wang@Example.org' };

async function save(given: object = wang) {
  const saved = await portal.app.database.transact(system, (tx) => saveRequester(tx, portal.app.vault, given));
  if (isRefusal(saved)) throw new Error(saved.code);
  return saved;
}
const masked = (id: string) => portal.app.database.read(system, (tx) => maskedRequester(tx, portal.app.vault, id));

describe('the identity of a requester', () => {
  test('lies in the database in no readable form', async () => {
    const { id } = await save();
    const { rows } = await owner.query('SELECT r::text FROM requesters.requester r WHERE id = $1', [id]);
    expect(rows).toHaveLength(1);
    for (const word of ['汪', '13800138000', 'Wang', 'example', Buffer.from('13800138000').toString('hex')]) {
      expect(rows[0].r).not.toContain(word);
    }
  });

  test('is shown masked until someone says why he needs it', async () => {
    const { id } = await save();
    expect(await masked(id)).toEqual({ name: '汪**', phone: '138****8000', mail: 'W***@example.org' });
  });

  test('is unmasked with a reason that is kept, and an entry in the record', async () => {
    const { id } = await save();
    const plain = await portal.app.database.transact(dispatcher, (tx) =>
      unmaskRequester(tx, portal.app.vault, dispatcher, id, {
        reason: '回访核实处理结果',
        organisationId: null,
        at: new Date(),
      }),
    );
    expect(plain).toEqual({ name: '汪秀英', phone: '13800138000', mail: 'Wang@example.org' });
    const { rows } = await owner.query(
      `SELECT e.actor_id, e.action, e.details->>'unmasking' = u.id::text AS joined, u.reason
       FROM platform.audit_entry e JOIN requesters.unmasking u ON u.requester_id::text = e.target_id WHERE e.target_id = $1`,
      [id],
    );
    expect(rows).toMatchObject([{ actor_id: 'u-dispatcher', action: 'requesters.unmask', joined: true }]);
    expect(rows[0].reason.toString('utf8')).not.toContain('回访');
  });

  test('is found by the exact phone, however it was written, and by its last four digits', async () => {
    const first = await save({ phone: '+86 139-7777-0001' });
    const second = await save({ phone: '１３９７７７７０００１' });
    const other = await save({ phone: '13888880001' });
    const ids = await portal.app.database.read(system, (tx) => requesterIdsByPhone(tx, [first.phoneIndex ?? '']));
    expect(ids.sort()).toEqual([first.id, second.id].sort());
    const byEnding = await portal.app.database.read(system, (tx) =>
      requesterIdsByPhoneEnding(tx, portal.app.vault, '0001'),
    );
    expect(byEnding).toEqual(expect.arrayContaining([first.id, second.id, other.id]));
  });

  test('may be given in part', async () => {
    expect(await masked((await save({ name: '匿名者' })).id)).toEqual({ name: '匿**', phone: null, mail: null });
    expect((await save({ name: '  ', phone: '' })).phoneIndex).toBeNull();
  });

  test.each([
    [{ phone: '12345' }, 'requesters.bad_phone'],
    [{ phone: '2912345' }, 'requesters.phone_needs_area_code'],
    [{ mail: 'not a mail' }, 'requesters.bad_mail'],
  ])('is refused when malformed: %o', async (given, code) => {
    const saved = await portal.app.database.transact(system, (tx) => saveRequester(tx, portal.app.vault, given));
    expect(saved).toMatchObject({ refused: true, code });
  });

  test.each([
    ['another row', 'phone = (SELECT phone FROM requesters.requester WHERE id = $2)'],
    ['another column', 'phone = name'],
  ])('cannot be read from %s, though the bytes be whole', async (_, change) => {
    const [mine, others] = [await save(), await save({ name: '李示例', phone: '13900000777' })];
    const params = change.includes('$2') ? [mine.id, others.id] : [mine.id];
    await owner.query(`UPDATE requesters.requester SET ${change} WHERE id = $1`, params);
    await expect(masked(mine.id)).rejects.toThrow();
  });

  test('belongs to its tenant', async () => {
    const { id } = await save();
    const hangzhou = systemActor(330100, 'test');
    expect(await portal.app.database.read(hangzhou, (tx) => maskedRequester(tx, portal.app.vault, id))).toBeNull();
  });
});

describe('erasing', () => {
  const erase = (id: string) =>
    portal.app.database.transact(dispatcher, (tx) =>
      eraseRequester(tx, dispatcher, id, { order: '2026-17', at: new Date() }),
    );
  const check = (id: string, commitment: string) =>
    portal.app.database.read(system, (tx) => checkRequester(tx, portal.app.vault, id, commitment));

  test('removes every trace and says by which order', async () => {
    const { id, phoneIndex, commitment } = await save({ name: '删', phone: '13811112222' });
    expect(await check(id, commitment)).toEqual({ state: 'intact' });
    expect(await erase(id)).toBeNull();
    expect(await erase(id)).toBeNull();
    expect(await check(id, commitment)).toEqual({ state: 'erased', order: '2026-17' });
    expect(await masked(id)).toBeNull();
    expect(await portal.app.database.read(system, (tx) => requesterIdsByPhone(tx, [phoneIndex ?? '']))).toEqual([]);
    expect(await portal.app.database.read(system, (tx) => contactOf(tx, portal.app.vault, id))).toBeNull();
    const seen = await portal.app.database.transact(dispatcher, (tx) =>
      unmaskRequester(tx, portal.app.vault, dispatcher, id, { reason: 'why', organisationId: null, at: new Date() }),
    );
    expect(seen).toMatchObject({ code: 'requesters.erased' });
  });

  test('is told apart from a record that someone changed', async () => {
    const { id } = await save({ name: '甲' });
    const other = await save({ name: '乙' });
    expect(await check(id, other.commitment)).toEqual({ state: 'changed' });
  });

  test('of what never was is refused', async () => {
    expect(await erase(crypto.randomUUID())).toMatchObject({ code: 'requesters.not_found' });
  });
});

describe('signing in by phone', () => {
  const ask = (phone: string, address = '10.0.0.1') =>
    portal.server.inject({
      method: 'POST',
      url: '/api/public/phone-codes',
      payload: { phone },
      remoteAddress: address,
    });
  const open = (phone: string, code: string) =>
    portal.server.inject({ method: 'POST', url: '/api/public/resident-sessions', payload: { phone, code } });
  const current = (cookie: string) =>
    portal.server.inject({ url: '/api/public/resident-sessions/current', headers: { cookie } });
  const sentCode = () => /\d{6}/.exec(portal.sent.at(-1)?.text ?? '')?.[0] ?? '';
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    String(answer.headers['set-cookie']).split(';')[0] ?? '';

  test('takes the code once, and knows the phone by its mask', async () => {
    expect((await ask('13900000001')).json()).toEqual({ lifeSeconds: 600, resendSeconds: 60 });
    expect(portal.sent.at(-1)).toMatchObject({ channel: 'sms', to: '13900000001' });
    const code = sentCode();
    const answer = await open('139 0000 0001', ` ${code} `);
    expect(answer.statusCode).toBe(201);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^gongzhi\.resident=.*HttpOnly; SameSite=Strict; Max-Age=86400/,
    );
    expect((await current(cookieOf(answer))).json()).toEqual({ phone: '139****0001' });
    expect((await open('13900000001', code)).json()).toMatchObject({ status: 401, code: 'requesters.code_wrong' });
  });

  test('answers alike for a phone that filed and one that never did', async () => {
    await save({ phone: '13900000002' });
    const [known, unknown] = [await ask('13900000002'), await ask('13900000003')];
    expect(unknown.json()).toEqual(known.json());
    expect(unknown.statusCode).toBe(known.statusCode);
  });

  test('dies after five wrong guesses, though the sixth be right', async () => {
    await ask('13900000004');
    const code = sentCode();
    const wrong = code === '000000' ? '111111' : '000000';
    for (let turn = 0; turn < 5; turn += 1) expect((await open('13900000004', wrong)).statusCode).toBe(401);
    expect((await open('13900000004', code)).statusCode).toBe(401);
  });

  test('counts guesses made at once', async () => {
    await ask('13900000005');
    const code = sentCode();
    const wrong = code === '000000' ? '111111' : '000000';
    await Promise.all(Array.from({ length: 12 }, () => open('13900000005', wrong)));
    expect((await open('13900000005', code)).statusCode).toBe(401);
  });

  test('needs the code within ten minutes', async () => {
    await ask('13900000006');
    const code = sentCode();
    portal.setNow(new Date(Date.now() + 601_000));
    expect((await open('13900000006', code)).json()).toMatchObject({ code: 'requesters.code_wrong' });
  });

  test('sends one code a minute to a phone, five an hour, also when asked many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask('13900000007')));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([202, 429, 429, 429, 429, 429]);
    const start = Date.now();
    for (let turn = 1; turn < 5; turn += 1) {
      portal.setNow(new Date(start + turn * 61_000));
      expect((await ask('13900000007')).statusCode).toBe(202);
    }
    portal.setNow(new Date(start + 5 * 61_000));
    const refused = await ask('13900000007');
    expect(refused.json()).toMatchObject({ status: 429, code: 'requesters.code_too_often' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(2000);
  });

  test('slows an address that asks for many phones', async () => {
    for (let turn = 0; turn < 60; turn += 1) await ask(`137000000${String(turn).padStart(2, '0')}`, '10.7.7.7');
    expect((await ask('13700000099', '10.7.7.7')).statusCode).toBe(429);
    expect((await ask('13700000099', '10.7.7.8')).statusCode).toBe(202);
  });

  test('is only for mobile phones', async () => {
    expect((await ask('0713-2912345')).json()).toMatchObject({ status: 422, code: 'requesters.not_a_mobile' });
  });

  test('ends by signing out, and by itself after a day', async () => {
    await ask('13900000008');
    const cookie = cookieOf(await open('13900000008', sentCode()));
    const [token = '', later] = [cookie.split('=')[1], new Date(Date.now() + 86_401_000)];
    const knownAt = (now: Date) => portal.app.database.read(system, (tx) => findResident(tx, token, now));
    expect([await knownAt(new Date()), await knownAt(later)]).toEqual([expect.any(String), null]);
    portal.setNow(later);
    expect((await current(cookie)).json()).toEqual({ phone: null });
    portal.setNow(null);
    await portal.server.inject({ method: 'DELETE', url: '/api/public/resident-sessions/current', headers: { cookie } });
    expect((await current(cookie)).json()).toEqual({ phone: null });
  });

  test('leaves nothing behind once it is over', async () => {
    await ask('13900000009');
    await open('13900000009', sentCode());
    const later = new Date(Date.now() + 2 * 86_400_000);
    const left = await portal.app.database.transact(system, async (tx) => {
      await purgeResidentSessions(tx, later);
      const counted = await sql<{ n: number }>`
        SELECT (SELECT count(*) FROM requesters.phone_code)::int + (SELECT count(*) FROM requesters.resident_session)::int AS n`.execute(
        tx,
      );
      return counted.rows[0]?.n;
    });
    expect(left).toBe(0);
  });
});
