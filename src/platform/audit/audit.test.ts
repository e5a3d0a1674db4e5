import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refuse } from '../../kit/result.ts';
import type { Actor } from '../auth/actor.ts';
import { sqlState } from '../database/errors.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { type AuditEntry, audit, auditDenied } from './audit.ts';

const fang: Actor = { kind: 'officer', tenant: 421181, userId: 'u-fang', name: '方敏', posts: [] };
const target = { targetKind: 'area', targetId: '421181001' } as const;
const entry: AuditEntry = { action: 'areas.close_area', ...target, result: 'done' };
let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const entriesOf = (action: string) =>
  data.database.read(fang, async (tx) => {
    const found = await sql<{ actor_id: string; result: string; details: object }>`
      SELECT actor_id, result, details FROM platform.audit_entry WHERE tenant_id = 421181 AND action = ${action}`.execute(
      tx,
    );
    return found.rows;
  });

describe('an entry', () => {
  test('names who by his id, never by his name', async () => {
    await data.database.transact(fang, (tx) =>
      audit(tx, fang, { ...entry, action: 'test.kept', details: { count: 3 } }),
    );
    expect(await entriesOf('test.kept')).toEqual([{ actor_id: 'u-fang', result: 'done', details: { count: 3 } }]);
  });

  test('is gone with the change it tells of', async () => {
    await data.database.transact(fang, async (tx) => {
      await audit(tx, fang, { ...entry, action: 'test.undone' });
      return refuse('areas.in_use');
    });
    expect(await entriesOf('test.undone')).toEqual([]);
  });

  test('of a refusal stands by itself', async () => {
    await auditDenied(data.database, fang, { ...target, action: 'test.refused' });
    expect(await entriesOf('test.refused')).toMatchObject([{ result: 'refused' }]);
  });

  test('takes ids and codes, no sentences', async () => {
    const wordy = data.database.transact(fang, (tx) =>
      audit(tx, fang, {
        ...entry,
        details: { reason: '因为住在园林路十二号的汪女士昨天下午打电话来说路灯不亮'.repeat(4) },
      }),
    );
    await expect(wordy).rejects.toThrow('longer than an id or a code');
  });

  test('cannot be changed by the application', async () => {
    const tried = data.database.transact(fang, (tx) =>
      sql.raw('UPDATE platform.audit_entry SET result = $$done$$').execute(tx),
    );
    await expect(tried).rejects.toSatisfy((error) => sqlState(error) === '42501');
  });

  test('cannot be removed by the application before six months are over', async () => {
    const monthsAgo = (months: number) => new Date(Date.now() - months * 31 * 86_400_000);
    await data.database.transact(fang, async (tx) => {
      await audit(tx, fang, { ...entry, action: 'test.young' }, monthsAgo(5));
      await audit(tx, fang, { ...entry, action: 'test.old' }, monthsAgo(7));
      await sql`DELETE FROM platform.audit_entry WHERE tenant_id = 421181`.execute(tx);
    });
    expect([await entriesOf('test.young'), await entriesOf('test.old')]).toMatchObject([[{ result: 'done' }], []]);
  });
});
