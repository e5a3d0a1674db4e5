import { expect, test } from 'vitest';
import { sharedBuffers } from './postmaster.ts';

const GIGABYTE = 2 ** 30;

test('the server keeps a sixteenth of the memory in pages of its own, never less than it starts with, never too much', () => {
  expect(sharedBuffers(GIGABYTE)).toBe(128);
  expect(sharedBuffers(8 * GIGABYTE)).toBe(512);
  expect(sharedBuffers(256 * GIGABYTE)).toBe(2048);
});
