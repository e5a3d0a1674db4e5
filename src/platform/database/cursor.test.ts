import { expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';

const ID = '0197b3a0-0000-7000-8000-000000000000';
const STAMP = '2026-03-10 08:00:00.123456+00';

test('a cursor of ours comes back in its parts', () => {
  expect(readCursor(writeCursor(STAMP, ID), 'stamp', 'uuid')).toEqual([STAMP, ID]);
  expect(readCursor(writeCursor('infinity', ID), 'stamp', 'uuid')).toEqual(['infinity', ID]);
  expect(readCursor(writeCursor('421181', 7, '汪'), 'text', 'smallint', 'text')).toEqual(['421181', '7', '汪']);
  expect(readCursor(undefined, 'uuid')).toBeUndefined();
});

test.each([
  ['another number of parts', writeCursor(STAMP, ID, 'x')],
  ['no id', writeCursor(STAMP, '-'.repeat(36))],
  ['a day that never was', writeCursor('2026-99-99 08:00:00+00', ID)],
  ['plain words', '0101'],
  ['nothing', ''],
])('what we did not write is none of ours: %s', (_, cursor) => {
  expect(readCursor(cursor, 'stamp', 'uuid')).toBeNull();
});

test('text with a NUL, which the database refuses, is none of ours', () => {
  expect(readCursor(writeCursor('a\0b'), 'text')).toBeNull();
});
