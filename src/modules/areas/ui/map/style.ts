import type { Map as GlMap, StyleSpecification } from 'maplibre-gl';
import type { Colours } from './camera.ts';

export const AREAS = 'areas';
export const FILL = 'areas-fill';
export const DETAIL = 'detail';
const HATCH = 'drawn';

/**
 * Our own plain style: ground, areas, lines, names. Where real and drawn areas stand side by side, the drawn ones
 * (示意) are hatched; an outline that is only drawn is dashed. Nothing is fetched from outside: names are drawn with the
 * fonts of the device.
 */
export function mapStyle(colours: Colours, textSize: number): StyleSpecification {
  const drawn = ['==', ['get', 'schematic'], true];
  const line = (id: string, source: string, colour: string, width: number) => ({
    id,
    source,
    type: 'line' as const,
    paint: { 'line-color': colour, 'line-width': width },
  });
  const names = (id: string, source: string, size: number, colour: string) => ({
    id,
    source: `${source}-names`,
    type: 'symbol' as const,
    layout: { 'text-field': ['get', 'name'], 'text-size': size, 'text-font': ['sans-serif'], 'text-padding': 3 },
    paint: { 'text-color': colour, 'text-halo-color': colours.card, 'text-halo-width': 1.6 },
  });
  return {
    version: 8,
    sources: {
      [AREAS]: empty(),
      [`${AREAS}-names`]: empty(),
      [DETAIL]: empty(),
      [`${DETAIL}-names`]: empty(),
      outline: empty(),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      { id: FILL, source: AREAS, type: 'fill', paint: { 'fill-color': fillColour(colours), 'fill-antialias': false } },
      {
        id: 'hatch',
        source: AREAS,
        type: 'fill',
        filter: ['==', ['get', 'hatched'], true],
        paint: { 'fill-pattern': HATCH, 'fill-antialias': false },
      },
      line('detail-line', DETAIL, colours.line, 1),
      line('areas-line', AREAS, colours['field-line'], 1),
      { ...line('outline-line', 'outline', colours.brand, 2), filter: ['!', drawn] },
      {
        ...line('outline-drawn', 'outline', colours.brand, 2),
        filter: drawn,
        paint: { 'line-color': colours.brand, 'line-width': 2, 'line-dasharray': [3, 2] },
      },
      names('areas-names', AREAS, textSize, colours.ink),
      names('detail-names', DETAIL, textSize - 1, colours.soft),
    ] as StyleSpecification['layers'],
  };
}

function fillColour(colours: Colours) {
  return ['case', ['==', ['get', 'selected'], true], colours.tint, colours.card];
}

function empty() {
  return { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
}

/** Gives the map its hatch: thin slanted lines in the page's own colour. */
export function addHatch(map: GlMap, colours: Colours): void {
  const size = 12;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const start of [-size, 0, size]) {
    pen.moveTo(start, size);
    pen.lineTo(start + size, 0);
  }
  pen.stroke();
  const image = pen.getImageData(0, 0, size, size);
  if (map.hasImage(HATCH)) map.updateImage(HATCH, image);
  else map.addImage(HATCH, image);
}
