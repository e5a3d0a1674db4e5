import { type RawBuilder, sql } from 'kysely';
import type { ClockType, Deadline } from '../../kit/deadline.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { CaseClass } from './rules/case-class.ts';
import { chineseCalendar, type WorkCalendar } from './rules/clock.ts';
import {
  type DeadlineRow,
  type DeadlineStage,
  DEFAULT,
  type EffectiveDeadline,
  effectiveDeadlines,
} from './rules/deadlines.ts';
import { type ClassMatch, joinAdvice, wordMatcher } from './rules/matching.ts';
import {
  CALL_BACK_SETTINGS,
  type CaseSettingKey,
  caseSettingsFrom,
  DUTY_SETTINGS,
  PRIVACY_SETTINGS,
  JOINT_SETTINGS,
  TRIAGE_SETTINGS,
  officeHoursFrom,
  type SettingRow,
  settingsFrom,
  SUPERVISION_SETTINGS,
} from './rules/settings.ts';
import { keep, keepAt, keepEach, stretchOf } from './kept.ts';
import { CLASS_COLUMNS, type ClassRow, inForce, tenant, toClass } from './rows.ts';

/** The version of the catalogue in force at an instant; null before its first. */
export async function versionAt(tx: ReadTx, at: Date): Promise<number | null> {
  return keepAt(tx, 'version', at, () => loadVersion(tx, at));
}

async function loadVersion(tx: ReadTx, at: Date): Promise<number | null> {
  const found = await sql<{ version: number }>`
    SELECT version FROM catalogue.catalogue_version WHERE tenant_id = ${tenant} AND valid_from <= ${at}
    ORDER BY valid_from DESC, version DESC LIMIT 1`.execute(tx);
  return found.rows[0]?.version ?? null;
}

/** The moment a version of the catalogue began; null when there is no such version. */
export async function momentOf(tx: ReadTx, version: number): Promise<Date | null> {
  return keep(tx, `moment of ${version}`, () => loadMoment(tx, version));
}

async function loadMoment(tx: ReadTx, version: number): Promise<Date | null> {
  const found = await sql<{ valid_from: Date }>`
    SELECT valid_from FROM catalogue.catalogue_version
    WHERE tenant_id = ${tenant} AND version = ${version}`.execute(tx);
  return found.rows[0]?.valid_from ?? null;
}

/** The class as it stands at an instant; null when unknown or closed then. Its `version` is what a case keeps. */
export async function findClass(tx: ReadTx, code: string, at: Date): Promise<CaseClass | null> {
  return keepAt(tx, `class ${code}`, at, () => loadClass(tx, code, at));
}

async function loadClass(tx: ReadTx, code: string, at: Date): Promise<CaseClass | null> {
  const found = await sql<ClassRow>`
    SELECT ${CLASS_COLUMNS} FROM catalogue.class c
    WHERE c.tenant_id = ${tenant} AND c.code = ${code} AND ${inForce('c', at)}`.execute(tx);
  const row = found.rows[0];
  const version = row ? await versionAt(tx, at) : null;
  return row && version !== null ? toClass(row, version) : null;
}

/** The class as it stood under a version of the catalogue, closed since or not. */
export async function classOfVersion(tx: ReadTx, code: string, version: number): Promise<CaseClass | null> {
  const at = await momentOf(tx, version);
  if (!at) return null;
  const found = await findClass(tx, code, at);
  return found && { ...found, version };
}

export type ClassNames = { readonly nameZh: string; readonly nameEn: string };

/** What to call several classes today, closed ones by their last name; unknown codes are left out. */
export async function classNames(tx: ReadTx, codes: readonly string[]): Promise<Map<string, ClassNames>> {
  if (codes.length === 0) return new Map();
  const stretch = await stretchOf(tx, new Date());
  return keepEach(tx, `names @${stretch}`, codes, async (missing) => {
    const found = await sql<{ code: string; name_zh: string; name_en: string }>`
      SELECT DISTINCT ON (code) code, name_zh, name_en FROM catalogue.class
      WHERE tenant_id = ${tenant} AND code = ANY(${[...missing]}) AND valid_from <= now()
      ORDER BY code, valid_from DESC, version DESC`.execute(tx);
    return new Map(found.rows.map((row) => [row.code, { nameZh: row.name_zh, nameEn: row.name_en }]));
  });
}

/** SQL for the codes of a class and the classes below it, whenever they held. */
export function classCodesWithin(prefix: string): RawBuilder<string> {
  return sql<string>`
    SELECT DISTINCT code FROM catalogue.class WHERE tenant_id = ${tenant} AND code >= ${prefix} AND code < ${`${prefix}:`}`;
}

