import type { MultiPolygon } from './polygon.ts';

type Position = readonly number[];

/**
 * Leaves out corners that a map of this scale does not show (Douglas–Peucker, tolerance in degrees). A ring that would
 * lose its area stays as it is. Corners that neighbours share go or stay together only roughly, so the tolerance must
 * stay below a pixel.
 */
export function simplify(geometry: MultiPolygon, tolerance: number): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((rings) => rings.map((ring) => simplifyRing(ring, tolerance))),
  };
}

function simplifyRing(ring: readonly Position[], tolerance: number): readonly Position[] {
  if (ring.length <= 8) return ring;
  // A closed ring has no ends to hold on to: it is cut at the corner farthest from the first.
  const far = farthestFrom(ring);
  const thin = [...keep(ring, 0, far, tolerance), ...keep(ring, far, ring.length - 1, tolerance), ring.length - 1];
  return thin.length >= 4 ? thin.flatMap((index) => [ring[index] ?? []]) : ring;
}

function farthestFrom(ring: readonly Position[]): number {
  const [x = 0, y = 0] = ring[0] ?? [];
  let best = 1;
  let reach = -1;
  for (const [index, [px = 0, py = 0]] of ring.entries()) {
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance > reach) [best, reach] = [index, distance];
  }
  return best;
}

/** Indices kept between two corners, the first included and the last not. */
function keep(ring: readonly Position[], from: number, to: number, tolerance: number): number[] {
  const kept: number[] = [];
  const open: [number, number][] = [[from, to]];
  while (open.length > 0) {
    const [start, end] = open.pop() as [number, number];
    let worst = -1;
    let reach = tolerance * tolerance;
    for (let index = start + 1; index < end; index += 1) {
      const distance = offLine(ring[index] ?? [], ring[start] ?? [], ring[end] ?? []);
      if (distance > reach) [worst, reach] = [index, distance];
    }
    if (worst < 0) kept.push(start);
    else open.push([worst, end], [start, worst]);
  }
  return kept;
}

/** Squared distance of a point from a segment. */
function offLine([x = 0, y = 0]: Position, [ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
}
