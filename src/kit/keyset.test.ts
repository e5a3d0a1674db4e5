import { expect, test } from 'vitest';
import { readPosition, writePosition } from './keyset.ts';

test('a position reads back as it was written', () => {
  const position = { at: new Date('2026-11-02T08:00:00.123Z'), id: '019a4a3e-0c00-7a1b-9c2d-3e4f5a6b7c8d' };
  expect(readPosition(writePosition(position))).toEqual(position);
});

test.each([
  '',
  'x',
  'abc.def',
  "1.019a4a3e-0c00-7a1b-9c2d-3e4f5a6b7c8d' OR 1=1",
  '.019a4a3e-0c00-7a1b-9c2d-3e4f5a6b7c8d',
])('a cursor that is not ours (%s) is no position', (cursor) => {
  expect(readPosition(cursor)).toBeNull();
});
