import type { MapLayer } from '../../../areas/contract.ts';

export type Layer = MapLayer;

/** How longitude and latitude become pixels: equal scale both ways at this latitude, centred, with a margin. */
export type Frame = {
  readonly west: number;
  readonly north: number;
  readonly perLon: number;
  readonly perLat: number;
  readonly left: number;
  readonly top: number;
};

const MARGIN = 8;

/** The frame that shows the whole layer; a layer without extent is shown about its corner. */
export function frameOf(layer: Pick<Layer, 'bbox'>, size: { readonly width: number; readonly height: number }): Frame {
  const [west = 0, south = 0, east = 0, north = 0] = layer.bbox;
  // A degree of longitude shrinks with the cosine of the latitude.
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const wide = Math.max((east - west) * shrink, 1e-6);
  const high = Math.max(north - south, 1e-6);
  const scale = Math.min((size.width - 2 * MARGIN) / wide, (size.height - 2 * MARGIN) / high);
  return {
    west,
    north,
    perLon: scale * shrink,
    perLat: scale,
    left: (size.width - wide * scale) / 2,
    top: (size.height - high * scale) / 2,
  };
}

/** Pixels of a longitude and latitude, to a tenth. */
export function placeIn(frame: Frame, [lon = 0, lat = 0]: readonly number[]): readonly [number, number] {
  const x = frame.left + (lon - frame.west) * frame.perLon;
  const y = frame.top + (frame.north - lat) * frame.perLat;
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

/** The SVG path of a multipolygon. */
export function pathOf(frame: Frame, polygons: readonly (readonly (readonly (readonly number[])[])[])[]): string {
  return polygons
    .flat()
    .map((ring) => `M${ring.map((spot) => placeIn(frame, spot).join(' ')).join('L')}Z`)
    .join('');
}
