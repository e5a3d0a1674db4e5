import { uuidv7 } from '../../kit/ids.ts';
import { csvLine } from '../../kit/csv.ts';
import { isRefusal, type Result } from '../../kit/result.ts';
import { shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { AnswerOf, BodyOf } from '../../platform/http/contract.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { CaseRow } from '../cases/contract.ts';
import { type CaseFilter, casePage } from '../cases/index.ts';
import { type exportMany, MOST_EXPORTED } from './contract.ts';

type By = { readonly actor: Actor; readonly locale: Locale; readonly now: Date };
type Wanted = BodyOf<typeof exportMany>;

const PAGE = 500;

/**
 * What a list shows the actor, as a table: read in pages by the list's own filter and order, so nothing can be in it
 * that the list would not show, and never who asked. That it was made, and with how many lines, is kept.
 */
export async function exportCases(
  app: App,
  tx: WriteTx,
  by: By,
  wanted: Wanted,
): Promise<Result<AnswerOf<typeof exportMany>>> {
  const lines = [headOf(app, by.locale)];
  let after: string | null | undefined;
  while (after !== null && lines.length <= MOST_EXPORTED) {
    const limit = Math.min(PAGE, MOST_EXPORTED + 1 - lines.length);
    const page = await casePage(tx, app.permissions, by.actor, filterOf(wanted), { after, limit }, by.now);
    if (isRefusal(page)) return page;
    for (const row of page.items) lines.push(lineOf(app, by, row));
    after = page.next;
  }
  const rows = lines.length - 1;
  const cut = after !== null;
  const entry = { action: 'bulk.export', targetKind: 'export', targetId: uuidv7(), result: 'done' } as const;
  await audit(tx, by.actor, { ...entry, details: { rows, cut, ...detailsOf(wanted) } }, by.now);
  const stamp = shanghaiText(by.now).replace(/\D/g, '');
  // The mark lets spreadsheets read it as UTF-8.
  return { filename: `cases-${stamp}.csv`, content: `\ufeff${lines.join('\r\n')}\r\n`, rows, cut };
}

function filterOf(wanted: Wanted): CaseFilter {
  if ('ids' in wanted) return { ids: wanted.ids };
  const { late, ...rest } = wanted.filter;
  return { ...rest, late: late === 'true' };
}

/** Codes of the filter alone: words that were searched for may name somebody. */
function detailsOf(wanted: Wanted): Record<string, string | number | boolean> {
  if ('ids' in wanted) return { chosen: wanted.ids.length };
  const { q, ...codes } = wanted.filter;
  const told = Object.entries(codes).filter((each): each is [string, string] => each[1] !== undefined);
  return { ...Object.fromEntries(told), words: q !== undefined };
}

function headOf(app: App, locale: Locale): string {
  const names = ['number', 'title', 'class', 'area', 'state', 'lead', 'opened', 'stage_due', 'due', 'late'];
  return csvLine(names.map((name) => say(app.texts, locale, `bulk.column.${name}`)));
}

function lineOf(app: App, { locale, now }: By, row: CaseRow): string {
  const t = (key: string) => say(app.texts, locale, key);
  const at = (instant: string | null) => (instant === null ? null : shanghaiText(new Date(instant)));
  const isLate = row.stageDueAt !== null && new Date(row.stageDueAt) < now;
  return csvLine([
    row.number,
    row.title,
    locale === 'en' ? row.class.nameEn : row.class.nameZh,
    row.place.path.join(' · '),
    t(`cases.state.${row.state}`),
    row.lead && (locale === 'en' ? row.lead.nameEn : row.lead.name),
    at(row.openedAt),
    at(row.stageDueAt),
    at(row.totalDueAt),
    t(isLate ? 'bulk.late' : 'bulk.in_time'),
  ]);
}
