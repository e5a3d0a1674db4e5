import { difference, feature, featureCollection, intersect, polygon as turfPolygon } from '@turf/turf';
import { divide } from './divide.ts';
import {
  type Box,
  boxOf,
  type Frame,
  frameAt,
  type MultiPolygon,
  type Point,
  type Shape,
  shapeArea,
  toMultiPolygon,
} from './polygon.ts';

/**
 * Schematic shapes for areas whose boundary nobody has given yet, so that maps can be drawn and a pin can name a grid.
 * Everything follows from the tree alone: the same tree gives the same drawing. A schematic shape says who is whose
 * and how many there are, never where something lies.
 */
export type LayoutNode = {
  readonly code: string;
  readonly children: readonly LayoutNode[];
  /** The real boundary, if it is known. */
  readonly known: MultiPolygon | null;
};

// A village covers 5 to 8 km² in the counties looked at; the drawing takes 6.
const SQUARE_METRES_A_VILLAGE = 6_000_000;
// Less free space than this share of the parent's area is a seam between imported boundaries, not a place for someone.
const SMALLEST_FREE_SHARE = 0.01;
// A farm with one village beside a town with thirty still has to be seen and hit by a finger.
const EVENNESS = 0.3;

/**
 * Lays out everything below (and at) `root` that has no boundary of its own.
 * - Below a known or drawn shape, children share it by the number of villages they hold.
 * - Where some siblings are known, the others get what is left of the parent; if nothing is left (or the parent itself
 *   is unknown), they stand east of everything known, so that no drawing covers a real place.
 * - An unknown area with known children has their shapes together.
 *
 * `centre` places the drawing when nothing at all is known. Answers shapes of the areas without a known boundary.
 */
export function layOut(root: LayoutNode, centre: Point): Map<string, MultiPolygon> {
  const box = knownBox(root);
  const frame = box ? frameAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) : frameAt(centre[0], centre[1]);
  const layout: Layout = { frame, drawn: new Map(), shelf: box ? shelfBeside(box, frame) : null };
  if (isAnchored(root)) placeAnchored(root, layout);
  else place(root, blob(villagesIn(root) * SQUARE_METRES_A_VILLAGE, [0, 0], root.code), layout);
  const answer = new Map<string, MultiPolygon>();
  for (const [code, shape] of layout.drawn) answer.set(code, toMultiPolygon(shape, frame));
  return answer;
}

/** Lays out what lies below one area inside its given shape, for a change that touches nothing else. */
export function layOutWithin(node: LayoutNode, shape: MultiPolygon): Map<string, MultiPolygon> {
  const answer = layOut({ ...node, known: shape }, [0, 0]);
  answer.delete(node.code);
  return answer;
}

type Shelf = {
  readonly west: number;
  readonly bottom: number;
  readonly top: number;
  x: number;
  y: number;
  width: number;
};
type Layout = { readonly frame: Frame; readonly drawn: Map<string, Shape>; readonly shelf: Shelf | null };

function isAnchored(node: LayoutNode): boolean {
  return node.known !== null || node.children.some(isAnchored);
}

function villagesIn(node: LayoutNode): number {
  if (node.code.length >= 12) return 1;
  return Math.max(
    1,
    node.children.reduce((sum, child) => sum + villagesIn(child), 0),
  );
}

/** How much room a child asks for: villages above the village, below it the root of the number of grids. */
function weightOf(node: LayoutNode): number {
  return node.code.length >= 12 ? Math.sqrt(Math.max(1, node.children.length)) : villagesIn(node);
}

/** Gives a node without any known boundary below it a shape, and its children their parts. */
function place(node: LayoutNode, shape: Shape, layout: Layout): void {
  layout.drawn.set(node.code, shape);
  placeChildren(node.children, shape, layout);
}

function placeChildren(children: readonly LayoutNode[], shape: Shape, layout: Layout): void {
  const weights = children.map(weightOf);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  const cells = divide(
    shape,
    weights.map((weight) => weight + EVENNESS * mean),
  );
  for (const [index, child] of children.entries()) place(child, cells[index] ?? [], layout);
}

/** Places what lies below a node that is known itself or has known areas below; answers its whole shape. */
function placeAnchored(node: LayoutNode, layout: Layout): Shape {
  const anchored = node.children.filter(isAnchored);
  const others = node.children.filter((child) => !isAnchored(child));
  const placed = anchored.flatMap((child) => placeAnchored(child, layout));
  const left = others.length > 0 ? roomFor(node, anchored, placed, others, layout) : [];
  if (others.length > 0) placeChildren(others, left, layout);
  if (node.known) return toShape(node.known, layout.frame);
  const whole = [...placed, ...left];
  layout.drawn.set(node.code, whole);
  return whole;
}

