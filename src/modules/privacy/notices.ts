import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { jsonb } from '../../platform/database/values.ts';
import { LOCALES, type Locale } from '../../platform/i18n/texts.ts';
import { type NoticeParts, REQUIRED_PARTS } from './contract.ts';
import { tenant } from './tenant.ts';
import { noticeTexts } from './texts/notice.ts';

export type Notice = {
  readonly version: number;
  readonly validFrom: Date;
  readonly parts: Readonly<Record<Locale, NoticeParts>>;
};

/** The parts of the first notice and how many paragraphs each has. */
const FIRST_NOTICE = { who: 1, what: 3, not: 3, see: 4, public: 1, rights: 3, keep: 1, phone: 1, machine: 1 } as const;

/** Months that identity is kept after the end, until a place sets its own; words stay until an order. */
const FIRST_IDENTITY_MONTHS = 24;

/** What a tenant begins with: the first notice and one general retention rule. Does nothing where they are. */
export async function loadPrivacy(tx: WriteTx, { at, place }: { at: Date; place: string }): Promise<void> {
  const parts = Object.fromEntries(LOCALES.map((locale) => [locale, firstParts(locale, place)]));
  await sql`
    INSERT INTO privacy.notice (tenant_id, version, valid_from, parts, made_by)
    VALUES (${tenant}, 1, ${at}, ${jsonb(parts)}, 'system') ON CONFLICT DO NOTHING`.execute(tx);
  await sql`
    INSERT INTO privacy.retention_rule (tenant_id, id, class_prefix, identity_months, content_months, basis, valid_from, made_by)
    SELECT ${tenant}, ${uuidv7()}::uuid, '', ${FIRST_IDENTITY_MONTHS}::int, NULL::int, ${'平台初始设定 / initial setting'}, ${at}, 'system'
    WHERE NOT EXISTS (SELECT 1 FROM privacy.retention_rule WHERE tenant_id = ${tenant})`.execute(tx);
}

function firstParts(locale: Locale, place: string): NoticeParts {
  const words: Readonly<Record<string, string>> = noticeTexts[locale];
  const text = (key: string) => (words[`privacy.notice.${key}`] ?? '').replaceAll('{place}', place);
  return Object.entries(FIRST_NOTICE).map(([key, count]) => ({
    key,
    heading: text(key),
    paragraphs: Array.from({ length: count }, (_, index) => text(`${key}_${index + 1}`)),
  }));
}

/** The notice in force, or null in a tenant that was never loaded. */
export async function noticeInForce(tx: ReadTx, now: Date): Promise<Notice | null> {
  const { rows } = await sql<Notice>`
    SELECT version, valid_from AS "validFrom", parts FROM privacy.notice
    WHERE tenant_id = ${tenant} AND valid_from <= ${now} ORDER BY version DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

export async function allNotices(tx: ReadTx): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    SELECT version, valid_from AS "validFrom", parts FROM privacy.notice
    WHERE tenant_id = ${tenant} ORDER BY version DESC LIMIT 100`.execute(tx);
  return rows;
}

/** Puts a new version in force at once. Refuses `privacy.notice_incomplete` when the law's headings are not all there. */
export async function putNotice(
  tx: WriteTx,
  actor: Actor,
  parts: Readonly<Record<Locale, NoticeParts>>,
  now: Date,
): Promise<Result<{ version: number }>> {
  for (const locale of LOCALES) {
    const missing = REQUIRED_PARTS.filter((key) => !parts[locale].some((part) => part.key === key));
    if (missing.length > 0) return refuse('privacy.notice_incomplete', { missing: missing.join(', ') });
  }
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('privacy.notice', ${tenant}))`.execute(tx);
  const { rows } = await sql<{ version: number }>`
    INSERT INTO privacy.notice (tenant_id, version, valid_from, parts, made_by)
    SELECT ${tenant}, coalesce(max(version), 0) + 1, ${now}, ${jsonb(parts)}, ${actorId(actor)}
    FROM privacy.notice WHERE tenant_id = ${tenant} RETURNING version`.execute(tx);
  const version = rows[0]?.version ?? 0;
  await audit(
    tx,
    actor,
    { action: 'privacy.add_notice', targetKind: 'notice', targetId: String(version), result: 'done' },
    now,
  );
  return { version };
}

export const PURPOSES = ['publication', 'sensitive'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Keeps which notice a requester had before him, and what he agreed to; in the transaction of his filing. */
export async function recordFiling(
  tx: WriteTx,
  of: { readonly caseId: string; readonly consents: readonly Purpose[] },
  now: Date,
): Promise<void> {
  const notice = await noticeInForce(tx, now);
  if (notice) {
    await sql`
      INSERT INTO privacy.notice_shown (tenant_id, case_id, version, at)
      VALUES (${tenant}, ${of.caseId}, ${notice.version}, ${now}) ON CONFLICT DO NOTHING`.execute(tx);
  }
  for (const purpose of of.consents) {
    await sql`
      INSERT INTO privacy.consent (tenant_id, case_id, purpose, notice_version, given_at)
      VALUES (${tenant}, ${of.caseId}, ${purpose}, ${notice?.version ?? null}, ${now})
      ON CONFLICT (tenant_id, case_id, purpose) DO UPDATE SET given_at = excluded.given_at, withdrawn_at = NULL`.execute(
      tx,
    );
  }
}

/** A consent that was taken back; asking again changes nothing. */
export async function withdrawConsent(tx: WriteTx, caseId: string, purpose: Purpose, now: Date): Promise<void> {
  await sql`
    UPDATE privacy.consent SET withdrawn_at = ${now}
    WHERE tenant_id = ${tenant} AND case_id = ${caseId} AND purpose = ${purpose} AND withdrawn_at IS NULL`.execute(tx);
}

export type Consent = { readonly purpose: Purpose; readonly givenAt: Date; readonly withdrawnAt: Date | null };

export async function consentsOf(tx: ReadTx, caseId: string): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    SELECT purpose, given_at AS "givenAt", withdrawn_at AS "withdrawnAt" FROM privacy.consent
    WHERE tenant_id = ${tenant} AND case_id = ${caseId} ORDER BY purpose`.execute(tx);
  return rows;
}

export async function noticeShown(tx: ReadTx, caseId: string): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    SELECT version FROM privacy.notice_shown WHERE tenant_id = ${tenant} AND case_id = ${caseId}`.execute(tx);
  return rows[0]?.version ?? null;
}
