import { describe, expect, test } from 'vitest';
import { createVault, type WrappedKey } from '../crypto/create-vault.ts';
import { testWrapper } from '../testing/keys.ts';
import type { ReadTx } from '../database/database.ts';
import type { Account, Session } from './account.ts';
import { issueCaseToken } from './case-token.ts';
import { createActorResolver } from './resolve-actor.ts';

const TENANT = 421181;
const now = new Date('2026-11-02T08:00:00Z');
const rows: WrappedKey[] = [];
const vault = await createVault({
  wrapper: await testWrapper(),
  tenant: TENANT,
  dataKeys: { list: async () => rows, add: async (_tenant, key) => void rows.push(key) },
});
const account: Account = { id: 'u1', username: 'fang', name: '方敏', mail: null, suspendedAt: null, createdAt: now };
const session: Session = {
  id: 's1',
  account,
  method: 'password',
  beganAt: now,
  provedAt: now,
  secondFactorAt: null,
  idleEndsAt: now,
  endsAt: now,
};
const passives: boolean[] = [];

const resolve = createActorResolver({
  tenant: TENANT,
  vault,
  secure: false,
  now: () => now,
  auth: {
    sessionOf: async (headers, options) => {
      passives.push(options?.passive === true);
      return String(headers.cookie).includes('officer') ? session : null;
    },
  },
  database: { read: (_actor, work) => work(undefined as unknown as ReadTx) },
  posts: async () => [],
  secondFactorRoles: new Set(),
  resident: async (_tx, token) => (token === 'proved' ? 'index-of-phone' : null),
});
const caseToken = issueCaseToken(vault, { tenant: TENANT, caseId: 'c1' }, now).token;
const by = (headers: Record<string, string>, path = '/api/cases') => resolve({ headers, path });

describe('a request comes from', () => {
  test('nobody in particular when it brings nothing', async () => {
    expect(await by({})).toEqual({ kind: 'anonymous', tenant: TENANT });
  });

  test('an officer when his session lives', async () => {
    expect(await by({ cookie: 'gongzhi.session_token=officer' })).toMatchObject({ kind: 'officer', userId: 'u1' });
  });

  test('a resident who opened one case, or proved a phone, or both', async () => {
    const authorization = `Bearer ${caseToken}`;
    expect(await by({ authorization })).toMatchObject({ kind: 'resident', caseId: 'c1', phoneIndex: null });
    const cookie = 'other=1; gongzhi.resident=proved';
    expect(await by({ cookie })).toMatchObject({ kind: 'resident', caseId: null, phoneIndex: 'index-of-phone' });
    expect(await by({ cookie, authorization })).toMatchObject({ caseId: 'c1', phoneIndex: 'index-of-phone' });
  });

  test('no officer at all on the public face, though the browser holds his session', async () => {
    const cookie = 'gongzhi.session_token=officer; gongzhi.resident=proved';
    expect(await by({ cookie }, '/api/public/my-cases')).toMatchObject({ kind: 'resident' });
    expect(await by({ cookie })).toMatchObject({ kind: 'officer' });
  });

  test('nobody when what it brings is forged, old or for another tenant', async () => {
    const old = issueCaseToken(vault, { tenant: TENANT, caseId: 'c1' }, new Date(now.getTime() - 7_200_000)).token;
    const foreign = issueCaseToken(vault, { tenant: 330100, caseId: 'c1' }, now).token;
    for (const token of [old, foreign, `${caseToken.slice(0, -2)}xx`, 'Bearer']) {
      expect(await by({ authorization: `Bearer ${token}` })).toMatchObject({ kind: 'anonymous' });
    }
    expect(await by({ cookie: 'gongzhi.resident=guessed' })).toMatchObject({ kind: 'anonymous' });
  });

  test('an abandoned page as well as from a person; the session is told which', async () => {
    await resolve({ headers: { cookie: 'gongzhi.session_token=officer' }, path: '/api/events', passive: true });
    expect(passives.at(-1)).toBe(true);
    await by({ cookie: 'gongzhi.session_token=officer' });
    expect(passives.at(-1)).toBe(false);
  });
});
