import { afterEach, describe, expect, test } from 'vitest';
import { testApp, type TestApp } from '../testing/test-app.ts';
import { authModule } from '../auth/module.ts';
import { addressKey, costOf, createRates } from './rates.ts';

const SETTINGS = { address: 60, account: 3 };

describe('a bucket', () => {
  test('gives what it holds at once, then what flows in by the minute', () => {
    let now = 0;
    const rates = createRates(SETTINGS, () => now);
    expect([1, 2, 3].map(() => rates.take('address', 'a', 20))).toEqual([0, 0, 0]);
    expect(rates.take('address', 'a', 20)).toBe(20);
    now = 19_000;
    expect(rates.take('address', 'a', 20)).toBe(1);
    now = 20_000;
    expect(rates.take('address', 'a', 20)).toBe(0);
  });

  test('is one of each kind and key, and takes tokens back', () => {
    const rates = createRates(SETTINGS, () => 0);
    expect(rates.take('account', 'a', 3)).toBe(0);
    expect(rates.take('account', 'a', 1)).toBe(20);
    expect([rates.take('account', 'b', 1), rates.take('address', 'a', 1)]).toEqual([0, 0]);
    rates.give('account', 'a', 1);
    expect(rates.take('account', 'a', 1)).toBe(0);
  });

  test('never asks for more than it could hold', () => {
    expect(createRates(SETTINGS, () => 0).take('account', 'a', 1000)).toBe(0);
  });

  test('is forgotten when there are too many: memory stays bounded', () => {
    const rates = createRates({ ...SETTINGS, kept: 100 }, () => 0);
    for (let index = 0; index < 10_000; index += 1) rates.take('address', `10.0.${index >> 8}.${index & 255}`, 1);
    expect(rates.size()).toBe(100);
  });
});

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2400:3200:1:2:aaaa::1', '2400:3200:1:2::/64'],
  ['2400:3200:1:2:bbbb::9', '2400:3200:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test('a heavy call costs more', () => {
  expect(costOf({ method: 'GET' })).toBe(1);
  expect(costOf({ method: 'POST' })).toBe(3);
  expect(costOf({ method: 'POST', perMinute: 6 })).toBe(100);
  expect(costOf({ method: 'GET', cost: 40, perMinute: 6 })).toBe(40);
});

describe('requests', () => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async (environment: Record<string, string> = {}) => {
    app = await testApp({ modules: [authModule], environment: { GONGZHI_RATE_LIMITS: 'true', ...environment } });
    app.setNow(new Date());
  };
  /** How many of 150 tries to read a link, at 30 each, are let through before the first refusal. */
  const tries = async (forwarded: (turn: number) => string | undefined) => {
    for (let turn = 0; turn < 150; turn += 1) {
      const value = forwarded(turn);
      const answer = await app.server.inject({
        method: 'POST',
        url: '/api/auth/first-password/check',
        payload: { token: 'x' },
        headers: value === undefined ? {} : { 'x-forwarded-for': value },
      });
      if (answer.statusCode === 429) return { turn, answer };
    }
    return { turn: 150, answer: null };
  };

  test('of one address end in a refusal that says when to come again', async () => {
    await start();
    const { turn, answer } = await tries(() => undefined);
    expect(turn).toBe(100);
    expect(Number(answer?.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer?.json()).toMatchObject({
      code: 'http.too_many_requests',
      title: expect.stringContaining('秒后再试'),
    });
  });

  test('cannot pretend to come from elsewhere', async () => {
    await start();
    expect((await tries((turn) => `10.0.0.${turn}`)).turn).toBe(100);
  });

  test('behind a proxy count by the address the proxy saw, not by what the caller wrote before it', async () => {
    await start({ GONGZHI_TRUST_PROXY: 'true' });
    expect((await tries((turn) => `10.0.0.${turn}, 198.51.100.7`)).turn).toBe(100);
    expect((await tries((turn) => `10.0.0.1, 203.0.113.${turn}`)).turn).toBe(150);
  });

  test('of signed-in people are charged to each of them, not to the office they share', async () => {
    await start();
    const { cookie } = await app.signIn('clerk', []);
    const { cookie: other } = await app.signIn('neighbour', []);
    const ask = (as: string) => app.server.inject({ method: 'GET', url: '/api/auth/me', headers: { cookie: as } });
    let turns = 0;
    while ((await ask(cookie)).statusCode === 200) turns += 1;
    expect(turns).toBe(600);
    expect((await ask(other)).statusCode).toBe(200);
  }, 60_000);
});
