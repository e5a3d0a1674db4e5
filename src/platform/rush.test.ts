import { afterEach, expect, test, vi } from 'vitest';
import type { Database } from './database/database.ts';
import { giveWay, tellRush } from './rush.ts';

afterEach(() => vi.restoreAllMocks());

test('what nobody waits for rests while people stand in line, and only then', async () => {
  const database = {} as Database;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const rested = async () => {
    const began = Date.now();
    await giveWay(database, 20);
    // Timers may be a moment early.
    return Date.now() - began >= 58;
  };
  expect(await rested()).toBe(false);

  tellRush(database);
  expect(await rested()).toBe(true);

  clock.mockReturnValue(1250);
  expect(await rested()).toBe(false);
});
