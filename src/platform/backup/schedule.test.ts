import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { backUpWhenDue, lastDue, removeOld, stateOf } from './schedule.ts';
import { backupModule } from './module.ts';

let folder: string;
let office: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-schedule-'));
  office = await testApp({ modules: [backupModule], environment: { GONGZHI_BACKUP_FOLDER: folder } });
});
afterAll(async () => {
  await office.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (time: string) => new Date(`2026-03-10T${time}:00+08:00`);

describe('the daily backup', () => {
  test('is due once a day at its time in China', () => {
    expect(lastDue(at('02:29'), '02:30')).toEqual(new Date('2026-03-09T02:30:00+08:00'));
    expect(lastDue(at('02:30'), '02:30')).toEqual(at('02:30'));
    expect(lastDue(at('23:59'), '02:30')).toEqual(at('02:30'));
  });

  test('is made once, tried again an hour after it failed, and says how it stands', async () => {
    const ended: ('done' | 'failed')[] = [];
    let result: 'done' | 'failed' = 'failed';
    const run = async () => {
      ended.push(result);
      const done = result === 'done';
      return { result, file: done ? 'x' : null, bytes: done ? 1 : null, problem: done ? null : 'disk full' } as const;
    };
    const look = async (time: string) => {
      office.setNow(at(time));
      const made = await backUpWhenDue(office.app, run);
      return made && stateOf(office.app, [made]);
    };
    expect(await look('02:31')).toBe('failed');
    expect(await look('02:45')).toBeNull();
    result = 'done';
    expect(await look('03:40')).toBe('fine');
    expect(await look('14:00')).toBeNull();
    expect(ended).toEqual(['failed', 'done']);
    const numbers = await office.app.metrics.text();
    expect(numbers).toContain(`gongzhi_backup_age_seconds ${10 * 3600 + 20 * 60}`);
  });

  test('keeps as many as it should, and touches nothing else', async () => {
    const name = (day: number) => `gongzhi-421181-2026030${day}T183000Z.backup`;
    for (const one of [name(1), name(2), name(3), 'by-hand.backup']) await writeFile(join(folder, one), '');
    expect(await removeOld(folder, 421181, 2)).toEqual([name(1)]);
    expect((await readdir(folder)).sort()).toEqual(['by-hand.backup', name(2), name(3)]);
  });
});