/** All classes open at an instant, in the order of codes: each upper class before its lower ones. */
export async function listClasses(tx: ReadTx, at: Date): Promise<CaseClass[]> {
  return [...(await keepAt(tx, 'classes', at, () => loadClasses(tx, at)))];
}

async function loadClasses(tx: ReadTx, at: Date): Promise<CaseClass[]> {
  const version = await versionAt(tx, at);
  if (version === null) return [];
  const found = await sql<ClassRow>`
    SELECT ${CLASS_COLUMNS} FROM catalogue.class c
    WHERE c.tenant_id = ${tenant} AND ${inForce('c', at)} ORDER BY c.code`.execute(tx);
  return found.rows.map((row) => toClass(row, version));
}

/** The code of the class that takes what nothing points to elsewhere; throws when the catalogue has none. */
export async function findDefaultClass(tx: ReadTx, at: Date): Promise<string> {
  return keepAt(tx, 'class for all else', at, () => loadDefaultClass(tx, at));
}

async function loadDefaultClass(tx: ReadTx, at: Date): Promise<string> {
  const found = await sql<{ code: string }>`
    SELECT c.code FROM catalogue.class c
    WHERE c.tenant_id = ${tenant} AND c.fallback AND ${inForce('c', at)} ORDER BY c.code LIMIT 1`.execute(tx);
  const code = found.rows[0]?.code;
  if (code === undefined) throw new Error('the catalogue has no class for everything else');
  return code;
}

/** Classes whose words stand in a text, best first, with the words that led to them. */
export async function matchClasses(tx: ReadTx, text: string, at: Date): Promise<readonly ClassMatch[]> {
  return (await classMatcher(tx, at))(text);
}

/** A class that a module above proposes for a text, with how sure it is (0 to 1) and the words that led to it. */
export type ClassAdvice = { readonly code: string; readonly words: readonly string[]; readonly confidence: number };
export type ClassAdvisor = (tx: ReadTx, at: Date) => Promise<(text: string) => readonly ClassAdvice[]>;

let advisor: ClassAdvisor | null = null;

/** What is learned from confirmed cases stands above the catalogue: it registers itself here, once. */
export function registerClassAdvisor(next: ClassAdvisor): void {
  advisor = next;
}

/** `matchClasses` for many texts: the classes are loaded once. What is advised goes before what words alone point to. */
export async function classMatcher(tx: ReadTx, at: Date): Promise<(text: string) => readonly ClassMatch[]> {
  const classes = (await listClasses(tx, at)).filter(({ keywords }) => keywords.length > 0);
  const advise = (await advisor?.(tx, at)) ?? (() => []);
  const match = wordMatcher(classes);
  return (text) => joinAdvice(advise(text), match(text));
}

/** The deadline rows of some classes at an instant. */
export async function deadlineRows(tx: ReadTx, codes: readonly string[], at: Date): Promise<DeadlineRow[]> {
  const found = await sql<{
    class_code: string;
    stage: DeadlineStage;
    amount: string;
    clock: ClockType;
    basis: string;
  }>`
    SELECT d.class_code, d.stage, d.amount, d.clock, d.basis FROM catalogue.deadline d
    WHERE d.tenant_id = ${tenant} AND d.class_code = ANY(${[...codes]}) AND ${inForce('d', at)}`.execute(tx);
  return found.rows.map((row) => ({
    classCode: row.class_code,
    stage: row.stage,
    amount: Number(row.amount),
    clock: row.clock,
    basis: row.basis,
  }));
}

/**
 * The deadline of every stage of a class under the version a case keeps; changes made since do not reach it. `at`
 * stands in where the version is unknown.
 */
export async function deadlinesOf(
  tx: ReadTx,
  classCode: string,
  version: number,
  at: Date,
): Promise<Readonly<Record<DeadlineStage, EffectiveDeadline>>> {
  const moment = (await momentOf(tx, version)) ?? at;
  return keepAt(tx, `deadlines ${classCode}`, moment, () => loadDeadlines(tx, classCode, moment));
}

async function loadDeadlines(tx: ReadTx, classCode: string, moment: Date) {
  const parent = await sql<{ parent_code: string | null }>`
    SELECT c.parent_code FROM catalogue.class c
    WHERE c.tenant_id = ${tenant} AND c.code = ${classCode} AND ${inForce('c', moment)}`.execute(tx);
  const parentCode = parent.rows[0]?.parent_code ?? null;
  const codes = [classCode, DEFAULT, ...(parentCode === null ? [] : [parentCode])];
  return effectiveDeadlines(await deadlineRows(tx, codes, moment), classCode, parentCode);
}

