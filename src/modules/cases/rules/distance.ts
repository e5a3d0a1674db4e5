import type { Point } from './state.ts';

const EARTH_RADIUS = 6_371_008.8;

/** Metres between two points on the sphere (haversine); within 0.6 % of the ellipsoid. */
export function metresBetween(one: Point, other: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const halfLat = radians(other[1] - one[1]) / 2;
  const halfLon = radians(other[0] - one[0]) / 2;
  const chord =
    Math.sin(halfLat) ** 2 + Math.cos(radians(one[1])) * Math.cos(radians(other[1])) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
}
