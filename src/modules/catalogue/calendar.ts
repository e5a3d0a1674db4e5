import { sql } from 'kysely';
import { addDays, dayOf, weekdayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf } from '../../platform/http/contract.ts';
import type { CalendarYear, listSettings } from './contract.ts';
import { chineseCalendar } from './rules/clock.ts';
import { findSettingRule, SETTING_NAMES, type SettingRow, settingOf } from './rules/settings.ts';
import { tenant } from './rows.ts';
import { classNames, loadCalendar, settingRows } from './store.ts';

/** The working calendar of a year: where the country differs from Monday to Friday, and this place from the country. */
export async function calendarYear(tx: ReadTx, year: number, now: Date): Promise<CalendarYear> {
  const nation = chineseCalendar();
  const place = await loadCalendar(tx, now);
  const national: CalendarYear['national'] = [];
  let workdays = 0;
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const works = nation.isWorkday(day);
    if (works !== weekdayOf(day) <= 5) national.push({ day, kind: works ? 'workday' : 'holiday' });
    if (place.isWorkday(day)) workdays += 1;
  }
  const own = await sql<{ day: string; kind: 'holiday' | 'workday'; note: string }>`
    SELECT day::text AS day, kind, note FROM catalogue.calendar_exception
    WHERE tenant_id = ${tenant} AND day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date
    ORDER BY day`.execute(tx);
  const today = dayOf(now);
  return {
    year,
    known: nation.knows(year),
    workdays,
    national,
    exceptions: own.rows.map((row) => ({ ...row, removable: row.day > today })),
  };
}

/** Every setting with its bounds, the value of today, what is planned, and the classes that have their own. */
export async function presentSettings(tx: ReadTx, now: Date): Promise<AnswerOf<typeof listSettings>> {
  const rows = await settingRows(tx, now);
  const planned = await sql<{ name: string; value: string; valid_from: Date }>`
    SELECT DISTINCT ON (name) name, value, valid_from FROM catalogue.setting
    WHERE tenant_id = ${tenant} AND class_code = '*' AND valid_from > ${now} AND (valid_to IS NULL OR valid_to > valid_from)
    ORDER BY name, valid_from`.execute(tx);
  const names = await classNames(
    tx,
    rows.filter((row) => row.classCode !== '*').map((row) => row.classCode),
  );
  return {
    items: SETTING_NAMES.map((name) => {
      const rule = findSettingRule(name);
      if (!rule) throw new Error(`no rule for setting ${name}`);
      const next = planned.rows.find((row) => row.name === name);
      return {
        name,
        unit: rule.unit,
        least: rule.least,
        most: rule.most,
        value: settingOf(rule, rows, null),
        planned: next ? { value: Number(next.value), from: next.valid_from.toISOString() } : null,
        classes: classesOf(name, rows, names),
      };
    }),
  };
}

function classesOf(name: string, rows: readonly SettingRow[], names: Awaited<ReturnType<typeof classNames>>) {
  return rows
    .filter((row) => row.name === name && row.classCode !== '*')
    .map((row) => ({
      class: { code: row.classCode, nameZh: row.classCode, nameEn: row.classCode, ...names.get(row.classCode) },
      value: row.value,
    }));
}
