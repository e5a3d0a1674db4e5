import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Permissions } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { ownOrganisations } from './pages.ts';
import { OPEN_STATES } from './rules/queues.ts';
import type { Shelving } from './rules/state.ts';
import type { StateName } from './rules/words.ts';
import { visibleByArea } from './visibility.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

export type Waiting = { readonly caseId: string; readonly areaCode: string; readonly since: Date };

// The states as literals, so that the planner knows the index of what waits to hold them all.
const waits = (states: readonly string[]) =>
  sql`c.state IN (${sql.join(OPEN_STATES.filter((state) => states.includes(state)).map((state) => sql.lit(state)))})`;

/** The case that has waited longest in one of these states with the organisation that answers for it. */
export async function oldestWaiting(
  tx: ReadTx,
  organisationId: string,
  states: readonly string[],
): Promise<Waiting | null> {
  const { rows } = await sql<{ id: string; area_code: string; stage_started_at: Date }>`
    SELECT c.id, c.area_code, c.stage_started_at FROM cases.case_file c
    WHERE c.tenant_id = ${tenant} AND c.responsible_organisation_id = ${organisationId}::uuid
      AND ${waits(states)} AND c.stage_started_at IS NOT NULL
    ORDER BY c.stage_started_at, c.id LIMIT 1`.execute(tx);
  const row = rows[0];
  return row ? { caseId: row.id, areaCode: row.area_code, since: row.stage_started_at } : null;
}

/** How many wait there since before an instant, counted to `cap`. */
export async function countWaiting(
  tx: ReadTx,
  of: { readonly organisationId: string; readonly states: readonly string[]; readonly before: Date },
  cap: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM cases.case_file c
      WHERE c.tenant_id = ${tenant} AND c.responsible_organisation_id = ${of.organisationId}::uuid
        AND ${waits(of.states)} AND c.stage_started_at <= ${of.before}
      LIMIT ${cap}) AS waiting`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** As the index of open work keeps it. */
const DUE = sql`coalesce(c.stage_due_at, 'infinity'::timestamptz)`;

export type ShelvedCase = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly areaCode: string;
  readonly leadId: string | null;
  readonly shelving: Shelving;
  readonly totalDueAt: Date | null;
};

/** Shelved cases the actor may see or owns, those to be reviewed first first. */
export async function listShelved(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ readonly items: readonly ShelvedCase[]; readonly next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const own = [...ownOrganisations(actor)];
  const { rows } = await sql<{
    id: string;
    number: string;
    title: string;
    area_code: string;
    lead_organisation_id: string | null;
    shelving: Shelving;
    stage_due_at: Date;
    total_due_at: Date | null;
  }>`
    SELECT c.id, c.number, t.title, c.area_code, c.lead_organisation_id, c.facts->'shelving' AS shelving,
      c.stage_due_at, c.total_due_at
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.state = ${sql.lit('shelved' satisfies StateName)}
      AND (${visibleByArea(permissions, actor, 'cases.read')} OR c.lead_organisation_id = ANY(${own}::uuid[])
        OR c.responsible_organisation_id = ANY(${own}::uuid[]))
      ${after ? sql`AND (${DUE}, c.id) > (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY ${DUE}, c.id LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      number: row.number,
      title: row.title,
      areaCode: row.area_code,
      leadId: row.lead_organisation_id,
      shelving: row.shelving,
      totalDueAt: row.total_due_at,
    })),
    next: rows.length > page.limit && last ? writePosition({ at: last.stage_due_at, id: last.id }) : null,
  };
}

export type CaseLine = {
  readonly number: string;
  readonly title: string;
  readonly classCode: string;
  readonly sealed: boolean;
};

/** What to call several cases in lists of what is about them; `title` is for those who may see the case. */
export async function caseLines(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseLine>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; number: string; title: string; class_code: string; sensitivity: string }>`
    SELECT c.id, c.number, t.title, c.class_code, c.sensitivity
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${tenant} AND c.id = ANY(${[...new Set(ids)]}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.id,
      { number: row.number, title: row.title, classCode: row.class_code, sealed: row.sensitivity !== 'normal' },
    ]),
  );
}
