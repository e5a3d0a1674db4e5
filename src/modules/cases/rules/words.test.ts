import { describe, expect, it } from 'vitest';
import { CASE_REFUSALS } from '../refusals.ts';
import { caseTexts } from '../texts.ts';
import * as words from './words.ts';

const has = (key: string): boolean => key in caseTexts['zh-CN'] && key in caseTexts.en;

describe('every word of the rules has its text in both languages', () => {
  it.each([
    ['state', words.STATES],
    ['action', [...words.ACTIONS, ...words.OPENING_ACTIONS]],
    ['stage', [...words.STAGES, ...words.DEADLINE_STAGES]],
    ['reason', words.REJECTION_REASONS],
    ['pause', words.PAUSE_REASONS],
    ['closure', words.CLOSURES],
  ])('%s', (name, all) => {
    expect(all.filter((word) => !has(`cases.${name}.${word}`))).toEqual([]);
  });

  it('refusals', () => {
    expect(Object.keys(CASE_REFUSALS).filter((code) => !has(`refusal.${code}`))).toEqual([]);
    const texts = Object.keys(caseTexts.en).filter((key) => key.startsWith('refusal.'));
    expect(texts.map((key) => key.slice('refusal.'.length)).sort()).toEqual(Object.keys(CASE_REFUSALS).sort());
  });

  it('with the same placeholders', () => {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
    const texts = Object.entries(caseTexts['zh-CN']);
    const differ = texts.filter(([key, zh]) => String(holes(zh)) !== String(holes(caseTexts.en[key as never] ?? '')));
    expect(differ).toEqual([]);
  });

  it('a resource belongs to one action', () => {
    const resources = Object.values(words.RESOURCES).filter((resource) => resource !== null);
    expect(new Set(resources).size).toBe(resources.length);
  });
});
