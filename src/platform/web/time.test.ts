import { describe, expect, it } from 'vitest';
import { type Locale, say } from '../i18n/texts.ts';
import { webTexts } from './texts.ts';
import { byText, cappedText, dayOf, exactTime, leftText, pressureOf, sizeText, usedPart, whenText } from './time.ts';

const zh = (key: string, values?: Readonly<Record<string, unknown>>) => say(webTexts, 'zh-CN', key, values);
const en = (key: string, values?: Readonly<Record<string, unknown>>) => say(webTexts, 'en', key, values);
const now = new Date('2026-11-20T19:46:00+08:00');
const at = (text: string) => new Date(`${text}+08:00`);

describe('times as people say them', () => {
  it('shows China time whatever the device says', () => {
    expect(exactTime('2026-11-20T16:30:05Z')).toBe('2026-11-21 00:30:05');
    expect(dayOf('2026-11-20T16:30:05Z')).toBe('2026-11-21');
  });

  it.each([
    ['2026-11-20T20:12:00', '今天 20:12 前', 'by 20:12 today'],
    ['2026-11-21T17:30:00', '明天 17:30 前', 'by 17:30 tomorrow'],
    ['2026-11-23T17:30:00', '11 月 23 日 17:30 前', 'by 17:30 Monday'],
    ['2027-01-04T17:30:00', '2027 年 1 月 4 日 17:30 前', 'by 17:30 4 January 2027'],
  ])('says by when %s is due', (due, chinese, english) => {
    expect(byText(zh, 'zh-CN', at(due), now)).toBe(chinese);
    expect(byText(en, 'en', at(due), now)).toBe(english);
  });

  it.each([
    ['2026-11-20T20:12:00', '还剩 26 分', '26 min left'],
    ['2026-11-20T18:36:00', '超 1 小时 10 分', '1 h 10 min late'],
    ['2026-11-25T23:00:00', '还剩 5 天', '5 days left'],
    ['2026-11-22T00:46:00', '还剩 1 天 5 小时', '1 day 5 h left'],
  ])('says how long is left until %s', (due, chinese, english) => {
    expect(leftText(zh, at(due), now)).toBe(chinese);
    expect(leftText(en, at(due), now)).toBe(english);
  });

  it('says when something was', () => {
    const said = (locale: Locale, text: string) => whenText(locale === 'en' ? en : zh, locale, at(text), now);
    expect(said('zh-CN', '2026-11-20T19:45:30')).toBe('刚刚');
    expect(said('zh-CN', '2026-11-20T19:40:00')).toBe('6 分钟前');
    expect(said('zh-CN', '2026-11-19T09:05:00')).toBe('昨天 09:05');
    expect(said('en', '2025-11-19T09:05:00')).toBe('19 November 2025 09:05');
  });

  it('knows how much of a clock is used and when it presses', () => {
    const start = at('2026-11-20T18:46:00');
    expect(usedPart(start, at('2026-11-20T20:46:00'), now)).toBe(0.5);
    expect(pressureOf(start, at('2026-11-20T20:46:00'), now)).toBe('calm');
    expect(pressureOf(start, at('2026-11-20T19:50:00'), now)).toBe('soon');
    expect(pressureOf(start, at('2026-11-20T19:40:00'), now)).toBe('late');
  });

  it('caps counts and sizes numbers', () => {
    expect(cappedText('zh-CN', 1_000)).toBe('999+');
    expect(sizeText('en', 31_400_000)).toBe('31 MB');
    expect(sizeText('zh-CN', 420_000)).toBe('420 kB');
  });
});
