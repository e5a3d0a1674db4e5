/**
 * Plane geometry for drawing and finding areas. A ring is a list of corners without the closing repeat; a shape is a
 * list of hole-free rings that do not overlap.
 */
export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];
export type Shape = readonly Ring[];

/** GeoJSON coordinates of a MultiPolygon: polygons → rings (first outer, then holes) → closed positions. */
export type MultiPolygonCoordinates = readonly (readonly (readonly (readonly number[])[])[])[];
export type MultiPolygon = { readonly type: 'MultiPolygon'; readonly coordinates: MultiPolygonCoordinates };
/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** Signed area of a ring: positive when it runs counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0;
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [x, y] of ring) {
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return sum / 2;
}

export function shapeArea(shape: Shape): number {
  return shape.reduce((sum, ring) => sum + Math.abs(signedArea(ring)), 0);
}

/** Centre of mass of a ring; the mean of its corners when it has no area. */
export function centroid(ring: Ring): Point {
  let sum = 0;
  let cx = 0;
  let cy = 0;
  const [ox, oy] = ring[0] ?? [0, 0];
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [x, y] of ring) {
    const cross = (px - ox) * (y - oy) - (x - ox) * (py - oy);
    sum += cross;
    cx += (px + x - 2 * ox) * cross;
    cy += (py + y - 2 * oy) * cross;
    px = x;
    py = y;
  }
  if (Math.abs(sum) < 1e-12) return mean(ring);
  return [ox + cx / (3 * sum), oy + cy / (3 * sum)];
}

function mean(points: Ring): Point {
  const count = Math.max(1, points.length);
  return [points.reduce((sum, [x]) => sum + x, 0) / count, points.reduce((sum, [, y]) => sum + y, 0) / count];
}

/** The largest ring of a shape. */
export function largestRing(shape: Shape): Ring {
  let best: Ring = [];
  let bestArea = -1;
  for (const ring of shape) {
    const area = Math.abs(signedArea(ring));
    if (area > bestArea) {
      best = ring;
      bestArea = area;
    }
  }
  return best;
}

/** True when the point lies inside the ring (even-odd rule; corners may be given closed or open). */
export function ringContains(ring: readonly (readonly number[])[], x: number, y: number): boolean {
  let inside = false;
  let previous = ring[ring.length - 1];
  for (const corner of ring) {
    const [ax, ay] = [corner[0] ?? 0, corner[1] ?? 0];
    const [bx, by] = [previous?.[0] ?? 0, previous?.[1] ?? 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    previous = corner;
  }
  return inside;
}

/** True when the point lies in one of the polygons and in none of its holes. */
export function multiPolygonContains(geometry: MultiPolygon, lon: number, lat: number): boolean {
  return geometry.coordinates.some((rings) => {
    const [outer, ...holes] = rings;
    return outer !== undefined && ringContains(outer, lon, lat) && !holes.some((hole) => ringContains(hole, lon, lat));
  });
}

export function boxOf(geometry: MultiPolygon): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of geometry.coordinates) {
    for (const [x = 0, y = 0] of polygon[0] ?? []) {
      west = Math.min(west, x);
      south = Math.min(south, y);
      east = Math.max(east, x);
      north = Math.max(north, y);
    }
  }
  return [west, south, east, north];
}

type Chain = { readonly points: readonly Point[]; readonly enters: number; readonly leaves: number };

/**
 * The part of a simple ring where `a·x + b·y <= c`, as the separate pieces it may fall into.
 * Walks the ring into chains on the kept side, then joins chain ends along the cut: sorted along the line, the
 * crossings pair up two by two.
 */
export function clipHalfPlane(ring: Ring, a: number, b: number, c: number): Ring[] {
  const sides = ring.map(([x, y]) => a * x + b * y - c);
  const first = sides.findIndex((side, index) => side <= 0 && (sides[(index || ring.length) - 1] ?? 0) > 0);
  if (first < 0) return sides.some((side) => side <= 0) ? [ring] : [];
  const along = ([x, y]: Point) => a * y - b * x;
  const chains = chainsFrom(ring, sides, first, along);
  if (chains.length === 1) return keepReal([chains[0]?.points ?? []]);
  return keepReal(joinChains(chains));
}

