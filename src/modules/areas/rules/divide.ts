import { centroid, clipShape, largestRing, type Point, ringContains, type Shape, shapeArea } from './polygon.ts';

// Enough for cells to come within a few percent of their share; more is not seen.
const ROUNDS = 50;
// Moves a cell's weight by this part of its missing area: about half of what a hexagon would need, so that it settles.
const WEIGHT_STEP = 0.29;

type Site = { at: Point; weight: number; readonly share: number };

/**
 * Divides a shape into as many cells as there are `weights`, each with its share of the area: a relaxed, weighted
 * Voronoi diagram (a power diagram), so that cells are compact and look like a map. The first cell lies in the middle,
 * the others follow outward. Deterministic. A cell may consist of several pieces where the shape is indented.
 */
export function divide(shape: Shape, weights: readonly number[]): Shape[] {
  if (weights.length <= 1 || shape.length === 0) return weights.map(() => shape);
  const area = shapeArea(shape);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const places = spread(shape, area, weights.length);
  const sites = weights.map(
    (weight, index): Site => ({
      at: places[index] ?? [0, 0],
      weight: 0,
      share: (weight / total) * area,
    }),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const cells = cellsOf(shape, sites);
    if (settle(sites, cells) < 0.03) break;
    keepHome(sites);
  }
  const cells = cellsOf(shape, sites);
  if (cells.every((cell) => cell.length > 0)) return cells;
  for (const site of sites) site.weight = 0;
  return cellsOf(shape, sites);
}

/** Moves each site to its cell's centre and its weight towards its share; answers the largest relative error. */
function settle(sites: readonly Site[], cells: readonly Shape[]): number {
  let worst = 0;
  for (const [index, site] of sites.entries()) {
    const cell = cells[index] ?? [];
    const missing = site.share - shapeArea(cell);
    worst = Math.max(worst, Math.abs(missing) / site.share);
    site.weight += WEIGHT_STEP * missing;
    const ring = largestRing(cell);
    if (ring.length < 3) continue;
    const centre = centroid(ring);
    if (ringContains(ring, centre[0], centre[1])) site.at = centre;
  }
  return worst;
}

/** Lowers weights that would push a neighbour's site out of its own cell. */
function keepHome(sites: readonly Site[]): void {
  for (const site of sites) {
    for (const other of sites) {
      if (other === site) continue;
      const apart = (site.at[0] - other.at[0]) ** 2 + (site.at[1] - other.at[1]) ** 2;
      if (site.weight - other.weight > 0.8 * apart) site.weight = other.weight + 0.8 * apart;
    }
  }
}

function cellsOf(shape: Shape, sites: readonly Site[]): Shape[] {
  return sites.map((site) => cellOf(shape, site, sites));
}

/** The points of the shape that are nearer to `site` than to any other, distances squared less the site's weight. */
function cellOf(shape: Shape, site: Site, sites: readonly Site[]): Shape {
  const [x, y] = site.at;
  const others = sites
    .filter((other) => other !== site)
    .map((other) => ({ other, apart: (other.at[0] - x) ** 2 + (other.at[1] - y) ** 2 }))
    .sort((left, right) => left.apart - right.apart);
  let cell = shape;
  let reach = farthest(cell, x, y);
  for (const { other, apart } of others) {
    // Squared distance from the site to the line that separates the two.
    const toLine = (apart + site.weight - other.weight) / 2;
    if (toLine > 0 && toLine * toLine > reach * apart) continue;
    const a = other.at[0] - x;
    const b = other.at[1] - y;
    cell = clipShape(cell, a, b, a * x + b * y + toLine);
    if (cell.length === 0) return cell;
    reach = farthest(cell, x, y);
  }
  return cell;
}

/** Squared distance to the farthest corner. */
function farthest(shape: Shape, x: number, y: number): number {
  let reach = 0;
  for (const ring of shape) {
    for (const [px, py] of ring) reach = Math.max(reach, (px - x) ** 2 + (py - y) ** 2);
  }
  return reach;
}

/** `count` places in the shape, far from each other, the middle one first and then outward. */
function spread(shape: Shape, area: number, count: number): Point[] {
  const candidates = lattice(shape, area, count);
  const middle = centroid(largestRing(shape));
  const distance = (from: Point, to: Point) => (from[0] - to[0]) ** 2 + (from[1] - to[1]) ** 2;
  const nearest = candidates.map((point) => distance(point, middle));
  let pick = nearest.indexOf(Math.min(...nearest));
  const gaps = candidates.map(() => Infinity);
  const chosen: Point[] = [];
  for (let step = 0; step < count; step += 1) {
    const place = candidates[pick] ?? middle;
    chosen.push(place);
    let widest = -1;
    for (const [index, point] of candidates.entries()) {
      const gap = Math.min(gaps[index] ?? 0, distance(point, place));
      gaps[index] = gap;
      if (gap > widest) {
        widest = gap;
        pick = index;
      }
    }
  }
  return chosen.sort((left, right) => distance(left, middle) - distance(right, middle));
}

/** Points of a triangular lattice inside the shape, at least four for each place wanted. */
function lattice(shape: Shape, area: number, count: number): Point[] {
  const rings = shape.map((ring) => ({ ring, box: ringBox(ring) }));
  for (let spacing = Math.sqrt(area / (count * 20)); ; spacing /= 1.5) {
    const points = rings.flatMap(({ ring, box: [west, south, east, north] }) => {
      const inside: Point[] = [];
      let odd = false;
      for (let y = south + spacing / 2; y < north; y += spacing * 0.866) {
        odd = !odd;
        for (let x = west + (odd ? spacing / 2 : spacing); x < east; x += spacing) {
          if (ringContains(ring, x, y)) inside.push([x, y]);
        }
      }
      return inside;
    });
    // A shape thinner than any lattice: 200 × 200 steps are tried, then its corners do.
    if (points.length >= count * 4) return points;
    if (spacing * 4000 < Math.sqrt(area)) return [...points, ...shape.flat()];
  }
}

function ringBox(ring: readonly Point[]): [number, number, number, number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
