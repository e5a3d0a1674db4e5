import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { keepWhile } from '../../platform/database/kept.ts';
import { insertRows } from '../../platform/database/rows.ts';
import { sendAhead } from '../../platform/database/transaction.ts';
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

/** A notice changes once in years, and every filing asks for the one in force. */
const keep = keepWhile('privacy.notice');

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
  const notices = await keep(tx, 'notices', async () => {
    const { rows } = await sql<Notice>`
      SELECT version, valid_from AS "validFrom", parts FROM privacy.notice
      WHERE tenant_id = ${tenant} ORDER BY version DESC`.execute(tx);
    return rows;
  });
  return notices.find(({ validFrom }) => validFrom <= now) ?? null;
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

/** What a requester had before him at his filing. */
export type Filed = { readonly caseId: string; readonly consents: readonly Purpose[] };

/** Keeps which notice each requester had before him, and what he agreed to; in the transaction of their filings. */
export async function recordFilings(tx: WriteTx, tenantId: number, filed: readonly Filed[], now: Date): Promise<void> {
  const version = (await noticeInForce(tx, now))?.version ?? null;
  const row = (caseId: string) => ({ tenant_id: tenantId, case_id: caseId });
  const shown = version === null ? [] : filed.map(({ caseId }) => ({ ...row(caseId), version, at: now }));
  const given = filed.flatMap(({ caseId, consents }) =>
    consents.map((purpose) => ({ ...row(caseId), purpose, notice_version: version, given_at: now })),
  );
  sendAhead(tx, [
    ...insertRows('privacy.notice_shown', shown, { afterwards: 'ON CONFLICT DO NOTHING' }),
    ...insertRows('privacy.consent', given, {
      afterwards: `ON CONFLICT (tenant_id, case_id, purpose)
        DO UPDATE SET given_at = excluded.given_at, withdrawn_at = NULL`,
    }),
  ]);
}

/** A consent that was taken back; asking again changes nothing. Answers whether there was one to take back. */
export async function withdrawConsent(tx: WriteTx, caseId: string, purpose: Purpose, now: Date): Promise<boolean> {
  const { rows } = await sql`
    UPDATE privacy.consent SET withdrawn_at = ${now}
    WHERE tenant_id = ${tenant} AND case_id = ${caseId} AND purpose = ${purpose} AND withdrawn_at IS NULL
    RETURNING purpose`.execute(tx);
  return rows.length > 0;
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
