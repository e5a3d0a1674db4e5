import { sql } from 'kysely';
import { type Position, readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';

const tenant = sql`nullif(current_setting('app.tenant', true), '')::int`;

export type ModelRow = {
  readonly version: number;
  readonly kind: 'base' | 'county';
  readonly madeAt: Date;
  readonly examples: number;
  readonly confirmed: number;
  readonly macroF1: number | null;
  readonly accuracy: number | null;
  readonly seconds: number;
  readonly digest: string;
  readonly active: boolean;
};

const MODEL = sql`version, kind, made_at AS "madeAt", examples, confirmed, macro_f1 AS "macroF1", accuracy, seconds,
  digest, active`;

/** The model in use; null before the first was trained. */
export async function activeModel(tx: ReadTx): Promise<ModelRow | null> {
  const { rows } = await sql<ModelRow>`
    SELECT ${MODEL} FROM triage.model WHERE tenant_id = ${tenant} AND active`.execute(tx);
  return rows[0] ?? null;
}

/** The newest models, at most 30. */
export async function listModels(tx: ReadTx): Promise<readonly ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    SELECT ${MODEL} FROM triage.model WHERE tenant_id = ${tenant} ORDER BY version DESC LIMIT 30`.execute(tx);
  return rows;
}

export async function nextVersion(tx: ReadTx): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT coalesce(max(version), 0) + 1 AS version FROM triage.model WHERE tenant_id = ${tenant}`.execute(tx);
  return rows[0]?.version ?? 1;
}

export async function storeModel(tx: WriteTx, row: ModelRow & { readonly by: string }): Promise<void> {
  await sql`
    INSERT INTO triage.model (tenant_id, version, kind, made_at, made_by, examples, confirmed, macro_f1, accuracy,
      seconds, digest, active)
    VALUES (${tenant}, ${row.version}, ${row.kind}, ${row.madeAt}, ${row.by}, ${row.examples}, ${row.confirmed},
      ${row.macroF1}, ${row.accuracy}, ${row.seconds}, ${row.digest}, false)`.execute(tx);
}

/** Puts a version into use in place of the other; false when there is no such version. */
export async function activate(tx: WriteTx, version: number): Promise<boolean> {
  const known = await sql`SELECT 1 FROM triage.model WHERE tenant_id = ${tenant} AND version = ${version}`.execute(tx);
  if (known.rows.length === 0) return false;
  await sql`UPDATE triage.model SET active = false WHERE tenant_id = ${tenant} AND active`.execute(tx);
  await sql`UPDATE triage.model SET active = true WHERE tenant_id = ${tenant} AND version = ${version}`.execute(tx);
  return true;
}

export type Outcome = {
  readonly caseId: string;
  readonly modelVersion: number | null;
  readonly suggestedClass: string | null;
  readonly confidence: number | null;
  readonly suggestedUrgency: 'normal' | 'urgent';
  readonly suggestedOrganisationId: string | null;
  readonly townCode: string;
};

/** What was suggested when a case came in; once a case. */
export async function recordSuggestion(tx: WriteTx, outcome: Outcome, at: Date): Promise<void> {
  await sql`
    INSERT INTO triage.outcome (tenant_id, case_id, model_version, suggested_class, confidence, suggested_urgency,
      suggested_organisation_id, town_code, suggested_at)
    VALUES (${tenant}, ${outcome.caseId}, ${outcome.modelVersion}, ${outcome.suggestedClass}, ${outcome.confidence},
      ${outcome.suggestedUrgency}, ${outcome.suggestedOrganisationId}, ${outcome.townCode}, ${at})
    ON CONFLICT (tenant_id, case_id) DO NOTHING`.execute(tx);
}

export async function findOutcome(tx: ReadTx, caseId: string): Promise<Outcome | null> {
  const { rows } = await sql<Outcome>`
    SELECT case_id AS "caseId", model_version AS "modelVersion", suggested_class AS "suggestedClass", confidence,
      suggested_urgency AS "suggestedUrgency", suggested_organisation_id AS "suggestedOrganisationId",
      town_code AS "townCode"
    FROM triage.outcome WHERE tenant_id = ${tenant} AND case_id = ${caseId}`.execute(tx);
  return rows[0] ?? null;
}

/** What a person decided. The last decision counts, since a case may be dispatched anew. */
export async function recordDecision(
  tx: WriteTx,
  caseId: string,
  decided: {
    readonly classCode: string;
    readonly urgency: string;
    readonly organisationId: string | null;
    readonly townCode: string;
    readonly corrected: boolean;
  },
  at: Date,
): Promise<void> {
  await sql`
    UPDATE triage.outcome SET class_code = ${decided.classCode}, urgency = ${decided.urgency},
      organisation_id = ${decided.organisationId}, town_code = ${decided.townCode}, corrected = ${decided.corrected},
      decided_at = ${at}
    WHERE tenant_id = ${tenant} AND case_id = ${caseId}`.execute(tx);
}

