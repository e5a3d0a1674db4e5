import type { StyleSpecification } from 'maplibre-gl';
import type { Colours } from './camera.ts';

export const AREAS = 'areas';
export const FILL = 'areas-fill';
export const DETAIL = 'detail';

/**
 * Our own plain style: ground, areas, lines, names. What is only drawn (示意) has dashed lines. Nothing is fetched from
 * outside: the names are drawn with the fonts of the device.
 */
export function mapStyle(colours: Colours): StyleSpecification {
  const drawn = ['==', ['get', 'schematic'], true] as const;
  const line = (id: string, source: string, colour: string, width: number, dashed: boolean) => ({
    id,
    source,
    type: 'line' as const,
    filter: dashed ? [...drawn] : ['!', [...drawn]],
    paint: { 'line-color': colour, 'line-width': width, ...(dashed ? { 'line-dasharray': [3, 2] } : {}) },
  });
  const names = (id: string, source: string, size: number, colour: string) => ({
    id,
    source: `${source}-names`,
    type: 'symbol' as const,
    layout: { 'text-field': ['get', 'name'], 'text-size': size, 'text-font': ['sans-serif'], 'text-padding': 4 },
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
      line('detail-line', DETAIL, colours.line, 1, false),
      line('detail-drawn', DETAIL, colours.line, 1, true),
      line('areas-line', AREAS, colours['field-line'], 1.2, false),
      line('areas-drawn', AREAS, colours['field-line'], 1.2, true),
      line('outline-line', 'outline', colours.brand, 2, false),
      line('outline-drawn', 'outline', colours.brand, 2, true),
      names('areas-names', AREAS, 15, colours.ink),
      names('detail-names', DETAIL, 13, colours.soft),
    ] as StyleSpecification['layers'],
  };
}

function fillColour(colours: Colours) {
  return ['case', ['==', ['get', 'selected'], true], colours.tint, colours.card];
}

function empty() {
  return { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
}
