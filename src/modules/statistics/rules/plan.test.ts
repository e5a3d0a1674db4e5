import { expect, test } from 'vitest';
import { addDays } from '../../../kit/time.ts';
import { spansOf } from './plan.ts';

/** How often sums of these stretches hold a day. */
function held(spans: ReturnType<typeof spansOf>, day: string): number {
  let times = 0;
  for (const { span, from, to, sign } of spans) {
    const of = span === 'month' ? `${day.slice(0, 7)}-01` : day;
    if (from !== null && of >= from && of <= to) times += sign;
  }
  return times;
}

test('whole months and days more or less hold each day asked for once, and no other', () => {
  for (let start = 0; start < 75; start += 11) {
    for (const length of [0, 6, 14, 15, 16, 29, 45, 90]) {
      const from = addDays('2023-12-20', start);
      const to = addDays(from, length);
      const spans = spansOf({ from, to });
      for (let day = addDays(from, -40); day <= addDays(to, 40); day = addDays(day, 1))
        expect(`${day} ${held(spans, day)}`).toBe(`${day} ${day >= from && day <= to ? 1 : 0}`);
    }
  }
});

test('the first days of a month are read one by one, most of it as the month without the rest', () => {
  expect(spansOf({ from: '2026-11-01', to: '2026-11-07' })).toEqual([
    { span: 'day', from: '2026-11-01', to: '2026-11-07', sign: 1 },
  ]);
  expect(spansOf({ from: '2026-10-25', to: '2026-11-22' })).toEqual([
    { span: 'day', from: '2026-10-25', to: '2026-10-31', sign: 1 },
    { span: 'month', from: '2026-11-01', to: '2026-11-01', sign: 1 },
    { span: 'day', from: '2026-11-23', to: '2026-11-30', sign: -1 },
  ]);
  expect(spansOf({ from: '2026-01-01', to: '2026-09-30' })).toEqual([
    { span: 'month', from: '2026-01-01', to: '2026-09-01', sign: 1 },
  ]);
});
