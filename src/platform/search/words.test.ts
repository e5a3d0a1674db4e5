import { expect, test } from 'vitest';
import { keywords } from './words.ts';

test('the telling words of a text are those rare at large, and nothing that every text holds', () => {
  const words = keywords('小区里的路灯坏了，小区的路灯一直不亮，路灯在 3 号楼前。', 3);

  expect(words[0]?.word).toBe('路灯');
  expect(words.map(({ word }) => word)).not.toContain('的');
  expect(words.every(({ weight }, at) => at === 0 || weight <= (words[at - 1]?.weight ?? 0))).toBe(true);
});