function chainsFrom(ring: Ring, sides: readonly number[], first: number, along: (point: Point) => number): Chain[] {
  const chains: Chain[] = [];
  let points: Point[] = [];
  let enters = 0;
  for (let step = 0; step <= ring.length; step += 1) {
    const index = (first + step) % ring.length;
    const before = (index || ring.length) - 1;
    const inside = (sides[index] ?? 0) <= 0;
    const wasInside = (sides[before] ?? 0) <= 0;
    const corner = ring[index] as Point; // index is taken modulo the ring's length
    if (inside !== wasInside) {
      const cut = crossing(ring[before] as Point, corner, sides[before] ?? 0, sides[index] ?? 0);
      if (wasInside) {
        points.push(cut);
        chains.push({ points, enters, leaves: along(cut) });
      } else {
        if (step === ring.length) break;
        points = [cut];
        enters = along(cut);
      }
    }
    if (inside && step < ring.length) points.push(corner);
  }
  return chains;
}

function crossing(from: Point, to: Point, fromSide: number, toSide: number): Point {
  const share = fromSide / (fromSide - toSide);
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function joinChains(chains: readonly Chain[]): Point[][] {
  const ends = chains
    .flatMap((chain, index) => [
      { at: chain.enters, chain: index, enters: true },
      { at: chain.leaves, chain: index, enters: false },
    ])
    .sort((left, right) => left.at - right.at);
  const next = new Map<number, number>();
  for (let index = 0; index + 1 < ends.length; index += 2) {
    const [left, right] = [ends[index], ends[index + 1]];
    if (!left || !right) continue;
    if (left.enters === right.enters) return chains.map((chain) => [...chain.points]);
    if (left.enters) next.set(right.chain, left.chain);
    else next.set(left.chain, right.chain);
  }
  const pieces: Point[][] = [];
  const done = new Set<number>();
  for (let start = 0; start < chains.length; start += 1) {
    if (done.has(start)) continue;
    const piece: Point[] = [];
    for (let chain = start; !done.has(chain); chain = next.get(chain) ?? chain) {
      done.add(chain);
      piece.push(...(chains[chain]?.points ?? []));
    }
    pieces.push(piece);
  }
  return pieces;
}

/** Drops what has no area. */
function keepReal(rings: readonly (readonly Point[])[]): Ring[] {
  return rings.filter((ring) => ring.length >= 3 && Math.abs(signedArea(ring)) > 1e-9);
}

/** The part of a shape where `a·x + b·y <= c`. */
export function clipShape(shape: Shape, a: number, b: number, c: number): Shape {
  return shape.flatMap((ring) => clipHalfPlane(ring, a, b, c));
}

/** A plane of metres around a place on the earth; true enough within a prefecture. */
export type Frame = {
  readonly toPlane: (position: readonly number[]) => Point;
  readonly toEarth: (point: Point) => Point;
};

const METRES_PER_DEGREE = 111_320;

export function frameAt(lon: number, lat: number): Frame {
  const east = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return {
    toPlane: ([x = 0, y = 0]) => [(x - lon) * east, (y - lat) * METRES_PER_DEGREE],
    toEarth: ([x, y]) => [lon + x / east, lat + y / METRES_PER_DEGREE],
  };
}

/** A shape of the plane as GeoJSON with six decimals (0.1 m): closed rings, counter-clockwise as the format asks. */
export function toMultiPolygon(shape: Shape, frame: Frame): MultiPolygon {
  const coordinates = shape.flatMap((ring) => {
    const turned = signedArea(ring) < 0 ? [...ring].reverse() : ring;
    const positions: number[][] = [];
    for (const point of turned) {
      const position = frame.toEarth(point).map((value) => Number(value.toFixed(6)));
      const last = positions[positions.length - 1];
      if (!last || last[0] !== position[0] || last[1] !== position[1]) positions.push(position);
    }
    const [start] = positions;
    const end = positions[positions.length - 1];
    if (start && end && positions.length > 1 && start[0] === end[0] && start[1] === end[1]) positions.pop();
    return start && positions.length >= 3 ? [[[...positions, start]]] : [];
  });
  return { type: 'MultiPolygon', coordinates };
}
