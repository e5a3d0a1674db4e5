import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { BodyOf } from '../../platform/http/contract.ts';
import type { addException, changeSettings } from './contract.ts';
import { chineseCalendar } from './rules/clock.ts';
import { effectiveFrom } from './rules/dating.ts';
import { findSettingRule, OFFICE_HOURS, officeHoursFit, settingOf } from './rules/settings.ts';
import { tenant } from './rows.ts';
import { findClass, settingRows } from './store.ts';
import { lockCatalogue } from './write-classes.ts';

type Change = BodyOf<typeof changeSettings>;

/** Sets numbers from a moment on; what was planned for the same name and class is replaced. */
export async function putSettings(
  tx: WriteTx,
  actor: Actor,
  body: Change,
  now: Date,
): Promise<Result<{ changed: number }>> {
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const refusal = (await refuseClass(tx, body, now)) ?? refuseValues(body) ?? (await refuseHours(tx, body, from));
  if (refusal) return refusal;
  const classCode = body.classCode ?? '*';
  for (const { name, value } of body.values) {
    await sql`
      UPDATE catalogue.setting SET valid_to = greatest(valid_from, ${from})
      WHERE tenant_id = ${tenant} AND name = ${name} AND class_code = ${classCode}
        AND (valid_to IS NULL OR valid_to > ${from})`.execute(tx);
    if (value === null) continue;
    await sql`
      INSERT INTO catalogue.setting (tenant_id, id, name, class_code, value, valid_from, created_by)
      VALUES (${tenant}, ${uuidv7(now.getTime())}, ${name}, ${classCode}, ${value}, ${from}, ${actorId(actor)})`.execute(
      tx,
    );
  }
  return { changed: body.values.length };
}

async function refuseClass(tx: WriteTx, body: Change, now: Date): Promise<Refusal | null> {
  if (body.classCode === null) {
    return body.values.some((each) => each.value === null) ? refuse('catalogue.default_needed') : null;
  }
  const hours = Object.values(OFFICE_HOURS).map((rule) => rule.name as string);
  if (body.values.some((each) => hours.includes(each.name))) return refuse('catalogue.setting_general_only');
  return (await findClass(tx, body.classCode, now))
    ? null
    : refuse('catalogue.class_unknown', { code: body.classCode });
}

function refuseValues(body: Change): Refusal | null {
  for (const { name, value } of body.values) {
    const rule = findSettingRule(name);
    if (!rule || value === null) continue;
    if (value < rule.least || value > rule.most || !Number.isInteger(value)) {
      return refuse('catalogue.setting_range', { name, least: rule.least, most: rule.most });
    }
  }
  return null;
}

/** The four times of the day must follow each other, whichever of them changes. */
async function refuseHours(tx: WriteTx, body: Change, at: Date): Promise<Refusal | null> {
  const rows = await settingRows(tx, at);
  const given = new Map<string, number | null>(body.values.map((each) => [each.name, each.value]));
  const read = (rule: (typeof OFFICE_HOURS)[keyof typeof OFFICE_HOURS]) =>
    given.get(rule.name) ?? settingOf(rule, rows, null);
  const { morningOpens, morningCloses, afternoonOpens, afternoonCloses } = OFFICE_HOURS;
  const fit = officeHoursFit([read(morningOpens), read(morningCloses), read(afternoonOpens), read(afternoonCloses)]);
  return fit ? null : refuse('catalogue.office_hours_order');
}

/** Makes a coming day a holiday or a working day; a day that is one already needs nothing. */
export async function insertException(
  tx: WriteTx,
  actor: Actor,
  body: BodyOf<typeof addException>,
  now: Date,
): Promise<Result<{ day: string }>> {
  // Deadlines that ran through a day were counted with it, so today and the past stay as they were.
  if (body.day <= dayOf(now)) return refuse('catalogue.day_in_past');
  if (chineseCalendar().isWorkday(body.day) === (body.kind === 'workday')) {
    return refuse('catalogue.day_needless', { day: body.day });
  }
  const done = await sql`
    INSERT INTO catalogue.calendar_exception (tenant_id, day, kind, note, created_at, created_by)
    VALUES (${tenant}, ${body.day}::date, ${body.kind}, ${body.note}, ${now}, ${actorId(actor)})
    ON CONFLICT DO NOTHING`.execute(tx);
  return done.numAffectedRows === 0n ? refuse('catalogue.day_taken', { day: body.day }) : { day: body.day };
}

/** Takes a coming day's exception back. */
export async function deleteException(tx: WriteTx, day: string, now: Date): Promise<Result<{ day: string }>> {
  if (day <= dayOf(now)) return refuse('catalogue.day_in_past');
  const done = await sql`
    DELETE FROM catalogue.calendar_exception WHERE tenant_id = ${tenant} AND day = ${day}::date`.execute(tx);
  return done.numAffectedRows === 0n ? refuse('catalogue.day_unknown', { day }) : { day };
}
