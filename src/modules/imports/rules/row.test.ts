import { describe, expect, test } from 'vitest';
import { momentOf } from './row.ts';

const rule = { column: 'at', formats: ['iso'], zone: 'Asia/Shanghai', dayMeans: 'start' as const };
const read = (at: string) => momentOf({ at }, rule);

describe('a moment of the source', () => {
  test.each([
    ['2026-02-03T04:05:06Z', '2026-02-03T04:05:06.000Z'],
    ['2026-02-03T04:05:06.7Z', '2026-02-03T04:05:06.700Z'],
    ['2026-02-03T04:05:06', '2026-02-02T20:05:06.000Z'],
    ['2026-02-03T04:05:06+02:00', '2026-02-03T02:05:06.000Z'],
    ['2026-02-03T24:00:00Z', '2026-02-04T00:00:00.000Z'],
    ['2026-02-03', '2026-02-02T16:00:00.000Z'],
  ])('%s is %s, however it is written', (written, meant) => {
    expect(read(written)).toEqual(new Date(meant));
  });

  test.each(['2026-02-30T04:05:06Z', '2026-13-01T00:00:00Z', '2026-02-03T04:61:00Z', 'yesterday'])(
    '%s does not exist',
    (written) => {
      expect(read(written)).toBe('unreadable');
    },
  );
});
