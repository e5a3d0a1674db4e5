import { dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { fileInfos, releasedFileLinks } from '../../platform/files/index.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { ReleasedCase as Released } from '../cases/index.ts';
import type { CaseImage, ReleasedCase } from './contract.ts';
import { loadNames } from './names.ts';
import { outcomeOf, phaseOf } from './rules/phase.ts';

const DAY_MS = 86_400_000;

/** Rows of public lists in the reader's language. */
export async function presentReleased(
  app: App,
  tx: ReadTx,
  locale: Locale,
  rows: readonly Released[],
): Promise<ReleasedCase[]> {
  const names = await loadNames(tx, locale, {
    offices: rows.map((row) => row.leadId),
    classes: rows.map((row) => row.classCode),
    areas: rows.map((row) => row.areaCode),
  });
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    place: names.place(row.areaCode) ?? '',
    className: names.className(row.classCode),
    filedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    phase: phaseOf(row.state),
    phaseText: publicStateText(app, locale, row.state),
    outcome: outcomeOf(row),
    outcomeText: outcomeText(app, locale, row),
    officeName: names.office(row.leadId),
  }));
}

/** Nobody but the requester is asked for a word. */
function publicStateText(app: App, locale: Locale, state: Released['state']): string {
  return say(app.texts, locale, state === 'call_back' ? 'open.public_state.call_back' : `open.state.${state}`);
}

function outcomeText(app: App, locale: Locale, row: Released): string | null {
  const outcome = outcomeOf(row);
  if (outcome === null) return null;
  const text = say(app.texts, locale, `open.outcome.${outcome}`);
  if (row.state !== 'closed' || row.closedAt === null) return text;
  const days = daysBetween(row.openedAt, row.closedAt);
  const key = days === 0 ? 'same_day' : days === 1 ? 'after_one_day' : 'after_days';
  return say(app.texts, locale, `open.closed_${key}`, { days, outcome: text });
}

/** Calendar days in China: what was filed and closed on one day took 0. */
function daysBetween(from: Date, to: Date): number {
  return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY_MS);
}

/** The released versions of a request's photos. */
export async function releasedImages(tx: ReadTx, ids: readonly string[]): Promise<CaseImage[]> {
  const infos = await fileInfos(tx, ids);
  return infos
    .filter((file) => file.type.startsWith('image/'))
    .map((file) => ({ id: file.id, ...releasedFileLinks(file.id), width: file.width, height: file.height }));
}
