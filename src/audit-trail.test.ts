import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory, removeOldEntries, takeCheckpoints } from './modules/ledger/index.ts';
import { audit } from './platform/audit/audit.ts';
import { systemActor } from './platform/auth/actor.ts';
import { verifySignature } from './platform/crypto/signer.ts';
import { type County, testCounty } from './testing/county.ts';
import type { Filed } from './testing/desk.ts';

let county: County;
let owner: pg.Client;
let filed: Filed;

beforeAll(async () => {
  county = await testCounty();
  owner = new pg.Client({ connectionString: county.data.ownerUrl });
  await owner.connect();
  const actor = systemActor(county.tenant, 'test');
  const ancient = { action: 'test.ancient', targetKind: 'case', targetId: 'x', result: 'done' } as const;
  await county.write((tx) => audit(tx, actor, ancient, monthsAgo(40)));
  const { database, signer, now } = county.app;
  await takeCheckpoints({ database, tenant: county.tenant, signer, now });
  filed = await county.file('dispatcher');
});
afterAll(async () => {
  await owner.end();
  await county.close();
});

const monthsAgo = (months: number) => new Date(Date.now() - months * 31 * 86_400_000);
const entries = async (query: string) => {
  const { body } = await county.call('auditor', 'GET', `/api/audit/entries?limit=100&${query}`);
  return body.items;
};

describe('who read what', () => {
  test('is recorded with the right, the place it came from and the result', async () => {
    await county.caseOf('dispatcher', filed.id);
    expect(await entries(`targetId=${filed.id}`)).toMatchObject([
      {
        actorId: county.players.dispatcher.userId,
        action: 'cases.get_case',
        targetKind: 'case',
        result: 'done',
        address: '127.0.0.1',
        postId: expect.any(String),
        details: { right: 'cases.read', role: 'dispatcher' },
      },
    ]);
  });

  test('is searched and taken out by auditors alone', async () => {
    for (const who of ['administrator', 'securityAdministrator', 'supervisor', 'dispatcher'] as const) {
      expect((await county.call(who, 'GET', '/api/audit/entries')).status, who).toBe(403);
      expect((await county.call(who, 'POST', '/api/audit/exports', {})).status, who).toBe(403);
    }
  });

  test('is recorded for files, too, before the first byte', async () => {
    const photo = await county.photo('dispatcher');
    expect((await county.call('dispatcher', 'GET', `/api/files/${photo}`)).status).toBe(200);
    expect(await entries(`targetId=${photo}`)).toMatchObject([{ action: 'files.get', targetKind: 'file' }]);
  });

  test('is recorded when it was refused', async () => {
    const before = (await entries('result=refused')).length;
    expect((await county.caseOf('otherDispatcher', filed.id)).status).toBe(404);
    expect((await county.call('administrator', 'GET', '/api/audit/entries')).status).toBe(403);
    const refused = await entries('result=refused');
    expect(refused.length).toBe(before + 2);
    expect(refused[1]).toMatchObject({
      action: 'cases.get_case',
      targetId: filed.id,
      details: { code: 'cases.not_found' },
    });
    expect(refused[0]).toMatchObject({ action: 'audit.list_entries', details: { code: 'auth.forbidden' } });
  });

  test('is recorded of the record itself', async () => {
    await entries('action=audit.*');
    const [latest] = await entries('action=audit.*');
    expect(latest).toMatchObject({ action: 'audit.list_entries', actorId: county.players.auditor.userId });
  });

  test('is not shown when it cannot be recorded', async () => {
    await owner.query('REVOKE INSERT ON platform.audit_entry FROM gongzhi_app');
    const answer = await county.caseOf('dispatcher', filed.id);
    await owner.query('GRANT INSERT ON platform.audit_entry TO gongzhi_app');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('路灯');
  });

  test('is recorded once for each of many readers at a time', async () => {
    const before = (await entries(`targetId=${filed.id}`)).length;
    await Promise.all(Array.from({ length: 40 }, () => county.caseOf('dispatcher', filed.id)));
    expect((await entries(`targetId=${filed.id}`)).length).toBe(before + 40);
  });
});

describe('the record', () => {
  test('is for auditors, not for those who administer the platform or its security', async () => {
    expect((await county.call('administrator', 'GET', '/api/audit/entries')).code).toBe('auth.forbidden');
    expect((await county.call('securityAdministrator', 'GET', '/api/audit/entries')).code).toBe('auth.forbidden');
    expect((await county.call('securityAdministrator', 'GET', `/api/cases/${filed.id}`)).code).toBe('auth.forbidden');
  });

  test('is found by address and by family of actions', async () => {
    expect((await entries('address=127.0.0.1&action=files.*')).length).toBeGreaterThan(0);
    expect(await entries('address=10.1.2.3')).toEqual([]);
    expect(await entries('action=file.*')).toEqual([]);
  });

  test.each(['csv', 'ndjson'])('leaves the platform as %s only signed, and safe from formulas', async (format) => {
    const actor = systemActor(county.tenant, 'test');
    const entry = { action: 'test.formula', targetKind: '=1+1', targetId: 'x', result: 'done' } as const;
    await county.write((tx) => audit(tx, actor, entry, county.app.now()));
    const { body } = await county.call('auditor', 'POST', '/api/audit/exports', { format, action: 'test.formula' });
    const { publicKey } = county.app.signer;
    const signature = Buffer.from(body.signature, 'base64');
    expect(verifySignature(publicKey, Buffer.from(body.content), signature)).toBe(true);
    expect(verifySignature(publicKey, Buffer.from(body.content.replace('test', 'text')), signature)).toBe(false);
    if (format === 'csv') expect(body.content).not.toMatch(/(^|,)"?=1/m);
    else expect(JSON.parse(body.content.split('\n')[0])).toMatchObject({ targetKind: '=1+1' });
  });

  test('loses what is older than its term; the removal is recorded and history still holds', async () => {
    expect((await entries('action=test.ancient')).length).toBe(1);
    const { database, now } = county.app;
    expect(await removeOldEntries(database, county.tenant, monthsAgo(36), now)).toBe(1);
    expect(await entries('action=test.ancient')).toEqual([]);
    const [removal] = await entries('action=audit.remove_old');
    expect(removal).toMatchObject({ actorId: 'system:audit-term', details: { entries: 1 } });

    const { keyId, publicKey } = county.app.signer;
    const check = await checkHistory({
      read: county.read,
      actor: systemActor(county.tenant, 'verify'),
      keys: new Map([[keyId, publicKey]]),
      mirrors: [],
      progress: () => undefined,
    });
    expect(check).toMatchObject({ faults: [], removedBatches: 1 });
  });
});
