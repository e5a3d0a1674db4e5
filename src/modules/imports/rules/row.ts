import { DateTime } from 'luxon';
import { type Result, refuse } from '../../../kit/result.ts';
import { cleanText, hasForbiddenCharacters, lengthOf, shorten } from '../../../kit/text.ts';
import { decodeOnce } from './encoded-twice.ts';
import type { Mapping, MomentRule, ValueRule } from './mapping.ts';

/** One record of the table: column → text. */
export type TableRow = Readonly<Record<string, string>>;

/** Columns that the report of rejected rows adds; a corrected report is read with them. */
export const REPORT_COLUMNS = {
  /** What stands for the id of a row whose source has none: the digest of the row as it first came. */
  sourceId: '_source_id',
  /** Cells beyond the header, so that nothing of a bad row is lost. */
  extra: '_extra',
  line: '_line',
  code: '_code',
  reason: '_reason',
} as const;

/** A row read by a mapping: everything but what only the database knows. */
export type ReadRow = {
  readonly sourceId: string;
  readonly title: string;
  readonly body: string;
  readonly openedAt: Date;
  readonly handledAt: Date | null;
  readonly closedAt: Date | null;
  readonly answer: string | null;
  /** Null: to be proposed from the words. */
  readonly classCode: string | null;
  readonly areaCode: string | null;
  /** Name of an area to be looked up; only where the mapping names a column that holds no code. */
  readonly areaName: string | null;
  readonly placeText: string | null;
  readonly point: readonly [number, number] | null;
  readonly urgency: 'normal' | 'urgent';
};

const LONGEST_TITLE = 80;
const LONGEST_TEXT = 20_000;

/**
 * Reads one row. `digest` stands for the id of a source without ids. Refuses with the first thing that is wrong, so
 * that the row can be corrected and imported again.
 */
export function readRow(row: TableRow, mapping: Mapping, digest: string, now: Date): Result<ReadRow> {
  const sourceId = sourceIdOf(row, mapping, digest);
  if (!sourceId) return refuse('imports.no_source_id');
  const title = textOf(row, mapping.title);
  const body = textOf(row, mapping.body) ?? title;
  if (!title || !body) return refuse('imports.empty', { column: title ? 'body' : 'title' });
  const answer = mapping.answer ? textOf(row, mapping.answer) : null;
  const placeText = mapping.placeText ? textOf(row, mapping.placeText) : null;
  const place = areaOf(row, mapping);
  const written = [sourceId, title, body, answer, placeText, place.areaName];
  if (written.some((text) => text !== null && hasForbiddenCharacters(text)))
    return refuse('imports.forbidden_characters');
  if (lengthOf(body) > LONGEST_TEXT) return refuse('imports.too_long', { maximum: LONGEST_TEXT });
  const times = timesOf(row, mapping, now);
  if ('refused' in times) return times;
  const classCode = classOf(row, mapping);
  if (typeof classCode === 'object' && classCode !== null) return classCode;
  const point = pointOf(row, mapping);
  if (point !== null && 'refused' in point) return point;
  return {
    sourceId,
    title: shorten(cleanText(title), LONGEST_TITLE),
    body: cleanText(body),
    ...times,
    answer: answer === null ? null : cleanText(answer),
    classCode,
    ...place,
    placeText,
    point,
    urgency: urgencyOf(row, mapping),
  };
}

function sourceIdOf(row: TableRow, mapping: Mapping, digest: string): string | null {
  if ('rowDigest' in mapping.sourceId) return row[REPORT_COLUMNS.sourceId]?.trim() || digest;
  return row[mapping.sourceId.column]?.trim() || null;
}

function textOf(row: TableRow, rule: ValueRule): string | null {
  const raw =
    'column' in rule
      ? (row[rule.column] ?? '')
      : rule.template.replace(/\{([^}]+)\}/g, (_, name: string) => row[name] ?? '');
  const text = (rule.encodedTwice ? decodeOnce(raw) : raw).trim();
  if (text === '') return null;
  return rule.maxLength ? shorten(text, rule.maxLength) : text;
}

type Times = Pick<ReadRow, 'openedAt' | 'handledAt' | 'closedAt'>;

