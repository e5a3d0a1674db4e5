import { expect, test } from 'vitest';
import { type Part, zip } from '../testing/zip.ts';
import { ARCHIVE_LIMITS, checkArchive } from './archives.ts';

const part = (size: number, over: Partial<Part> = {}): Part => ({
  name: 'word/document.xml',
  content: Buffer.alloc(size, 'a'),
  ...over,
});

test('an ordinary document passes', async () => {
  expect(await checkArchive(zip([part(50_000), part(0, { name: 'empty.xml' })]))).toBeNull();
});

test.each([
  ['one part that unfolds without end', [part(30 * 1024 * 1024)], 'files.archive_bomb'],
  ['a part that says less than it holds', [part(1_000_000, { said: 10 })], 'files.archive_bomb'],
  ['more than may be unfolded in all', [part(10, { said: ARCHIVE_LIMITS.bytes })], 'files.archive_bomb'],
  ['too many parts', Array.from({ length: 5001 }, (_, index) => part(1, { name: `p${index}` })), 'files.archive_bomb'],
  ['an archive inside', [part(10, { name: 'inner.zip' })], 'files.unreadable'],
  ['an encrypted part', [part(10, { flags: 1 })], 'files.unreadable'],
] as const)('%s is refused', async (_what, parts, code) => {
  expect(await checkArchive(zip(parts))).toMatchObject({ code });
});

test('what is no archive is refused', async () => {
  expect(await checkArchive(Buffer.alloc(4000))).toMatchObject({ code: 'files.unreadable' });
  expect(await checkArchive(Buffer.alloc(3))).toMatchObject({ code: 'files.unreadable' });
});
