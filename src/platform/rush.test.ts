import { expect, test, vi } from 'vitest';
import type { Database } from './database/database.ts';
import { giveWay, tellRush } from './rush.ts';

test('what nobody waits for rests while people stand in line, and only then', async () => {
  vi.useFakeTimers();
  try {
    const database = {} as Database;
    let went = false;
    const go = () => giveWay(database, 50).then(() => (went = true));
    await go();
    expect(went).toBe(true);

    went = false;
    tellRush(database);
    void go();
    await vi.advanceTimersByTimeAsync(149);
    expect(went).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(went).toBe(true);

    await vi.advanceTimersByTimeAsync(250);
    went = false;
    await go();
    expect(went).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
