import { sql } from 'kysely';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { areaNames } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import type { CaseState } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import type { HotIssue } from './contract.ts';

const tenant = sql`nullif(current_setting('app.tenant', true), '')::int`;

export type IssueRow = Omit<
  HotIssue,
  'class' | 'path' | 'lead' | 'firstAt' | 'lastAt' | 'countedAt' | 'publishedAt'
> & {
  readonly classCode: string;
  readonly leadId: string | null;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly countedAt: Date;
  readonly publishedAt: Date | null;
};

const COLUMNS = sql`i.id, i.title, i.words, i.class_code AS "classCode", i.area_code AS "areaCode", i.requests, i.people,
  i.heat, i.first_at AS "firstAt", i.last_at AS "lastAt", i.counted_at AS "countedAt", i.state, i.kind, i.month,
  i.lead_organisation_id AS "leadId", i.case_id AS "caseId", c.number AS "caseNumber", i.reason,
  i.public_title AS "publicTitle", i.public_text AS "publicText", i.published_at AS "publishedAt"`;
const FROM = sql`clusters.hot_issue i LEFT JOIN cases.case_file c ON c.tenant_id = i.tenant_id AND c.id = i.case_id`;

/** Issues inside the prefixes, hottest first; at most 100. */
export async function listIssueRows(
  tx: ReadTx,
  prefixes: readonly string[],
  state: HotIssue['state'],
): Promise<readonly IssueRow[]> {
  if (prefixes.length === 0) return [];
  const inside = sql.join(
    prefixes.map((prefix) => sql`(i.area_code >= ${prefix} AND i.area_code < ${`${prefix}:`})`),
    sql` OR `,
  );
  const { rows } = await sql<IssueRow>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE i.tenant_id = ${tenant} AND i.state = ${state} AND (${inside})
    ORDER BY i.heat DESC, i.id LIMIT 100`.execute(tx);
  return rows;
}

export async function findIssue(tx: ReadTx, id: string, lock = false): Promise<IssueRow | null> {
  const { rows } = await sql<IssueRow>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE i.tenant_id = ${tenant} AND i.id = ${id}::uuid
    ${lock ? sql`FOR UPDATE OF i` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

export async function memberIds(tx: ReadTx, issueId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT case_id AS id FROM clusters.hot_issue_member
    WHERE tenant_id = ${tenant} AND issue_id = ${issueId}::uuid ORDER BY case_id DESC LIMIT 500`.execute(tx);
  return rows.map(({ id }) => id);
}

/** True when a month has its problem already. */
export async function monthTaken(tx: ReadTx, month: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM clusters.hot_issue
    WHERE tenant_id = ${tenant} AND kind = 'problem_of_month' AND month = ${month} LIMIT 1`.execute(tx);
  return rows.length > 0;
}

export async function recordOpening(
  tx: WriteTx,
  id: string,
  opening: {
    readonly kind: NonNullable<HotIssue['kind']>;
    readonly month: string | null;
    readonly leadId: string;
    readonly caseId: string;
    readonly by: string;
    readonly reason: string;
  },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE clusters.hot_issue SET state = 'opened', kind = ${opening.kind}, month = ${opening.month},
      lead_organisation_id = ${opening.leadId}, case_id = ${opening.caseId}, decided_by = ${opening.by},
      decided_at = ${now}, reason = ${opening.reason}
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

export async function recordDismissal(tx: WriteTx, id: string, by: string, reason: string, now: Date): Promise<void> {
  await sql`
    UPDATE clusters.hot_issue SET state = 'dismissed', decided_by = ${by}, decided_at = ${now}, reason = ${reason}
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

export async function recordPublication(
  tx: WriteTx,
  id: string,
  words: { readonly title: string; readonly text: string },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE clusters.hot_issue SET public_title = ${words.title}, public_text = ${words.text},
      published_at = coalesce(published_at, ${now})
    WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
}

export type PublicRow = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly kind: NonNullable<HotIssue['kind']>;
  readonly month: string | null;
  readonly leadId: string;
  readonly state: CaseState['state'];
  readonly publishedAt: Date;
};

export async function publishedIssues(tx: ReadTx): Promise<readonly PublicRow[]> {
  const { rows } = await sql<PublicRow>`
    SELECT i.id, i.public_title AS title, i.public_text AS text, i.kind, i.month,
      i.lead_organisation_id AS "leadId", c.state, i.published_at AS "publishedAt"
    FROM clusters.hot_issue i JOIN cases.case_file c ON c.tenant_id = i.tenant_id AND c.id = i.case_id
    WHERE i.tenant_id = ${tenant} AND i.published_at IS NOT NULL
    ORDER BY i.published_at DESC, i.id LIMIT 50`.execute(tx);
  return rows;
}

/** Issues with the names of what they point to. */
export async function presentIssues(tx: ReadTx, rows: readonly IssueRow[]): Promise<HotIssue[]> {
  const classes = await classNames(
    tx,
    rows.map((row) => row.classCode),
  );
  const areas = await areaNames(
    tx,
    rows.map((row) => row.areaCode),
  );
  const offices = await organisationNames(
    tx,
    rows.flatMap((row) => row.leadId ?? []),
  );
  return rows.map(({ classCode, leadId, firstAt, lastAt, countedAt, publishedAt, ...row }) => {
    const office = leadId === null ? undefined : offices.get(leadId);
    const name = classes.get(classCode);
    return {
      ...row,
      class: { code: classCode, nameZh: name?.nameZh ?? classCode, nameEn: name?.nameEn ?? classCode },
      path: (areas.get(row.areaCode)?.path ?? '').split('/').filter((part) => part !== ''),
      lead:
        leadId === null || !office
          ? null
          : { id: leadId, name: office.name, nameEn: office.nameEn, shortName: office.shortName },
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      countedAt: countedAt.toISOString(),
      publishedAt: publishedAt?.toISOString() ?? null,
    };
  });
}
