import { levelOf, parentOf } from '../../../kit/codes.ts';
import { cleanText, hasForbiddenCharacters, lengthOf } from '../../../kit/text.ts';
import { codeReadings, nextCode, segmentRange } from './codes.ts';
import { type Issue, words } from './issue.ts';
import type { AreaKind } from './kinds.ts';

/** Columns of a grid file and how else their heads are written. */
export const GRID_COLUMNS = {
  code: ['网格编码', '编码', '网格代码'],
  village: ['村社区', '村（社区）', '所属村社区', '所属社区', '社区', '村', '村社区编码'],
  name: ['网格名称', '名称', '网格'],
  kind: ['类型', '网格类型'],
  households: ['户数'],
  population: ['人口', '人口数'],
} as const satisfies Record<string, readonly string[]>;

/** A village as the file may name it, with its grids (closed ones too). */
export type VillageGrids = {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly open: boolean;
  readonly grids: readonly GridNow[];
};

export type GridNow = {
  readonly code: string;
  readonly name: string;
  readonly open: boolean;
  readonly provisional: boolean;
};

/** What one good row asks for: a new grid, or new words and figures for a known one. */
export type GridStep = {
  readonly index: number;
  readonly code: string;
  readonly village: string;
  readonly isNew: boolean;
  readonly name: string;
  readonly kind: AreaKind;
  readonly households: number | null;
  readonly population: number | null;
};

export type GridPlan = {
  readonly steps: readonly GridStep[];
  /** Provisional grids that end because the village's grids are drawn now, with their successors. */
  readonly ending: readonly { readonly code: string; readonly successors: readonly string[] }[];
  readonly issues: readonly Issue[];
};

type Row = Readonly<Record<string, string>>;

/**
 * Decides what a file of grids does. A row names its village by code, path or (if no other has it) name; without a grid
 * code it takes over the grid of that name, then the provisional grid, then the next free number. Every row ends up
 * as a step or as an issue.
 */
export function planGrids(rows: readonly Row[], villages: readonly VillageGrids[]): GridPlan {
  const finder = villageFinder(villages);
  const plans = new Map<string, VillagePlan>();
  const issues: Issue[] = [];
  const steps: GridStep[] = [];
  for (const [index, row] of rows.entries()) {
    const outcome = planRow(row, index, finder, plans);
    if ('reason' in outcome) issues.push(outcome);
    else steps.push(outcome);
  }
  const ending = [...plans.values()].flatMap((plan) => {
    const left = plan.village.grids.find((grid) => grid.provisional && grid.open && !plan.taken.has(grid.code));
    return left && plan.taken.size > 0 ? [{ code: left.code, successors: [...plan.taken.keys()].sort() }] : [];
  });
  return { steps, ending, issues };
}

type VillagePlan = { readonly village: VillageGrids; readonly taken: Map<string, string>; readonly used: Set<string> };
type Finder = (written: string) => VillageGrids | string;

function villageFinder(villages: readonly VillageGrids[]): Finder {
  const byCode = new Map(villages.map((village) => [village.code, village]));
  const byName = new Map<string, VillageGrids[]>();
  for (const village of villages) {
    for (const name of new Set([village.name, village.path])) byName.set(name, [...(byName.get(name) ?? []), village]);
  }
  return (written) => {
    if (/^\d+$/.test(written)) {
      return (
        codeReadings(written)
          .map((code) => byCode.get(code))
          .find((known) => known) ?? 'unknown_village'
      );
    }
    const named = byName.get(written.replace(/\s*[/>·]\s*/g, '/')) ?? [];
    const open = named.filter((village) => village.open);
    if (open.length > 1) return 'ambiguous_village';
    return open[0] ?? named[0] ?? 'unknown_village';
  };
}

function planRow(row: Row, index: number, find: Finder, plans: Map<string, VillagePlan>): GridStep | Issue {
  const wrong = (reason: string, details: Issue['details'] = {}): Issue => ({
    index,
    code: words(row['code']),
    name: words(row['name']),
    reason,
    details,
  });
  const village = villageOf(row, find);
  if (typeof village === 'string') return wrong(village);
  if (!village.open) return wrong('area_closed', { village: village.path });
  const name = cleanText(row['name'] ?? '');
  const badName = nameIssue(name);
  if (badName) return wrong(badName);
  const [households, population] = [countOf(row['households']), countOf(row['population'])];
  if (households === 'bad' || population === 'bad') return wrong('bad_number');
  const kind = kindOf(row['kind']);
  if (!kind) return wrong('bad_kind');
  const plan = plans.get(village.code) ?? newPlan(village);
  plans.set(village.code, plan);
  if ([...plan.taken.values()].includes(name)) return wrong('duplicate_name');
  const code = codeFor(row, name, plan);
  if ('reason' in code) return wrong(code.reason);
  plan.taken.set(code.code, name);
  plan.used.add(code.code);
  const isNew = !village.grids.some((grid) => grid.code === code.code);
  return { index, code: code.code, village: village.code, isNew, name, kind, households, population };
}

function newPlan(village: VillageGrids): VillagePlan {
  return { village, taken: new Map(), used: new Set(village.grids.map((grid) => grid.code)) };
}

function villageOf(row: Row, find: Finder): VillageGrids | string {
  const written = cleanText(row['village'] ?? '');
  const code = cleanText(row['code'] ?? '');
  const parent = levelOf(code) === 'grid' ? parentOf(code) : null;
  if (written === '') return parent === null ? (code === '' ? 'no_village' : 'not_a_grid_code') : find(parent);
  const village = find(written);
  if (typeof village === 'string' || parent === null) return village;
  return village.code === parent ? village : 'wrong_parent';
}

/** Why a grid cannot be called so; null when it can. */
export function nameIssue(name: string): string | null {
  if (name === '') return 'no_name';
  if (hasForbiddenCharacters(name)) return 'bad_characters';
  return lengthOf(name) > 40 ? 'name_too_long' : null;
}

function codeFor(row: Row, name: string, plan: VillagePlan): { code: string } | { reason: string } {
  const { village, taken, used } = plan;
  const written = cleanText(row['code'] ?? '');
  const open = village.grids.filter((grid) => grid.open);
  const sameName = open.find((grid) => grid.name === name && !taken.has(grid.code));
  if (written !== '') {
    if (levelOf(written) !== 'grid') return { reason: 'not_a_grid_code' };
    if (taken.has(written)) return { reason: 'duplicate_code' };
    if (village.grids.some((grid) => grid.code === written && !grid.open)) return { reason: 'code_retired' };
    if (sameName && sameName.code !== written && !sameName.provisional) return { reason: 'duplicate_name' };
    return { code: written };
  }
  const own = sameName ?? open.find((grid) => grid.provisional && !taken.has(grid.code));
  if (own) return { code: own.code };
  const range = segmentRange('grid', 'base_grid');
  const code = range && nextCode(village.code, range, used);
  return code ? { code } : { reason: 'village_full' };
}

function countOf(written: string | undefined): number | null | 'bad' {
  const text = (written ?? '').trim();
  if (text === '') return null;
  return /^\d{1,7}$/.test(text) ? Number(text) : 'bad';
}

function kindOf(written: string | undefined): AreaKind | null {
  const text = (written ?? '').trim();
  if (text === '' || /^(?:base_grid|基础网格|一般网格)$/.test(text)) return 'base_grid';
  return /^(?:special_grid|专属网格|专门网格)$/.test(text) ? 'special_grid' : null;
}
