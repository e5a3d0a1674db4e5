import { sql } from 'kysely';
import { prefixRange } from '../../kit/codes.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type Locale, say, type Texts } from '../../platform/i18n/texts.ts';
import { writeCsv } from './csv.ts';
import { type Area, isActive } from './rules/area.ts';
import { areaNames, tenant } from './store.ts';

type Row = {
  code: string;
  level: string;
  kind: string;
  name: string;
  official_name: string;
  valid_from: string;
  valid_to: string | null;
  provisional: boolean;
  households: number | null;
  population: number | null;
  successors: string[] | null;
};

const COLUMNS = [
  'code',
  'level',
  'kind',
  'name',
  'official_name',
  'path',
  'valid_from',
  'valid_to',
  'provisional',
  'households',
  'population',
  'successors',
] as const;

/** Everything at and below an area as CSV, closed ones too, in the order of codes. */
export async function exportCsv(
  tx: ReadTx,
  area: Area,
  texts: Texts,
  locale: Locale,
  day: string,
): Promise<{ filename: string; csv: string }> {
  const [from, to] = prefixRange(area.code);
  const found = await sql<Row>`
    SELECT a.code, a.level, a.kind, a.name, a.official_name, a.valid_from::text, a.valid_to::text, a.provisional,
      a.households, a.population,
      (SELECT array_agg(s.successor_code ORDER BY s.successor_code) FROM areas.succession s
       WHERE s.tenant_id = a.tenant_id AND s.code = a.code) AS successors
    FROM areas.area a WHERE a.tenant_id = ${tenant} AND a.code >= ${from} AND a.code < ${to}
    ORDER BY a.code`.execute(tx);
  const names = await areaNames(
    tx,
    found.rows.map((row) => row.code),
  );
  const t = (key: string) => say(texts, locale, key);
  const rows = found.rows.map((row) => [
    // A tab keeps spreadsheets from reading a code as a number and rounding it; importers strip it.
    `\t${row.code}`,
    t(`areas.level.${row.level}`),
    t(`areas.kind.${row.kind}`),
    row.name,
    row.official_name,
    names.get(row.code)?.path ?? '',
    row.valid_from,
    row.valid_to,
    row.provisional && isActive({ validFrom: row.valid_from, validTo: row.valid_to }, day) ? t('areas.export.yes') : '',
    row.households,
    row.population,
    (row.successors ?? []).join(' '),
  ]);
  const head = COLUMNS.map((column) => t(`areas.export.${column}`));
  return { filename: `areas-${area.code}-${day}.csv`, csv: writeCsv(head, rows) };
}
