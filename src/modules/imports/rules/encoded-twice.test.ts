import { describe, expect, test } from 'vitest';
import { decodeOnce } from './encoded-twice.ts';

const twice = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('text that was encoded twice', () => {
  test.each(['Transportation’s “Learn More”', '路灯不亮', 'naïve', '🏮 lantern', 'plain'])('%s comes back', (text) => {
    expect(decodeOnce(twice(text))).toBe(text);
  });

  test('what was encoded once stays', () => {
    for (const text of ['路灯', 'café', 'â la carte', '’']) expect(decodeOnce(text)).toBe(text);
  });
});
