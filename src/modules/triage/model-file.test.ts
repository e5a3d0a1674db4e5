import { expect, test } from 'vitest';
import { decodeModel, encodeModel } from './model-file.ts';
import { wordsOf } from './rules/features.ts';
import { guess, type Labelled, train } from './rules/model.ts';
import { TriageError } from './triage-error.ts';

const MATTERS: Readonly<Record<string, readonly string[]>> = {
  lamp: ['路灯', '不亮', '坏了', '维修'],
  noise: ['工地', '噪音', '夜间', '施工'],
  heating: ['暖气', '不热', '温度', '供暖'],
};
const places = ['小区', '东路', '西街', '南门', '北桥', '中学', '市场', '公园'];

const texts: Labelled[] = Object.entries(MATTERS).flatMap(([label, words]) =>
  places.flatMap((place) =>
    words.map((word) => ({ label, words: wordsOf([place, word], [...words, place, '请', '处理']) })),
  ),
);

test('a model comes back from its file with the same guesses, however often it is written', () => {
  const model = train(texts);
  const once = decodeModel(encodeModel(model), 'once');
  const twice = decodeModel(encodeModel(once), 'twice');

  for (const { words, label } of texts) {
    const fresh = guess(model, words);
    expect(fresh[0]?.label).toBe(label);
    for (const [at, { label: read, confidence }] of guess(once, words).entries()) {
      expect(read).toBe(fresh[at]?.label);
      expect(confidence).toBeCloseTo(fresh[at]?.confidence ?? 0, 2);
    }
    expect(guess(twice, words)).toEqual(guess(once, words));
  }
});

test('a model read from its file holds two bytes a weight, and nothing of the file beside', () => {
  const model = decodeModel(encodeModel(train(texts)), 'model');

  expect(model.weights.byteLength).toBe(model.weights.length * 2);
  expect(model.weights.buffer.byteLength).toBe(model.weights.byteLength);
  expect(model.vocabularies.every(({ idf }) => idf.buffer.byteLength === idf.byteLength)).toBe(true);
});

test.each([
  ['is cut short', (file: Buffer) => file.subarray(0, file.length - 4)],
  [
    'has a changed number',
    (file: Buffer) => Buffer.concat([file.subarray(0, -1), Buffer.from([(file.at(-1) ?? 0) ^ 1])]),
  ],
  ['is of another version', (file: Buffer) => Buffer.concat([Buffer.from('gongzhi-triage-0\n'), file.subarray(17)])],
  ['is empty', () => Buffer.alloc(0)],
])('a file that %s is refused', (_why, change) => {
  const file = change(encodeModel(train(texts)));

  expect(() => decodeModel(file, 'model')).toThrow(TriageError);
});
