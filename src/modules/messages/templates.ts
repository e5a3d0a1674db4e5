import { sql } from 'kysely';
import { isRefusal, type Result } from '../../kit/result.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { LOCALES, type Locale } from '../../platform/i18n/texts.ts';
import { checkWording, type Wording } from './rules/wording.ts';
import { NOTICES, type Notice } from './rules/notices.ts';
import { shipped } from './rules/shipped.ts';
import { tenant } from './tenant.ts';

export type Template = Wording & {
  readonly notice: Notice;
  readonly locale: Locale;
  /** Since when an administrator's wording holds; null for the shipped one. */
  readonly since: Date | null;
};

/** The words of each notice in each language. */
export type Templates = (notice: Notice, locale: Locale) => Template;

type Row = { notice: string; locale: Locale; valid_from: Date; subject: string; body: string };

/** The wording that holds at an instant: the newest an administrator set, else the shipped one. */
export async function readTemplates(tx: ReadTx, at: Date): Promise<Templates> {
  const found = await sql<Row>`
    SELECT DISTINCT ON (notice, locale) notice, locale, valid_from, subject, body FROM messages.template
    WHERE tenant_id = ${tenant} AND valid_from <= ${at} ORDER BY notice, locale, valid_from DESC`.execute(tx);
  const set = new Map(found.rows.map((row) => [`${row.notice} ${row.locale}`, row]));
  return (notice, locale) => {
    const own = set.get(`${notice} ${locale}`);
    if (own) return { notice, locale, subject: own.subject, body: own.body, since: own.valid_from };
    return { notice, locale, ...shipped(notice, locale), since: null };
  };
}

/** All of them, in a fixed order. */
export async function listTemplates(tx: ReadTx, at: Date): Promise<readonly Template[]> {
  const templates = await readTemplates(tx, at);
  return NOTICES.flatMap((notice) => LOCALES.map((locale) => templates(notice, locale)));
}

/** Puts an administrator's wording in place from `at` on; what was said before stays on record. */
export async function setTemplate(
  tx: WriteTx,
  actor: Actor,
  notice: Notice,
  locale: Locale,
  wording: Wording,
  at: Date,
): Promise<Result<Template>> {
  const checked = checkWording(notice, wording);
  if (isRefusal(checked)) return checked;
  await sql`
    INSERT INTO messages.template (tenant_id, notice, locale, valid_from, subject, body, set_by)
    VALUES (${actor.tenant}, ${notice}, ${locale}, ${at}, ${checked.subject}, ${checked.body}, ${actorId(actor)})
    ON CONFLICT DO NOTHING`.execute(tx);
  return { notice, locale, ...checked, since: at };
}
