import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { catchUp, OLDEST_DAYS, signatureConsumer } from './signatures.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const words = (at: number) => `老槐树小区 ${at} 号楼门口的窨井盖松动，车过就响。`;
const file = (at: number) =>
  county.file('dispatcher', { title: words(at).slice(0, 12), body: words(at), classCode: '1103' });
const told = (kind: string, subject: string): OutboxEvent => ({
  id: crypto.randomUUID(),
  tenant: county.tenant,
  kind,
  subject,
  at: county.app.now(),
  payload: {},
});
/** Hands events to the consumer as the outbox does: all in one transaction. */
const follow = (...events: OutboxEvent[]) => county.write((tx) => signatureConsumer(county.app).handleAll(events, tx));
const kept = () =>
  county.read(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      SELECT case_id AS id FROM clusters.signature WHERE tenant_id = ${county.tenant} ORDER BY case_id`.execute(tx);
    return rows.map(({ id }) => id);
  });

test('many at once: what stands is kept once, what was taken back is not, whatever was told last', async () => {
  const gone = await county.fileAsResident({ text: words(0) });
  const others = await Promise.all(Array.from({ length: 26 }, (_, at) => file(at + 1)));
  const standing = others.map(({ id }) => id).sort();
  const ids = [gone.id, ...standing];
  await follow(...ids.map((id) => told('case.registered', id)), ...ids.map((id) => told('case.corrected', id)));
  expect(await kept()).toEqual([...ids].sort());

  await county.asRequester(gone, 'withdrawal', { reason: '已经修好了。' });
  await follow(told('case.withdrawn', gone.id), told('case.corrected', gone.id));
  expect(await kept()).toEqual(standing);
});

test('before a count what is missing is entered, unless it is too old to be looked for', async () => {
  const before = await kept();
  expect(before.length).toBeGreaterThan(20);
  const [old = ''] = before;
  await county.write(async (tx) => {
    await sql`DELETE FROM clusters.signature WHERE tenant_id = ${county.tenant}`.execute(tx);
    const opened = new Date(county.app.now().getTime() - (OLDEST_DAYS + 1) * 86_400_000);
    await sql`
      UPDATE cases.case_file SET opened_at = ${opened} WHERE tenant_id = ${county.tenant} AND id = ${old}`.execute(tx);
  });
  await catchUp(county.app, systemActor(county.tenant, 'clusters'), county.app.now(), () => false);
  expect(await kept()).toEqual(before.filter((id) => id !== old));
});

test('what a request was about goes with its words, and the issue it gave its title', async () => {
  const [first = '', ...others] = await kept();
  await county.write(async (tx) => {
    const id = crypto.randomUUID();
    const now = county.app.now();
    await sql`
      INSERT INTO clusters.hot_issue (tenant_id, id, title, words, class_code, area_code, requests, people, heat, first_at,
        last_at, state, found_at, counted_at)
      VALUES (${county.tenant}, ${id}, '老槐树小区 1 号楼', '{窨井盖,松动,门口,车}', '1103', '421181', 3, 2, 1, ${now}, ${now},
        'found', ${now}, ${now})`.execute(tx);
    await sql`
      INSERT INTO clusters.hot_issue_member (tenant_id, issue_id, case_id) VALUES (${county.tenant}, ${id}, ${first})`.execute(
      tx,
    );
    await sql`
      UPDATE cases.case_text SET title = '-', body = '', place_text = NULL, erased_at = ${now}, erasure_order = '示例'
      WHERE tenant_id = ${county.tenant} AND case_id = ${first}`.execute(tx);
  });
  await follow(told('case-content.erased', first));
  expect(await kept()).toEqual(others);
  const { rows } = await county.read((tx) =>
    sql<{ title: string }>`SELECT title FROM clusters.hot_issue WHERE tenant_id = ${county.tenant}`.execute(tx),
  );
  expect(rows).toEqual([{ title: '窨井盖 松动 门口' }]);
  // Nor does the next count bring the words back.
  await catchUp(county.app, systemActor(county.tenant, 'clusters'), county.app.now(), () => false);
  expect(await kept()).toEqual(others);
});