/** Spam and what was taken back teach nothing. */
export async function forgetOutcome(tx: WriteTx, caseId: string): Promise<void> {
  await sql`DELETE FROM triage.outcome WHERE tenant_id = ${tenant} AND case_id = ${caseId}`.execute(tx);
}

/** Removes what is older than `before`, some at a time; answers how many. */
export async function purgeOutcomes(tx: WriteTx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM triage.outcome WHERE tenant_id = ${tenant} AND case_id IN (
      SELECT case_id FROM triage.outcome WHERE tenant_id = ${tenant} AND decided_at < ${before} LIMIT 1000)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

export async function countDecided(tx: ReadTx, since: Date): Promise<{ decided: number; corrected: number }> {
  const { rows } = await sql<{ decided: number; corrected: number }>`
    SELECT count(*)::int AS decided, (count(*) FILTER (WHERE corrected))::int AS corrected
    FROM (SELECT corrected FROM triage.outcome
      WHERE tenant_id = ${tenant} AND decided_at >= ${since} LIMIT 100000) AS recent`.execute(tx);
  return rows[0] ?? { decided: 0, corrected: 0 };
}

export type CorrectionRow = {
  readonly caseId: string;
  readonly number: string;
  readonly suggestedClass: string | null;
  readonly confidence: number | null;
  readonly classCode: string;
  readonly suggestedUrgency: 'normal' | 'urgent';
  readonly urgency: 'normal' | 'urgent';
  readonly suggestedOrganisationId: string | null;
  readonly organisationId: string | null;
  readonly at: Date;
};

/** One keyset page of corrections, newest first; sealed cases are left out. */
export async function listCorrections(
  tx: ReadTx,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ readonly items: readonly CorrectionRow[]; readonly next: string | null }>> {
  const cursor: Position | null = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && cursor === null) return refuse('http.bad_request');
  const from = cursor ? sql`AND (o.decided_at, o.case_id) < (${cursor.at}, ${cursor.id}::uuid)` : sql``;
  const { rows } = await sql<CorrectionRow>`
    SELECT o.case_id AS "caseId", c.number, o.suggested_class AS "suggestedClass", o.confidence,
      o.class_code AS "classCode", o.suggested_urgency AS "suggestedUrgency", o.urgency,
      o.suggested_organisation_id AS "suggestedOrganisationId", o.organisation_id AS "organisationId",
      o.decided_at AS at
    FROM triage.outcome o JOIN cases.case_file c ON c.tenant_id = o.tenant_id AND c.id = o.case_id
    WHERE o.tenant_id = ${tenant} AND o.corrected AND c.sensitivity = 'normal' ${from}
    ORDER BY o.decided_at DESC, o.case_id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const next = rows.length > page.limit && last ? writePosition({ at: last.at, id: last.caseId }) : null;
  return { items, next };
}

export type ConfirmedText = { readonly title: string; readonly body: string; readonly label: string };

/**
 * The words of cases whose class a person confirmed, newest first. Sealed and confidential ones teach nothing; what
 * was erased is not there any more.
 */
export async function confirmedTexts(tx: ReadTx, limit: number): Promise<readonly ConfirmedText[]> {
  const { rows } = await sql<ConfirmedText>`
    SELECT t.title, t.body, o.class_code AS label
    FROM triage.outcome o
    JOIN cases.case_file c ON c.tenant_id = o.tenant_id AND c.id = o.case_id
    JOIN cases.case_text t ON t.tenant_id = o.tenant_id AND t.case_id = o.case_id
    WHERE o.tenant_id = ${tenant} AND o.decided_at IS NOT NULL AND c.sensitivity = 'normal'
    ORDER BY o.decided_at DESC, o.case_id DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

/** How often each office was given matters of a class in a town, of the last 50; commonest first. */
export async function leadsOfClass(
  tx: ReadTx,
  classCode: string,
  townCode: string,
): Promise<{ readonly of: number; readonly leads: readonly { readonly id: string; readonly count: number }[] }> {
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT organisation_id AS id, count(*)::int AS count FROM (
      SELECT organisation_id FROM triage.outcome
      WHERE tenant_id = ${tenant} AND class_code = ${classCode} AND town_code = ${townCode}
        AND decided_at IS NOT NULL AND organisation_id IS NOT NULL
      ORDER BY decided_at DESC LIMIT 50) AS recent
    GROUP BY organisation_id ORDER BY count DESC, organisation_id`.execute(tx);
  return { of: rows.reduce((sum, row) => sum + row.count, 0), leads: rows };
}
