import { addDays } from '../../../kit/time.ts';

export const PERIODS = ['month', 'last_month', 'days_30', 'year', 'chosen'] as const;
export type Period = (typeof PERIODS)[number];
export type Days = { readonly from: string; readonly to: string };

/** The days a period means today; `chosen` is what somebody entered. */
export function daysOf(period: Exclude<Period, 'chosen'>, today: string): Days {
  const month = `${today.slice(0, 7)}-01`;
  const lastMonth = `${addDays(month, -1).slice(0, 7)}-01`;
  switch (period) {
    case 'month':
      return { from: month, to: today };
    case 'last_month':
      return { from: lastMonth, to: addDays(month, -1) };
    case 'days_30':
      return { from: addDays(today, -29), to: today };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}
