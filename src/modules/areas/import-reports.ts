import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { jsonb } from '../../platform/database/values.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { type Locale, say, type Texts } from '../../platform/i18n/texts.ts';
import type { ImportReport } from './contract.ts';
import type { Issue } from './rules/issue.ts';
import { tenant } from './store.ts';

/** What an import came to. `total` rows are each accepted or among the issues. */
export type Outcome = {
  readonly subject: 'grids' | 'boundaries' | 'addresses';
  readonly total: number;
  /** Rows that found their place, whether or not they could be used. */
  readonly matched: number;
  readonly issues: readonly Issue[];
};

type ReportRow = {
  id: string;
  subject: Outcome['subject'];
  at: Date;
  total: number;
  accepted: number;
  rejected: number;
  matched: number;
  issues: Issue[];
};

/** Keeps the report of an import that wrote; answers its id. */
export async function keepReport(tx: WriteTx, actor: Actor, outcome: Outcome, now: Date): Promise<string> {
  const id = uuidv7(now.getTime());
  const { subject, total, matched, issues } = outcome;
  await sql`
    INSERT INTO areas.import_report (tenant_id, id, subject, at, actor_id, total, accepted, rejected, matched, issues)
    VALUES (${tenant}, ${id}, ${subject}, ${now}, ${actorId(actor)}, ${total}, ${total - issues.length}, ${issues.length},
      ${matched}, ${jsonb(issues)})`.execute(tx);
  return id;
}

/** Says the reasons of a report in the reader's language. */
export function presentReport(
  texts: Texts,
  locale: Locale,
  report: { readonly id: string | null; readonly at: Date } & Outcome,
): ImportReport {
  const { id, at, subject, total, matched, issues } = report;
  return {
    id,
    subject,
    at: at.toISOString(),
    total,
    accepted: total - issues.length,
    rejected: issues.length,
    matchRate: total === 0 ? 0 : matched / total,
    issues: issues.map((issue) => ({
      ...issue,
      details: { ...issue.details },
      text: say(texts, locale, `areas.issue.${issue.reason}`, issue.details),
    })),
  };
}

/** One page of reports without their issues, newest first. */
export async function pageOfReports(
  tx: ReadTx,
  query: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ items: (Omit<ImportReport, 'issues' | 'id'> & { id: string })[]; next: string | null }> {
  const found = await sql<Omit<ReportRow, 'issues'>>`
    SELECT id, subject, at, total, accepted, rejected, matched FROM areas.import_report
    WHERE tenant_id = ${tenant} AND (${query.after ?? null}::uuid IS NULL OR id < ${query.after ?? null}::uuid)
    ORDER BY id DESC LIMIT ${query.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, query.limit);
  const last = rows[rows.length - 1];
  const items = rows.map(({ matched, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    matchRate: row.total === 0 ? 0 : matched / row.total,
  }));
  return { items, next: found.rows.length > query.limit && last ? last.id : null };
}

export async function readReport(tx: ReadTx, id: string): Promise<Result<ReportRow>> {
  const found = await sql<ReportRow>`
    SELECT id, subject, at, total, accepted, rejected, matched, issues FROM areas.import_report
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  return found.rows[0] ?? refuse('areas.import_not_found');
}