/** One of `deadlinesOf`. */
export async function deadline(
  tx: ReadTx,
  classCode: string,
  version: number,
  stage: DeadlineStage,
  at: Date,
): Promise<Deadline> {
  return (await deadlinesOf(tx, classCode, version, at))[stage];
}

/** The rows of settings in force at an instant. */
export async function settingRows(tx: ReadTx, at: Date): Promise<readonly SettingRow[]> {
  return keepAt(tx, 'settings', at, () => loadSettingRows(tx, at));
}

async function loadSettingRows(tx: ReadTx, at: Date): Promise<readonly SettingRow[]> {
  const found = await sql<{ name: string; class_code: string; value: string }>`
    SELECT s.name, s.class_code, s.value FROM catalogue.setting s
    WHERE s.tenant_id = ${tenant} AND ${inForce('s', at)}`.execute(tx);
  return found.rows.map((row) => ({ name: row.name, classCode: row.class_code, value: Number(row.value) }));
}

/** The numbers that case rules need, in force at an instant; a class may have its own. */
export async function caseSettings(
  tx: ReadTx,
  at: Date,
  classCode: string | null = null,
): Promise<Readonly<Record<CaseSettingKey, number>>> {
  return caseSettingsFrom(await settingRows(tx, at), classCode);
}

export type JointSettings = Readonly<Record<keyof typeof JOINT_SETTINGS, number>>;

/** The limits of joint handling in force at an instant, in minutes and metres. */
export async function jointSettings(tx: ReadTx, at: Date, classCode: string | null = null): Promise<JointSettings> {
  return settingsFrom(JOINT_SETTINGS, await settingRows(tx, at), classCode);
}

export type PrivacySettings = Readonly<Record<keyof typeof PRIVACY_SETTINGS, number>>;

/** Limits for requests of people about their own data. */
export async function privacySettings(tx: ReadTx, at: Date): Promise<PrivacySettings> {
  return settingsFrom(PRIVACY_SETTINGS, await settingRows(tx, at), null);
}

export type DutySettings = Readonly<Record<keyof typeof DUTY_SETTINGS, number>>;

/** The clocks of quick response in force at an instant, in minutes. */
export async function dutySettings(tx: ReadTx, at: Date, classCode: string | null = null): Promise<DutySettings> {
  return settingsFrom(DUTY_SETTINGS, await settingRows(tx, at), classCode);
}

export type SupervisionSettings = Readonly<Record<keyof typeof SUPERVISION_SETTINGS, number>>;

/** When supervision steps in and how long its colours last, in force at an instant; a class may have its own. */
export async function supervisionSettings(
  tx: ReadTx,
  at: Date,
  classCode: string | null = null,
): Promise<SupervisionSettings> {
  return settingsFrom(SUPERVISION_SETTINGS, await settingRows(tx, at), classCode);
}

export type TriageSettings = Readonly<Record<keyof typeof TRIAGE_SETTINGS, number>>;

/** When suggestions are shown and the classifier is trained anew, in force at an instant. */
export async function triageSettings(tx: ReadTx, at: Date): Promise<TriageSettings> {
  return settingsFrom(TRIAGE_SETTINGS, await settingRows(tx, at), null);
}

/** For how many minutes a call that was begun stays with its caller. */
export async function callBackClaimMinutes(tx: ReadTx, at: Date): Promise<number> {
  return settingsFrom(CALL_BACK_SETTINGS, await settingRows(tx, at), null).claim;
}

/** The national calendar with this place's own days and office hours, as they are at `at` (now unless told). */
export async function loadCalendar(tx: ReadTx, at: Date = new Date()): Promise<WorkCalendar> {
  return keepAt(tx, 'calendar', at, () => makeCalendar(tx, at));
}

async function makeCalendar(tx: ReadTx, at: Date): Promise<WorkCalendar> {
  const days = await sql<{ day: string; kind: 'holiday' | 'workday' }>`
    SELECT day::text AS day, kind FROM catalogue.calendar_exception WHERE tenant_id = ${tenant}`.execute(tx);
  const exceptions = new Map(days.rows.map((row) => [row.day, row.kind]));
  return chineseCalendar({ exceptions, officeHours: officeHoursFrom(await settingRows(tx, at)) });
}
