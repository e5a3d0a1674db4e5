import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divide } from './divide.ts';
import { blob, type LayoutNode, layOut } from './layout.ts';
import {
  boxOf,
  clipHalfPlane,
  type MultiPolygon,
  multiPolygonContains,
  type Point,
  type Ring,
  ringContains,
  type Shape,
  shapeArea,
  signedArea,
} from './polygon.ts';

const square = (west: number, south: number, size: number): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
];
/** An E: three arms to the east, so that a north–south cut leaves several pieces. */
const comb: Ring = [
  [0, 0],
  [10, 0],
  [10, 2],
  [2, 2],
  [2, 4],
  [10, 4],
  [10, 6],
  [2, 6],
  [2, 8],
  [10, 8],
  [10, 10],
  [0, 10],
];

describe('cutting a ring by a line', () => {
  test('a comb cut through its arms falls into three pieces east of the line', () => {
    const pieces = clipHalfPlane(comb, -1, 0, -5);

    expect(pieces.map((piece) => Math.abs(signedArea(piece)))).toEqual([10, 10, 10]);
  });

  test('and stays one piece west of it', () => {
    expect(clipHalfPlane(comb, 1, 0, 5)).toHaveLength(1);
  });

  test('both sides of any cut have the area of the whole', () => {
    const whole = Math.abs(signedArea(comb));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.double({ min: -9, max: 12, noNaN: true }),
        (angle, c) => {
          const [a, b] = [Math.cos(angle), Math.sin(angle)];
          const left = shapeArea(clipHalfPlane(comb, a, b, c));
          const right = shapeArea(clipHalfPlane(comb, -a, -b, -c));
          expect(left + right).toBeCloseTo(whole, 6);
        },
      ),
    );
  });
});

describe('dividing a shape', () => {
  const round = blob(1_000_000, [0, 0], '421181');

  test.each([1, 2, 3, 7, 28, 60])('into %i cells that fill it and do not overlap', (count) => {
    const cells = divide(
      round,
      Array.from({ length: count }, () => 1),
    );

    expect(cells.reduce((sum, cell) => sum + shapeArea(cell), 0)).toBeCloseTo(1_000_000, 0);
    expect(cells.every((cell) => cell.length === 1)).toBe(true);
  });

  test('gives each cell its share of the area, within a tenth', () => {
    const weights = [10, 10, 20, 26, 27, 16, 35, 8, 7, 6];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const cells = divide(round, weights);

    for (const [index, cell] of cells.entries()) {
      const share = ((weights[index] ?? 0) / total) * 1_000_000;
      expect(Math.abs(shapeArea(cell) / share - 1)).toBeLessThan(0.1);
    }
  });

  test('puts the first one in the middle', () => {
    const [first = []] = divide(
      round,
      Array.from({ length: 19 }, () => 1),
    );

    expect(first.some((ring) => ringContains(ring, 0, 0))).toBe(true);
  });

  test('works in an indented shape', () => {
    const cells = divide([comb], [1, 1, 1, 1, 1]);

    expect(cells.reduce((sum, cell) => sum + shapeArea(cell), 0)).toBeCloseTo(shapeArea([comb]), 6);
    expect(cells.every((cell) => cell.length > 0)).toBe(true);
  });
});

describe('the schematic layout', () => {
  const grid = (code: string): LayoutNode => ({ code: `${code}001`, children: [], known: null });
  const village = (code: string, known: MultiPolygon | null = null): LayoutNode => ({
    code,
    children: [grid(code)],
    known,
  });
  const town = (code: string, villages: number, known: MultiPolygon | null = null): LayoutNode => ({
    code,
    known,
    children: Array.from({ length: villages }, (_, index) => village(`${code}${201 + index}`)),
  });
  const county = (towns: LayoutNode[], known: MultiPolygon | null = null): LayoutNode => ({
    code: '421181',
    children: towns,
    known,
  });
  const polygonOf = (ring: Ring): MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: [[[...ring, ring[0] as Point]]],
  });
  const centre: Point = [115, 31];

  test('is the same for the same tree', () => {
    const tree = () => county([town('421181001', 5), town('421181100', 12)]);

    expect([...layOut(tree(), centre)]).toEqual([...layOut(tree(), centre)]);
  });

  test('draws everything, children inside their parents', () => {
    const drawn = layOut(county([town('421181001', 5), town('421181100', 12), town('421181200', 1)]), centre);
    const inside = [...drawn]
      .filter(([code]) => code.length > 6)
      .map(([code, shape]) => {
        const parent = drawn.get(code.slice(0, { 9: 6, 12: 9, 15: 12 }[code.length] ?? 6));
        return parent !== undefined && multiPolygonContains(parent, ...middle(shape));
      });

    expect(drawn.size).toBe(1 + 3 + 18 + 18);
    expect(inside).not.toContain(false);
  });

  test('shares a known boundary among the towns inside it, and leaves it alone', () => {
    const known = polygonOf(square(115, 31, 1));
    const drawn = layOut(county([town('421181001', 3), town('421181100', 3)], known), centre);

    expect(drawn.has('421181')).toBe(false);
    expect(multiPolygonContains(known, ...middle(drawn.get('421181100')))).toBe(true);
  });

  test('gives unknown siblings what a known one leaves of the parent', () => {
    const taken = polygonOf(square(115, 31, 0.5));
    const drawn = layOut(
      county([town('421181001', 3, taken), town('421181100', 3), town('421181101', 3)], polygonOf(square(115, 31, 1))),
      centre,
    );

    for (const code of ['421181100', '421181101']) {
      expect(multiPolygonContains(taken, ...middle(drawn.get(code)))).toBe(false);
    }
  });

  test('a hole in a known boundary stays empty', () => {
    const outer = square(115, 31, 1);
    const hole = [...square(115.4, 31.4, 0.2)].reverse();
    const known: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [...outer, outer[0] as Point],
          [...hole, hole[0] as Point],
        ],
      ],
    };
    const drawn = layOut(county([town('421181001', 4), town('421181100', 4)], known), centre);

    expect([...drawn.values()].some((shape) => multiPolygonContains(shape, 115.5, 31.5))).toBe(false);
  });

  test('puts what has no room east of everything known', () => {
    const known = polygonOf(square(115, 31, 0.5));
    const drawn = layOut(county([town('421181001', 3, known), town('421181100', 3)]), centre);

    expect(boxOf(drawn.get('421181100') ?? known)[0]).toBeGreaterThan(115.5);
    // The county without a boundary of its own holds both.
    const whole = drawn.get('421181');
    expect(whole && multiPolygonContains(whole, 115.25, 31.25)).toBe(true);
  });
});

function middle(shape: MultiPolygon | undefined): [number, number] {
  const ring = (shape?.coordinates[0]?.[0] ?? []).slice(0, -1);
  const sum = (axis: 0 | 1) => ring.reduce((total, position) => total + (position[axis] ?? 0), 0) / ring.length;
  return [sum(0), sum(1)];
}

test('a blob has the area asked for', () => {
  const shape: Shape = blob(6_000_000, [10, 20], 'any');

  expect(shapeArea(shape)).toBeCloseTo(6_000_000, 0);
});