function roomFor(
  node: LayoutNode,
  anchored: readonly LayoutNode[],
  placed: Shape,
  others: readonly LayoutNode[],
  layout: Layout,
): Shape {
  if (node.known) {
    if (anchored.length === 0) return toShape(node.known, layout.frame);
    const free = toShape(without(node.known, toMultiPolygon(placed, layout.frame)), layout.frame);
    const whole = shapeArea(toShape(node.known, layout.frame));
    if (shapeArea(free) > SMALLEST_FREE_SHARE * whole) return free;
  }
  const area = others.reduce((sum, child) => sum + villagesIn(child), 0) * SQUARE_METRES_A_VILLAGE;
  return onShelf(area, node.code, layout.shelf);
}

/** What remains of `whole` when `taken` is cut out. */
function without(whole: MultiPolygon, taken: MultiPolygon): MultiPolygon {
  const left = difference(featureCollection([toFeature(whole), toFeature(taken)]));
  return asMultiPolygon(left?.geometry ?? null);
}

function toFeature(geometry: MultiPolygon) {
  return feature(geometry as unknown as GeoJSON.MultiPolygon);
}

function asMultiPolygon(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon | null): MultiPolygon {
  if (geometry === null) return { type: 'MultiPolygon', coordinates: [] };
  return geometry.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [geometry.coordinates] } : geometry;
}

/** A known boundary as hole-free rings of the plane. */
function toShape(geometry: MultiPolygon, frame: Frame): Shape {
  return geometry.coordinates
    .flatMap((rings) => withoutHoles(rings, 0))
    .map((ring) => ring.slice(0, -1).map(frame.toPlane));
}

type Rings = MultiPolygon['coordinates'][number];

/** Cuts a polygon with holes through the middle of its first hole until no part has one. */
function withoutHoles(rings: Rings, depth: number): Rings[number][] {
  const [outer, hole] = rings;
  if (!outer) return [];
  if (!hole || depth > 12) return [outer];
  const [west, south, east, north] = boxOf({ type: 'MultiPolygon', coordinates: [[outer]] });
  const [holeWest, , holeEast] = boxOf({ type: 'MultiPolygon', coordinates: [[hole]] });
  const middle = (holeWest + holeEast) / 2;
  const whole = turfPolygon(rings as unknown as GeoJSON.Position[][]);
  return [
    [west - 1, middle],
    [middle, east + 1],
  ].flatMap(([from = 0, to = 0]) => {
    const side = turfPolygon([
      [
        [from, south - 1],
        [to, south - 1],
        [to, north + 1],
        [from, north + 1],
        [from, south - 1],
      ],
    ]);
    const part = asMultiPolygon(intersect(featureCollection([whole, side]))?.geometry ?? null);
    return part.coordinates.flatMap((each) => withoutHoles(each, depth + 1));
  });
}

function knownBox(root: LayoutNode): Box | null {
  const own: Box | null = root.known ? boxOf(root.known) : null;
  return root.children.map(knownBox).reduce<Box | null>((sum, box) => {
    if (!sum || !box) return sum ?? box;
    return [Math.min(sum[0], box[0]), Math.min(sum[1], box[1]), Math.max(sum[2], box[2]), Math.max(sum[3], box[3])];
  }, own);
}

function shelfBeside(box: Box, frame: Frame): Shelf {
  const [, bottom] = frame.toPlane([box[0], box[1]]);
  const [east, top] = frame.toPlane([box[2], box[3]]);
  const west = east + (top - bottom) * 0.05;
  return { west, bottom, top, x: west, y: top, width: 0 };
}

/** Puts a shape on the shelf: columns from the top down, each new column further east. */
function onShelf(area: number, seed: string, shelf: Shelf | null): Shape {
  if (!shelf) return blob(area, [0, 0], seed);
  const size = Math.sqrt(area) * 1.25;
  if (shelf.y - size < shelf.bottom && shelf.y !== shelf.top) {
    shelf.x += shelf.width;
    shelf.y = shelf.top;
    shelf.width = 0;
  }
  const centre: Point = [shelf.x + size / 2, shelf.y - size / 2];
  shelf.y -= size;
  shelf.width = Math.max(shelf.width, size);
  return blob(area, centre, seed);
}

const CORNERS = 72;

/** A rounded outline of the given area, slightly uneven after its seed so that two counties do not look the same. */
export function blob(area: number, centre: Point, seed: string): Shape {
  const turns = [2, 3, 5].map((waves, index) => ({
    waves,
    phase: (hash(seed + String(index)) % 360) * (Math.PI / 180),
  }));
  const ring = Array.from({ length: CORNERS }, (_, index): Point => {
    const angle = (index / CORNERS) * 2 * Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const rounded = (Math.abs(cos) ** 2.5 + Math.abs(sin) ** 2.5) ** (-1 / 2.5);
    const uneven = turns.reduce((sum, { waves, phase }) => sum + 0.035 * Math.cos(waves * angle + phase), 1);
    return [1.12 * rounded * uneven * cos, (rounded * uneven * sin) / 1.12];
  });
  const scale = Math.sqrt(area / shapeArea([ring]));
  return [ring.map(([x, y]): Point => [centre[0] + x * scale, centre[1] + y * scale])];
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}
