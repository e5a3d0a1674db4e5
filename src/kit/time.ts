/**
 * Time as the offices live it: Asia/Shanghai, fixed at +08:00. China has had no summer time since 1991, so moments
 * from 1991-09-15 on need no time-zone table; earlier summers (1986–1991) would be one hour off.
 */
const OFFSET = 8 * 3_600_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** The day of a moment in Asia/Shanghai, `yyyy-mm-dd`. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + OFFSET).toISOString().slice(0, 10);
}

/** The minute of the Shanghai day, 0 to 1439, with fractions for seconds. */
export function minuteOfDay(moment: Date): number {
  const time = moment.getTime() + OFFSET;
  return (((time % DAY) + DAY) % DAY) / MINUTE;
}

/** The moment a Shanghai day begins. Throws on what is no day. */
export function startOfDay(day: string): Date {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET);
}

/** The moment after a Shanghai day's last: where the next one begins. */
export function endOfDay(day: string): Date {
  return new Date(startOfDay(day).getTime() + DAY);
}

/** The moment of a Shanghai day at `minutes` after midnight. */
export function atMinute(day: string, minutes: number): Date {
  return new Date(startOfDay(day).getTime() + minutes * MINUTE);
}

/** The day `count` days later, earlier when negative. */
export function addDays(day: string, count: number): string {
  return dayOf(new Date(startOfDay(day).getTime() + count * DAY));
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / DAY);
}

/** Day of the week, 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay() || 7;
}

/** True for a day of the calendar written `yyyy-mm-dd`; 2023-02-29 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).getUTCDate() === Number(text.slice(8));
}

/** `yyyy-mm-dd HH:mm` in Asia/Shanghai. */
export function shanghaiText(moment: Date): string {
  return new Date(moment.getTime() + OFFSET).toISOString().slice(0, 16).replace('T', ' ');
}
