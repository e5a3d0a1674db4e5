import { describe, expect, it } from 'vitest';
import { cleanText, hasForbiddenCharacters, lengthOf, shorten, toHalfWidth } from './text.ts';

describe('text', () => {
  it('is stored in one form: composed, LF, without blank or invisible edges', () => {
    expect(cleanText('\u3000 cafe\u0301\r\n门口\r漏水\u200b \ufeff')).toBe('café\n门口\n漏水');
    expect(cleanText('\u200b\u3000\n')).toBe('');
    expect(cleanText('a\u200bb')).toBe('a\u200bb');
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['bell', '\u0007'],
    ['vertical tab', 'a\u000bb'],
    ['delete', '\u007f'],
    ['a C1 control', '\u0085'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00b'],
    ['the noncharacter U+FFFE', '\ufffe'],
    ['the noncharacter U+FDD0', '\ufdd0'],
    ['the noncharacter U+1FFFF', '\u{1ffff}'],
    ['the noncharacter U+10FFFE', 'x\u{10fffe}'],
  ])('refuses %s', (_name, text) => {
    expect(hasForbiddenCharacters(text)).toBe(true);
  });

  it('takes what people write', () => {
    expect(hasForbiddenCharacters('路灯坏了😀，\t第二行\r\n𠮷野家 <b>“引号”</b>')).toBe(false);
    expect(hasForbiddenCharacters('')).toBe(false);
  });

  it('counts and cuts by code points', () => {
    expect(lengthOf('𠮷野😀')).toBe(3);
    expect(shorten('𠮷野家在路口', 4)).toBe('𠮷野家…');
    expect(shorten('路口', 2)).toBe('路口');
  });

  it('reads full-width writing', () => {
    expect(toHalfWidth('２０２６－ＡＢ\u3000—')).toBe('2026-AB -');
  });
});
