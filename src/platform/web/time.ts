import type { Locale } from '../i18n/texts.ts';
import type { Say } from './i18n.tsx';

/** Working time and display are China's, wherever the reader's device is. */
export const TIME_ZONE = 'Asia/Shanghai';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Moment = string | Date;

export function toDate(moment: Moment): Date {
  return typeof moment === 'string' ? new Date(moment) : moment;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options);
  let format = formats.get(name);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone: TIME_ZONE, ...options });
    formats.set(name, format);
  }
  return format;
}

/** `yyyy-mm-dd` of a moment in China. */
export function dayOf(moment: Moment): string {
  const parts = formatter('en', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(toDate(moment));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** `HH:MM` in China. */
export function clockOf(moment: Moment): string {
  return formatter('en', { hour: '2-digit', minute: '2-digit', hour12: false, hourCycle: 'h23' }).format(
    toDate(moment),
  );
}

/** Everything, for titles and for copying: `2026-11-20 19:42:03`. */
export function exactTime(moment: Moment): string {
  const date = toDate(moment);
  const seconds = formatter('en', { second: '2-digit' }).format(date).padStart(2, '0');
  return `${dayOf(date)} ${clockOf(date)}:${seconds}`;
}

/** Whole days between the dates of two moments in China; positive when `later` is later. */
function daysApart(earlier: Moment, later: Moment): number {
  return Math.round((Date.parse(dayOf(later)) - Date.parse(dayOf(earlier))) / DAY);
}

/** A date as people say it near `now`: 今天, 明天, 11 月 27 日, 2025 年 11 月 27 日; English today, 27 November. */
export function dayText(t: Say, locale: Locale, moment: Moment, now: Date): string {
  const away = daysApart(now, moment);
  if (away === 0) return t('web.time.today');
  if (away === 1) return t('web.time.tomorrow');
  if (away === -1) return t('web.time.yesterday');
  return plainDay(locale, moment, now);
}

/** A date without words like 'today'; the year only when it is not this one. */
export function plainDay(locale: Locale, moment: Moment, now: Date): string {
  const [year = '', month = '', day = ''] = dayOf(moment).split('-');
  const sameYear = dayOf(now).startsWith(year);
  if (locale === 'zh-CN') return `${sameYear ? '' : `${year} 年 `}${Number(month)} 月 ${Number(day)} 日`;
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
  return formatter('en', sameYear ? options : { ...options, year: 'numeric' }).format(toDate(moment));
}

/** When something happened: 刚刚, 5 分钟前, 今天 09:12, 11 月 20 日 19:42. */
export function whenText(t: Say, locale: Locale, moment: Moment, now: Date): string {
  const ago = now.getTime() - toDate(moment).getTime();
  if (ago >= 0 && ago < MINUTE) return t('web.time.just_now');
  if (ago >= 0 && ago < HOUR) return t('web.time.minutes_ago', { n: Math.floor(ago / MINUTE) });
  return t('web.time.day_at', { day: dayText(t, locale, moment, now), time: clockOf(moment) });
}

/** By when something is due: 今天 17:30 前, 11 月 27 日 17:30 前; within the week English adds the weekday. */
export function byText(t: Say, locale: Locale, due: Moment, now: Date): string {
  const away = daysApart(now, due);
  const time = clockOf(due);
  if (away > 1 && away < 7 && locale === 'en') {
    return t('web.time.by', { day: formatter('en', { weekday: 'long' }).format(toDate(due)), time });
  }
  return t('web.time.by', { day: dayText(t, locale, due, now), time });
}

/** A length of time in one or two units: 26 分, 1 小时 10 分, 3 天, 2 天 4 小时 (ms, never negative). */
export function lengthText(t: Say, ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < MINUTE) return t('web.time.under_a_minute');
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const parts: string[] = [];
  if (days > 0) parts.push(unit(t, 'day', days));
  // Beyond three days nobody plans by the hour.
  if (hours > 0 && days < 3) parts.push(unit(t, 'hour', hours));
  if (days === 0 && minutes > 0 && hours < 10) parts.push(unit(t, 'minute', minutes));
  return parts.join(t('web.time.between_units'));
}

function unit(t: Say, name: 'day' | 'hour' | 'minute', n: number): string {
  return t(n === 1 ? `web.time.${name}_one` : `web.time.${name}_many`, { n });
}

/** 还剩 26 分 or 超 1 小时 10 分. */
export function leftText(t: Say, due: Moment, now: Date): string {
  const left = toDate(due).getTime() - now.getTime();
  return left >= 0
    ? t('web.time.left', { length: lengthText(t, left) })
    : t('web.time.over', { length: lengthText(t, -left) });
}

/** How urgent a clock is: `late` when over, `soon` under a quarter of the time or two hours of a day, else `calm`. */
export type Pressure = 'late' | 'soon' | 'calm';

export function pressureOf(start: Moment, due: Moment, now: Date): Pressure {
  const end = toDate(due).getTime();
  const left = end - now.getTime();
  if (left < 0) return 'late';
  return left <= (end - toDate(start).getTime()) / 4 ? 'soon' : 'calm';
}

/** How much of the time between two moments is used, 0…1. */
export function usedPart(start: Moment, due: Moment, now: Date): number {
  const from = toDate(start).getTime();
  const length = toDate(due).getTime() - from;
  if (length <= 0) return 1;
  return Math.min(1, Math.max(0, (now.getTime() - from) / length));
}

/** A month as `yyyy-mm`: 2026 年 3 月, March 2026. */
export function monthText(locale: Locale, month: string): string {
  const [year = '', number = ''] = month.split('-');
  if (locale === 'zh-CN') return `${year} 年 ${Number(number)} 月`;
  return formatter('en', { year: 'numeric', month: 'long' }).format(toDate(`${month}-15T00:00:00+08:00`));
}

/** 1,234 in the reader's way. */
export function numberText(locale: Locale, value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'zh-CN', options).format(value);
}

/** Counts of queues are capped by the server: 999+ says 'at least'. */
export function cappedText(locale: Locale, count: number, cap = 999): string {
  return count > cap ? `${numberText(locale, cap)}+` : numberText(locale, count);
}

/** 31 MB, 420 kB. */
export function sizeText(locale: Locale, bytes: number): string {
  const [value, name] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : [bytes / 1_000, 'kB'];
  return `${numberText(locale, value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${name}`;
}
