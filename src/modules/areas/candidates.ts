import { sql } from 'kysely';
import { type AreaLevel, levelOf } from '../../kit/codes.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { Reason } from './rules/area.ts';
import {
  byScore,
  isLatin,
  isSearchable,
  type Match,
  type Named,
  pieces,
  rank,
  searchText,
  soundPieces,
} from './rules/match.ts';
import { areaNames, tenant } from './store.ts';

/** One area a text may mean. `reason` and `matched` say why, for a person to choose. */
export type Candidate = {
  readonly code: string;
  readonly level: AreaLevel;
  readonly name: string;
  /** `town/village`, below the jurisdiction. */
  readonly path: string;
  readonly score: number;
  readonly reason: Reason;
  readonly matched: string;
};

/** What the search looks at before ranking; beyond it a text names too many places to help. */
const MOST_ROWS = 400;

type NamedRow = Named & { readonly closed: boolean };

/**
 * The areas a text may mean, best first, with full paths: by name with any ending or none, by a name inside a longer
 * sentence, by pinyin, initials or sound, by code, by an estate in the address list, by the name of a closed area (its
 * successors are answered). Villages of one name are all answered; nothing is chosen for the caller.
 */
export async function candidates(tx: ReadTx, text: string, limit: number): Promise<Candidate[]> {
  const wanted = searchText(text);
  if (!isSearchable(wanted)) return [];
  const rows = await namedBy(tx, wanted);
  const open = rows.filter((row) => !row.closed);
  const matches = [
    ...rank(wanted, open),
    ...(await successorsOf(
      tx,
      rank(
        wanted,
        rows.filter((row) => row.closed),
      ),
    )),
    ...(await estatesIn(tx, wanted)),
  ];
  const best = new Map<string, Match>();
  for (const match of matches.sort(byScore)) if (!best.has(match.code)) best.set(match.code, match);
  const top = [...best.values()].slice(0, limit);
  const names = await areaNames(
    tx,
    top.map((match) => match.code),
  );
  return top.flatMap((match) => {
    const [named, level] = [names.get(match.code), levelOf(match.code)];
    return named && level ? [{ ...match, level, name: named.name, path: named.path }] : [];
  });
}

async function namedBy(tx: ReadTx, wanted: string): Promise<NamedRow[]> {
  const parts = pieces(wanted);
  const named = sql`code, level, name, official_name AS "officialName", short_name AS "shortName", pinyin, initials,
    valid_to IS NOT NULL AND valid_to <= ${dayOf(new Date())}::date AS closed`;
  // Grids are called 第一网格 nearly everywhere: they are looked for below the villages found.
  const found = await sql<NamedRow>`
    SELECT ${named} FROM areas.area
    WHERE tenant_id = ${tenant} AND level NOT IN ('grid', 'micro_grid') AND ${agrees(wanted, parts)}
    ORDER BY length(code), code LIMIT ${MOST_ROWS}`.execute(tx);
  const rows = found.rows.length > 0 || isLatin(wanted) ? found.rows : await soundingLike(tx, wanted, named);
  const villages = rows.filter((row) => row.level === 'village').map((row) => row.code);
  const grids = await sql<NamedRow>`
    SELECT ${named} FROM areas.area
    WHERE tenant_id = ${tenant} AND level IN ('grid', 'micro_grid') AND ${agrees(wanted, parts)}
      AND (left(code, 12) = ANY(${villages}) OR name !~ '^第?[0-9一二三四五六七八九十百]+(号)?网格$')
    ORDER BY code LIMIT ${MOST_ROWS}`.execute(tx);
  return [...rows, ...grids.rows];
}

function agrees(wanted: string, parts: readonly string[]) {
  const list = [...parts];
  const byName = sql`(lower(name) = ANY(${list}) OR lower(official_name) = ANY(${list})
    OR lower(short_name) = ANY(${list}) OR position(${wanted} in lower(official_name)) > 0
    OR position(${wanted} in lower(name)) > 0)`;
  if (/^\d{4,17}$/.test(wanted)) return sql`(${byName} OR starts_with(code, ${wanted}))`;
  if (!isLatin(wanted)) return byName;
  return sql`(${byName} OR position(${wanted} in pinyin) > 0 OR starts_with(initials, ${wanted})
    OR (length(pinyin) >= 5 AND starts_with(${wanted}, pinyin)))`;
}

async function soundingLike(tx: ReadTx, wanted: string, named: ReturnType<typeof sql>): Promise<NamedRow[]> {
  const list = soundPieces(wanted);
  if (list.length === 0) return [];
  const found = await sql<NamedRow>`
    SELECT ${named} FROM areas.area
    WHERE tenant_id = ${tenant} AND level NOT IN ('grid', 'micro_grid') AND pinyin = ANY(${list}) AND length(pinyin) >= 4
    ORDER BY length(code), code LIMIT ${MOST_ROWS}`.execute(tx);
  return found.rows;
}

/** Answers the open successors of closed areas that a text names. */
async function successorsOf(tx: ReadTx, matches: readonly Match[]): Promise<Match[]> {
  const answers: Match[] = [];
  let frontier = [...matches];
  for (let depth = 0; depth < 10 && frontier.length > 0; depth += 1) {
    const found = await sql<{ code: string; successor: string; open: boolean }>`
      SELECT s.code, s.successor_code AS successor, a.valid_to IS NULL OR a.valid_to > ${dayOf(new Date())}::date AS open
      FROM areas.succession s JOIN areas.area a ON a.tenant_id = s.tenant_id AND a.code = s.successor_code
      WHERE s.tenant_id = ${tenant} AND s.code = ANY(${frontier.map((match) => match.code)})`.execute(tx);
    const next: Match[] = [];
    for (const row of found.rows) {
      const from = frontier.find((match) => match.code === row.code);
      if (!from) continue;
      const match: Match = {
        ...from,
        code: row.successor,
        reason: 'former',
        score: Number((from.score * 0.9).toFixed(3)),
      };
      (row.open ? answers : next).push(match);
    }
    frontier = next;
  }
  return answers;
}

async function estatesIn(tx: ReadTx, wanted: string): Promise<Match[]> {
  const list = pieces(wanted).filter((piece) => piece.length >= 3);
  if (list.length === 0) return [];
  const found = await sql<{ code: string; estate: string }>`
    SELECT DISTINCT d.grid_code AS code, d.estate
    FROM areas.address d JOIN areas.area a ON a.tenant_id = d.tenant_id AND a.code = d.grid_code
    WHERE d.tenant_id = ${tenant} AND d.estate = ANY(${list})
      AND (a.valid_to IS NULL OR a.valid_to > ${dayOf(new Date())}::date)
    ORDER BY code LIMIT 50`.execute(tx);
  return found.rows.map((row) => ({ code: row.code, score: 0.8, reason: 'address', matched: row.estate }));
}
