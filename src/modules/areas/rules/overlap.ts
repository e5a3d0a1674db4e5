import { difference, feature, featureCollection, intersect, area as squareMetres } from '@turf/turf';
import { boxOf, type Box, type MultiPolygon, multiPolygonContains } from './polygon.ts';

// A centimetre on the ground: nearer than this to a border is on it.
const NEAR = 1e-7;

type Segment = readonly [ax: number, ay: number, bx: number, by: number];

/** A shape with what comparing it needs, worked out once. */
export type Outlined = {
  readonly geometry: MultiPolygon;
  readonly box: Box;
  readonly squareMetres: number;
  readonly segments: readonly Segment[];
};

export function outline(geometry: MultiPolygon): Outlined {
  const segments = geometry.coordinates.flatMap((rings) =>
    rings.flatMap((ring) =>
      ring.slice(1).map((end, index): Segment => {
        const start = ring[index] ?? end;
        return [start[0] ?? 0, start[1] ?? 0, end[0] ?? 0, end[1] ?? 0];
      }),
    ),
  );
  return { geometry, box: boxOf(geometry), squareMetres: squareMetres(toFeature(geometry)), segments };
}

function toFeature(geometry: MultiPolygon) {
  return feature(geometry as unknown as GeoJSON.MultiPolygon);
}

/** Square metres that two shapes share. Neighbours with one drawn border cost microseconds, others milliseconds. */
export function sharedArea(one: Outlined, other: Outlined): number {
  if (!boxesMeet(one.box, other.box) || !mayShare(one, other)) return 0;
  const shared = intersect(featureCollection([toFeature(one.geometry), toFeature(other.geometry)]));
  return shared ? squareMetres(shared) : 0;
}

/** The part of a shape's area that lies outside another, 0 to 1. */
export function shareOutside(inner: Outlined, outer: Outlined): number {
  const near = segmentsNear(outer.segments, inner.box);
  const held = inner.segments.every(([x, y]) => isOn(near, x, y) || multiPolygonContains(outer.geometry, x, y));
  if (held && !anyCross(segmentsNear(inner.segments, outer.box), near)) return 0;
  const outside = difference(featureCollection([toFeature(inner.geometry), toFeature(outer.geometry)]));
  return outside ? squareMetres(outside) / Math.max(1e-9, inner.squareMetres) : 0;
}

function boxesMeet(one: Box, other: Box): boolean {
  return one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];
}

/** False only when the shapes have no more than border in common. */
function mayShare(one: Outlined, other: Outlined): boolean {
  const oneNear = segmentsNear(one.segments, other.box);
  const otherNear = segmentsNear(other.segments, one.box);
  return (
    anyCross(oneNear, otherNear) ||
    anyInside(oneNear, other, otherNear) ||
    anyInside(otherNear, one, oneNear) ||
    anyInside(one.segments.slice(0, 1), other, other.segments) ||
    anyInside(other.segments.slice(0, 1), one, one.segments) ||
    sameOutline(one, otherNear)
  );
}

/** True when every corner of `one` lies on the other's border: the same area given twice. */
function sameOutline(one: Outlined, border: readonly Segment[]): boolean {
  return one.segments.every(([x, y]) => isOn(border, x, y));
}

function segmentsNear(segments: readonly Segment[], box: Box): Segment[] {
  return segments.filter(
    ([ax, ay, bx, by]) =>
      Math.min(ax, bx) <= box[2] + NEAR &&
      Math.max(ax, bx) >= box[0] - NEAR &&
      Math.min(ay, by) <= box[3] + NEAR &&
      Math.max(ay, by) >= box[1] - NEAR,
  );
}

function anyCross(some: readonly Segment[], others: readonly Segment[]): boolean {
  return some.some((segment) => others.some((other) => properlyCross(segment, other)));
}

/** A corner or the middle of a segment clearly inside the shape. */
function anyInside(segments: readonly Segment[], shape: Outlined, border: readonly Segment[]): boolean {
  const inside = (x: number, y: number) => multiPolygonContains(shape.geometry, x, y) && !isOn(border, x, y);
  return segments.some(([ax, ay, bx, by]) => inside(ax, ay) || inside((ax + bx) / 2, (ay + by) / 2));
}

function isOn(segments: readonly Segment[], x: number, y: number): boolean {
  return segments.some(([ax, ay, bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    return Math.abs(ax + share * dx - x) <= NEAR && Math.abs(ay + share * dy - y) <= NEAR;
  });
}

function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** True when two segments cross at a point inside both. */
export function properlyCross(one: Segment, other: Segment): boolean {
  const [ax, ay, bx, by] = one;
  const [cx, cy, dx, dy] = other;
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const first = side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy);
  const second = side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by);
  return first < 0 && second < 0;
}

/** True when a polygon's rings cross themselves or each other. */
export function crossesItself(geometry: MultiPolygon): boolean {
  return geometry.coordinates.some((rings) => {
    const { segments } = outline({ type: 'MultiPolygon', coordinates: [rings] });
    const byWest = [...segments].sort((one, other) => Math.min(one[0], one[2]) - Math.min(other[0], other[2]));
    return byWest.some((segment, index) => {
      const east = Math.max(segment[0], segment[2]);
      for (let next = index + 1; next < byWest.length; next += 1) {
        const other = byWest[next];
        if (!other || Math.min(other[0], other[2]) > east) return false;
        if (properlyCross(segment, other)) return true;
      }
      return false;
    });
  });
}
