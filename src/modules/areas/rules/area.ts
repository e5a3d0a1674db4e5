import type { AreaLevel } from '../../../kit/codes.ts';
import type { AreaKind } from './kinds.ts';

/** Longitude and latitude in degrees, WGS 84. */
export type Position = readonly [lon: number, lat: number];

/** One area as every module sees it. Days are `yyyy-mm-dd`; `validTo` is the first day on which it is no more. */
export type Area = {
  readonly code: string;
  readonly level: AreaLevel;
  readonly kind: AreaKind;
  readonly name: string;
  /** The name in the division list, e.g. 龙池桥社区居民委员会 for 龙池桥社区. */
  readonly officialName: string;
  readonly parentCode: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly successors: readonly string[];
  readonly centre: Position | null;
  /** True when no real boundary of it is known: its place on a map is a drawing (示意). */
  readonly schematic: boolean;
  /** A grid made for a village that has not drawn its grids yet. */
  readonly provisional: boolean;
  readonly households: number | null;
  readonly population: number | null;
  readonly version: number;
};

/** Active on `day`: begun, and not yet ended. */
export function isActive(area: { readonly validFrom: string; readonly validTo: string | null }, day: string): boolean {
  return area.validFrom <= day && (area.validTo === null || area.validTo > day);
}

/**
 * The centre of the half-kilometre cell a point lies in: what the public may see of a private place.
 * 0.005° is about 550 m north to south and 480 m east to west at 30° north.
 */
export function coarsePoint(lon: number, lat: number): { lon: number; lat: number } {
  const cell = 0.005;
  const snap = (value: number) => Number(((Math.floor(value / cell) + 0.5) * cell).toFixed(4));
  return { lon: snap(lon), lat: snap(lat) };
}

/**
 * Why an area is offered: the text is its name (`name`), holds its name (`in_text`), is a part of it (`part`), is its
 * pinyin or initials, sounds like it, is its code, names an address in it, or names an area it succeeded (`former`).
 */
export const REASONS = ['name', 'in_text', 'part', 'pinyin', 'initials', 'sound', 'code', 'address', 'former'] as const;
export type Reason = (typeof REASONS)[number];
