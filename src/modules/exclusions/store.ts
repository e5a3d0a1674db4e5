import { type RawBuilder, sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { Exclusion, ExclusionState } from './rules/exclusion.ts';
import type { GroundRow } from './rules/grounds.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

type Row = {
  id: string;
  version: number;
  case_id: string;
  organisation_id: string;
  area_code: string;
  ground: string;
  words: string;
  state: ExclusionState;
  asked_at: Date;
  asked_by: string;
  asked_by_organisation_id: string;
  decided_at: Date | null;
  decided_by: string | null;
  decided_by_organisation_id: string | null;
  decision_words: string | null;
  public_words: string | null;
  revoked_at: Date | null;
  revoked_by_organisation_id: string | null;
  revocation_words: string | null;
};

const COLUMNS = sql`e.id, e.version, e.case_id, e.organisation_id, e.area_code, e.ground, e.words, e.state, e.asked_at,
  e.asked_by, e.asked_by_organisation_id, e.decided_at, e.decided_by, e.decided_by_organisation_id, e.decision_words,
  e.public_words, e.revoked_at, e.revoked_by_organisation_id, e.revocation_words`;

function toExclusion(row: Row): Exclusion {
  return {
    id: row.id,
    version: row.version,
    caseId: row.case_id,
    organisationId: row.organisation_id,
    areaCode: row.area_code,
    ground: row.ground,
    words: row.words,
    state: row.state,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    askedByOrganisationId: row.asked_by_organisation_id,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decidedByOrganisationId: row.decided_by_organisation_id,
    decisionWords: row.decision_words,
    publicWords: row.public_words,
    revokedAt: row.revoked_at,
    revokedByOrganisationId: row.revoked_by_organisation_id,
    revocationWords: row.revocation_words,
  };
}

/** One by id; `lock` keeps others from changing it until the transaction ends. */
export async function findExclusion(tx: ReadTx, id: string, lock = false): Promise<Exclusion | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM exclusions.exclusion e
    WHERE e.tenant_id = ${tenant} AND e.id = ${id}::uuid ${lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0] ? toExclusion(rows[0]) : null;
}