function timesOf(row: TableRow, mapping: Mapping, now: Date): Result<Times> {
  const openedAt = momentOf(row, mapping.openedAt);
  if (openedAt === 'unreadable' || openedAt === null)
    return refuse('imports.bad_time', { column: mapping.openedAt.column });
  const handledAt = mapping.handledAt ? momentOf(row, mapping.handledAt) : null;
  if (handledAt === 'unreadable') return refuse('imports.bad_time', { column: mapping.handledAt?.column ?? '' });
  const counts = mapping.closedWhen
    ? mapping.closedWhen.in.includes(row[mapping.closedWhen.column]?.trim() ?? '')
    : true;
  const closedAt = mapping.closedAt && counts ? momentOf(row, mapping.closedAt) : null;
  if (closedAt === 'unreadable') return refuse('imports.bad_time', { column: mapping.closedAt?.column ?? '' });
  if (mapping.closedWhen && counts && closedAt === null) return refuse('imports.closed_without_time');
  if (openedAt > now || (closedAt && closedAt > now)) return refuse('imports.in_future');
  if (handledAt && handledAt < openedAt) return refuse('imports.handled_before_opened');
  if (closedAt && closedAt < openedAt) return refuse('imports.closed_before_opened');
  return { openedAt, handledAt, closedAt };
}

/** A moment as machines write it. It needs no table of time zones, which costs more than all else of a row. */
const INSTANT =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

/** A moment, null for an empty cell, `unreadable` for one that fits no format or does not exist in its zone. */
export function momentOf(row: TableRow, rule: MomentRule): Date | null | 'unreadable' {
  const raw = row[rule.column]?.trim() ?? '';
  if (raw === '') return null;
  if (rule.formats[0] === 'iso' && INSTANT.test(raw)) {
    const read = new Date(raw);
    // 31 February would be the third of March; such days are for the reader below to refuse.
    if (read.toISOString().startsWith(raw.slice(0, 19))) return read;
  }
  for (const format of rule.formats) {
    const options = { zone: rule.zone, locale: 'en-US' };
    const parsed = format === 'iso' ? DateTime.fromISO(raw, options) : DateTime.fromFormat(raw, format, options);
    if (!parsed.isValid) continue;
    const dayOnly = format === 'iso' ? !raw.includes('T') && !raw.includes(':') : !/[HhTt]/.test(format);
    return (dayOnly && rule.dayMeans === 'end' ? parsed.endOf('day').startOf('second') : parsed).toJSDate();
  }
  return 'unreadable';
}

function classOf(row: TableRow, mapping: Mapping): Result<string | null> {
  const rule = mapping.class;
  if (rule === 'auto') return null;
  if ('code' in rule) return rule.code;
  const found = lookUp(row, rule);
  if (found === null) return refuse('imports.class_not_mapped', { value: shorten(row[rule.column] ?? '', 60) });
  return found === 'auto' ? null : found;
}

function lookUp(
  row: TableRow,
  rule: { column: string; values: Record<string, string>; otherwise?: string | undefined },
): string | null {
  const wanted = (row[rule.column] ?? '').trim().toLowerCase();
  for (const [from, to] of Object.entries(rule.values)) if (from.trim().toLowerCase() === wanted) return to;
  return rule.otherwise ?? null;
}

function areaOf(row: TableRow, mapping: Mapping): Pick<ReadRow, 'areaCode' | 'areaName'> {
  if (mapping.area === null) return { areaCode: null, areaName: null };
  if ('code' in mapping.area) return { areaCode: mapping.area.code, areaName: null };
  const named = row[mapping.area.column]?.trim() ?? '';
  if (named === '') return { areaCode: null, areaName: null };
  return /^\d{4,17}$/.test(named) ? { areaCode: named, areaName: null } : { areaCode: null, areaName: named };
}

function pointOf(row: TableRow, mapping: Mapping): Result<readonly [number, number] | null> {
  if (mapping.point === null) return null;
  const [lon, lat] = [row[mapping.point.lon]?.trim() ?? '', row[mapping.point.lat]?.trim() ?? ''];
  if (lon === '' && lat === '') return null;
  const point = [Number(lon), Number(lat)] as const;
  const fits = lon !== '' && lat !== '' && Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90;
  return fits ? point : refuse('imports.bad_point');
}

function urgencyOf(row: TableRow, mapping: Mapping): 'normal' | 'urgent' {
  return mapping.urgency && lookUp(row, mapping.urgency) === 'urgent' ? 'urgent' : 'normal';
}
