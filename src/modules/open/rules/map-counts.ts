import { AREA_LEVELS, cutToLevel, levelOf } from '../../../kit/codes.ts';

export type AreaCount = { readonly areaCode: string; readonly count: number };

/**
 * Counts summed over the parts directly below `shown`: a county's map has a mark for each town, a town's for each
 * village. What lies at `shown` itself keeps its own code.
 */
export function countsBelow(counts: readonly AreaCount[], shown: string): ReadonlyMap<string, number> {
  const level = levelOf(shown);
  const below = level === null ? undefined : AREA_LEVELS[AREA_LEVELS.indexOf(level) + 1];
  const sums = new Map<string, number>();
  for (const { areaCode, count } of counts) {
    const part = (below && cutToLevel(areaCode, below)) ?? areaCode;
    sums.set(part, (sums.get(part) ?? 0) + count);
  }
  return sums;
}