/** All about a case, newest first. */
export async function exclusionsOfCase(tx: ReadTx, caseId: string): Promise<readonly Exclusion[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM exclusions.exclusion e
    WHERE e.tenant_id = ${tenant} AND e.case_id = ${caseId}::uuid ORDER BY e.asked_at DESC, e.id DESC LIMIT 50`.execute(
    tx,
  );
  return rows.map(toExclusion);
}

export type NewExclusion = Pick<
  Exclusion,
  'id' | 'caseId' | 'organisationId' | 'areaCode' | 'ground' | 'words' | 'askedAt' | 'askedBy' | 'askedByOrganisationId'
>;

/** False when there is one in force or asked for already. */
export async function insertExclusion(tx: WriteTx, made: NewExclusion): Promise<boolean> {
  const done = await sql`
    INSERT INTO exclusions.exclusion (tenant_id, id, version, case_id, organisation_id, area_code, ground, words, state,
      asked_at, asked_by, asked_by_organisation_id)
    VALUES (${tenant}, ${made.id}::uuid, 1, ${made.caseId}::uuid, ${made.organisationId}::uuid, ${made.areaCode},
      ${made.ground}, ${made.words}, 'asked', ${made.askedAt}, ${made.askedBy}, ${made.askedByOrganisationId}::uuid)
    ON CONFLICT DO NOTHING`.execute(tx);
  return done.numAffectedRows === 1n;
}

export type Decision = {
  readonly granted: boolean;
  readonly words: string;
  readonly publicWords: string | null;
  readonly by: string;
  readonly organisationId: string;
};

export async function writeDecision(tx: WriteTx, id: string, decision: Decision, now: Date): Promise<void> {
  await sql`
    UPDATE exclusions.exclusion SET version = version + 1, state = ${decision.granted ? 'granted' : 'refused'},
      decided_at = ${now}, decided_by = ${decision.by}, decided_by_organisation_id = ${decision.organisationId}::uuid,
      decision_words = ${decision.words}, public_words = ${decision.publicWords}
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

export async function writeRevocation(
  tx: WriteTx,
  id: string,
  by: { readonly userId: string; readonly organisationId: string; readonly words: string },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE exclusions.exclusion SET version = version + 1, state = 'revoked', revoked_at = ${now},
      revoked_by = ${by.userId}, revoked_by_organisation_id = ${by.organisationId}::uuid, revocation_words = ${by.words}
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

type Page = { readonly after?: string | undefined; readonly limit: number };
type Exclusions = Result<{ readonly items: readonly Exclusion[]; readonly next: string | null }>;

/** One page, newest asked first, of what `reach` lets through. */
export async function listExclusions(
  tx: ReadTx,
  reach: RawBuilder<boolean>,
  state: ExclusionState | undefined,
  page: Page,
): Promise<Exclusions> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM exclusions.exclusion e
    WHERE e.tenant_id = ${tenant} AND ${reach} ${state ? sql`AND e.state = ${state}` : sql``}
      ${after ? sql`AND (e.asked_at, e.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY e.asked_at DESC, e.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? writePosition({ at: last.asked_at, id: last.id }) : null;
  return { items: shown.map(toExclusion), next };
}

/** What was granted, also what was revoked since, newest decision first. */
export async function listPublic(tx: ReadTx, page: Page): Promise<Exclusions> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM exclusions.exclusion e
    WHERE e.tenant_id = ${tenant} AND e.state IN ('granted', 'revoked')
      ${after ? sql`AND (e.decided_at, e.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY e.decided_at DESC, e.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next =
    rows.length > page.limit && last?.decided_at ? writePosition({ at: last.decided_at, id: last.id }) : null;
  return { items: shown.map(toExclusion), next };
}

/** Which of these cases the figures of an office leave out. */
export async function excludedAmong(
  tx: ReadTx,
  caseIds: readonly string[],
  organisationId: string,
): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set();
  const { rows } = await sql<{ case_id: string }>`
    SELECT e.case_id FROM exclusions.exclusion e
    WHERE e.tenant_id = ${tenant} AND e.case_id = ANY(${[...caseIds]}::uuid[])
      AND e.organisation_id = ${organisationId}::uuid AND e.state = 'granted'`.execute(tx);
  return new Set(rows.map((row) => row.case_id));
}

/** Whether the figures of an office leave a case out. */
export async function isExcluded(tx: ReadTx, caseId: string, organisationId: string): Promise<boolean> {
  return (await excludedAmong(tx, [caseId], organisationId)).has(caseId);
}

/** The place's own rows of grounds, whenever they hold. */
export async function groundRows(tx: ReadTx): Promise<readonly GroundRow[]> {
  const { rows } = await sql<{
    code: string;
    name_zh: string;
    name_en: string;
    valid_from: string;
    valid_to: string | null;
  }>`
    SELECT code, name_zh, name_en, valid_from::text AS valid_from, valid_to::text AS valid_to
    FROM exclusions.ground WHERE tenant_id = ${tenant} ORDER BY code, valid_from`.execute(tx);
  return rows.map((row) => ({
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** Sets name and term of a ground from a day on; what was planned for the same day is replaced. */
export async function putGround(tx: WriteTx, row: GroundRow, by: string): Promise<void> {
  await sql`
    INSERT INTO exclusions.ground (tenant_id, code, valid_from, valid_to, name_zh, name_en, set_by)
    VALUES (${tenant}, ${row.code}, ${row.validFrom}::date, ${row.validTo}::date, ${row.nameZh}, ${row.nameEn}, ${by})
    ON CONFLICT (tenant_id, code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, name_zh = excluded.name_zh,
      name_en = excluded.name_en, set_by = excluded.set_by`.execute(tx);
}
