import { sql } from 'kysely';
import type { Lane } from '../../platform/auth/actor.ts';
import type { CaseClass, DefaultUrgency, Sensitivity } from './rules/case-class.ts';
import type { DispatchEntry, EntryLevel } from './rules/dispatch.ts';

/** The tenant of the running transaction, for rows and filters; row security demands the same. */
export const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** True at an instant, for a table or alias with `valid_from` and `valid_to`. */
export function inForce(table: string, at: Date) {
  const from = sql.ref(`${table}.valid_from`);
  const to = sql.ref(`${table}.valid_to`);
  return sql<boolean>`(${from} <= ${at} AND (${to} IS NULL OR ${to} > ${at}))`;
}

export type ClassRow = {
  code: string;
  version: number;
  parent_code: string | null;
  name_zh: string;
  name_en: string;
  keywords: string[];
  lane: Lane;
  sensitivity: Sensitivity;
  default_urgency: DefaultUrgency;
  petition: boolean;
  settle_on_spot: boolean;
  needs_photo: boolean;
  call_back_before: boolean;
  fallback: boolean;
  valid_from: Date;
  valid_to: Date | null;
};

export const CLASS_COLUMNS = sql`c.code, c.version, c.parent_code, c.name_zh, c.name_en, c.keywords, c.lane,
  c.sensitivity, c.default_urgency, c.petition, c.settle_on_spot, c.needs_photo, c.call_back_before, c.fallback,
  c.valid_from, c.valid_to`;

/** `version` is the catalogue's version that the class is read at. */
export function toClass(row: ClassRow, version: number): CaseClass {
  return {
    code: row.code,
    version,
    parentCode: row.parent_code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    keywords: row.keywords,
    lane: row.lane,
    sensitivity: row.sensitivity,
    defaultUrgency: row.default_urgency,
    petition: row.petition,
    settleOnSpot: row.settle_on_spot,
    needsPhoto: row.needs_photo,
    callBackBefore: row.call_back_before,
    fallback: row.fallback,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}

export type EntryRow = {
  id: string;
  entry_number: number;
  class_code: string;
  level: EntryLevel;
  area_code: string;
  lead_kind: string | null;
  lead_organisation_id: string | null;
  assist_kinds: string[];
  assist_ids: string[];
  legal_basis: string;
  decided_by: string;
  sample: boolean;
  valid_from: Date;
  valid_to: Date | null;
};

export const ENTRY_COLUMNS = sql`e.id, e.entry_number, e.class_code, e.level, e.area_code, e.lead_kind,
  e.lead_organisation_id, e.assist_kinds, e.assist_ids, e.legal_basis, e.decided_by, e.sample, e.valid_from, e.valid_to`;

export function toEntry(row: EntryRow): DispatchEntry {
  return {
    id: row.id,
    entryNumber: row.entry_number,
    classCode: row.class_code,
    level: row.level,
    areaCode: row.area_code,
    leadKind: row.lead_kind,
    leadOrganisationId: row.lead_organisation_id,
    assistKinds: row.assist_kinds,
    assistIds: row.assist_ids,
    legalBasis: row.legal_basis,
    decidedBy: row.decided_by,
    sample: row.sample,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}
