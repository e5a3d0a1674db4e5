import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import { LAMP } from '../../testing/desk.ts';
import { caseAt } from '../../testing/ways.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { checkTenant } from './index.ts';

let county: County;
let owner: pg.Client;
beforeAll(async () => {
  county = await testCounty();
  // The owner of the tables, whom row security binds as well: he says which tenant.
  owner = new pg.Client({ connectionString: county.data.ownerUrl });
  await owner.connect();
  await owner.query(`SELECT set_config('app.tenant', '${county.tenant}', false)`);
});
afterAll(async () => {
  await owner.end();
  await county.close();
});

const page = async (id: string) => (await county.caseOf('dispatcher', id)).body;
type RanLate = { kind: string; payload: { lateness: { name: string } } };
/** Names of the clocks of a case that were told late. */
const lateOf = async (id: string): Promise<string[]> =>
  (await page(id)).timeline
    .filter((event: RanLate) => event.kind === 'ran_late')
    .map((event: RanLate) => event.payload.lateness.name);
const checkAll = () => {
  const actor = systemActor(county.tenant, 'verify');
  return checkTenant(
    (work) => county.app.database.read(actor, work),
    actor,
    () => undefined,
  );
};
const cases = async (): Promise<number> =>
  county.read(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM cases.case_file WHERE tenant_id = ${county.tenant}`.execute(tx);
    return rows[0]?.n ?? -1;
  });

describe('clocks that run out', () => {
  test('are recorded once each, as an event that names the clock, and show in the queue of what is late', async () => {
    const filed = await county.fileAsResident();
    county.later(1);
    expect(await county.work()).toMatchObject({ timers: 1 });
    expect(await county.work()).toMatchObject({ timers: 0 });

    const late = (await page(filed.id)).timeline.filter((event: { kind: string }) => event.kind === 'ran_late');
    expect(late).toMatchObject([{ payload: { lateness: { clock: 'stage', name: 'dispatch' } }, tone: 'machine' }]);
    const { body } = await county.call('supervisor', 'GET', '/api/cases?queue=late');
    expect(body.items.map((row: { id: string }) => row.id)).toContain(filed.id);
  });

  test('of one case: stage, first contact and the whole, each at its own time', async () => {
    const filed = await caseAt(county, 'accepted');
    county.later(24 * 14);
    await county.work();
    expect((await lateOf(filed.id)).toSorted()).toEqual(['contact', 'handling', 'total']);
  });

  test('a step in time takes its clock along', async () => {
    const filed = await caseAt(county, 'dispatched');
    await county.step('housing', 'acceptance', filed.id);
    county.later(8);
    await county.work();

    expect(await lateOf(filed.id)).toEqual(['contact']);
  });
});

describe('the chain', () => {
  test('of every case verifies; tampering in the database itself is found and named', async () => {
    const filed = await caseAt(county, 'call_back');
    expect(await checkAll()).toMatchObject({ broken: [] });

    const altered = await owner.query(
      `UPDATE cases.event SET payload = jsonb_set(payload, '{passed}', 'false') WHERE case_id = $1 AND kind = 'verified'
       RETURNING seq`,
      [filed.id],
    );
    expect((await checkAll()).broken).toEqual([
      { number: filed.number, seq: altered.rows[0].seq, reason: 'event_altered' },
    ]);
    await owner.query(
      `UPDATE cases.event SET payload = jsonb_set(payload, '{passed}', 'true') WHERE case_id = $1 AND kind = 'verified'`,
      [filed.id],
    );
    expect(await checkAll()).toMatchObject({ broken: [] });
  });

  test.each([
    ['somebody else’s name', `UPDATE cases.event SET actor_id = 'x' WHERE case_id = $1 AND seq = 2`, 'event_altered'],
    [
      'other words',
      `UPDATE cases.event_content SET content = '{"title":"x"}' WHERE case_id = $1 AND seq = 1`,
      'content_altered',
    ],
    [
      'words gone without an order',
      `DELETE FROM cases.event_content WHERE case_id = $1 AND seq = 1`,
      'content_missing',
    ],
    [
      'the last event gone',
      `WITH last AS (SELECT max(seq) AS seq FROM cases.event WHERE case_id = $1),
         words AS (DELETE FROM cases.event_content WHERE case_id = $1 AND seq = (SELECT seq FROM last))
       DELETE FROM cases.event WHERE case_id = $1 AND seq = (SELECT seq FROM last)`,
      'end_missing',
    ],
  ])('finds %s', async (_what, change, reason) => {
    const filed = await caseAt(county, 'accepted');
    await owner.query('BEGIN');
    await owner.query(change, [filed.id]);
    await owner.query('COMMIT');

    expect((await checkAll()).broken).toContainEqual({ number: filed.number, seq: expect.any(Number), reason });
  });

  test('says which order erased words, and holds without them', async () => {
    const filed = await county.fileAsResident();
    const erased = `erased_by = '(2026) 7', erased_at = now(), content = NULL, salt = NULL`;
    await owner.query(`UPDATE cases.event_content SET ${erased} WHERE case_id = $1 AND seq = 1`, [filed.id]);

    const check = await county.call('dispatcher', 'GET', `/api/cases/${filed.id}/chain-check`);
    expect(check.body).toMatchObject({ ok: true, erased: [{ seq: 1, order: '(2026) 7' }] });
  });

  test('cannot be rewritten by the application’s own role', async () => {
    const app = new pg.Client({ connectionString: county.data.appUrl });
    await app.connect();
    await app.query(`SELECT set_config('app.tenant', '${county.tenant}', false)`);
    for (const statement of ['UPDATE cases.event SET seq = seq', 'DELETE FROM cases.event', 'TRUNCATE cases.event']) {
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    }
    await app.end();
  });
});

describe('two at once', () => {
  test('one wins, the other is told who did what; nothing is lost or doubled', async () => {
    const filed = await county.fileAsResident();
    const [housing, power] = [await county.body('housing'), await county.body('power')];
    const dispatch = (who: 'dispatcher' | 'townDispatcher', leadId: string) =>
      county.act(who, 'dispatch', filed.id, { leadId, reason: '灯属于它。', expectedVersion: 1 });
    const answers = await Promise.all([dispatch('dispatcher', housing), dispatch('townDispatcher', power)]);

    const won = answers.findIndex((answer) => answer.status === 200);
    expect(answers[1 - won]).toMatchObject({
      status: 409,
      code: 'cases.stale_version',
      body: { details: { expected: 1, version: 2, event: 'dispatched', actor: won === 0 ? '县调度' : '街道调度' } },
    });
    expect(await page(filed.id)).toMatchObject({ version: 2, lead: { id: won === 0 ? housing : power } });
  });

  test('a version from the future is as stale as one from the past', async () => {
    const filed = await county.fileAsResident();
    const ahead = await county.act('dispatcher', 'notes', filed.id, { text: '备注', expectedVersion: 9 });

    expect([ahead.status, ahead.code]).toEqual([409, 'cases.stale_version']);
  });
});

describe('the same request again', () => {
  const post = (key: string, body: object = LAMP) =>
    county.call('dispatcher', 'POST', '/api/cases', body, { 'idempotency-key': key });

  test('ten times at once: one case, ten times the same answer', async () => {
    const before = await cases();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('ten-times-at-once')));

    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toHaveLength(1);
    expect(answers[0]?.status).toBe(201);
    expect(await cases()).toBe(before + 1);
  });

  test('with other content it is refused; by another person it is another request', async () => {
    const first = await post('one-key-for-two');
    const other = await post('one-key-for-two', { ...LAMP, title: '另一件事' });
    expect([other.status, other.code]).toEqual([422, 'http.idempotency_mismatch']);

    const key = { 'idempotency-key': 'one-key-for-two' };
    const colleague = await county.call('townDispatcher', 'POST', '/api/cases', LAMP, key);
    expect(colleague.status).toBe(201);
    expect(colleague.body.number).not.toBe(first.body.number);
  });

  test('what was refused may be sent again, put right, under the same key', async () => {
    const wrong = await post('refused-at-first', { ...LAMP, classCode: '9999' });
    expect(wrong.code).toBe('cases.class_unknown');

    expect((await post('refused-at-first')).status).toBe(201);
  });
});

describe('who asked', () => {
  test('is shown to who holds the line for a reason, which is logged; never to who handles', async () => {
    const filed = await caseAt(county, 'accepted');
    const ask = (who: 'dispatcher' | 'housing' | 'twoHats' | 'verifier') =>
      county.call(who, 'POST', `/api/cases/${filed.id}/unmasking`, { reason: '联系反映人核实地点' });

    expect((await ask('dispatcher')).body).toMatchObject({ name: '汪小示', phone: '13800138000' });
    expect([(await ask('housing')).status, (await ask('twoHats')).code]).toEqual([
      403,
      'cases.unmask_not_for_handlers',
    ]);
    const logged = await county.call('auditor', 'GET', '/api/audit/entries?action=requesters.unmask');
    expect(logged.body.items).toMatchObject([{ actorId: county.players.dispatcher.userId, targetKind: 'requester' }]);
    expect(JSON.stringify(logged.body)).not.toContain('汪小示');
  });

  test('is not shown to the centre itself where the centre handles', async () => {
    const filed = await caseAt(county, 'registered');
    const leadId = await county.body('command_centre', '421181');
    await county.step('dispatcher', 'dispatch', filed.id, { leadId, reason: '由中心直接办理。' });
    const asked = await county.call('dispatcher', 'POST', `/api/cases/${filed.id}/unmasking`, { reason: '核实地点' });
    expect([asked.status, asked.code]).toEqual([403, 'cases.unmask_not_for_handlers']);
  });

  test('stays masked on the page and in the database', async () => {
    const filed = await county.fileAsResident();
    expect(JSON.stringify(await page(filed.id))).not.toMatch(/汪小示|13800138000/);

    const { rows } = await owner.query(`SELECT row_to_json(r)::text AS row FROM requesters.requester r`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toMatch(/汪小示|13800138000/);
  });
});
