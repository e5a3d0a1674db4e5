import { type GeoJSONSource, Map as GlMap, Marker, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { MapLayer } from '../../contract.ts';
import { readLayer } from '../reading.ts';
import { arrowStep, type Colours, type Drawing, type MapPoint, rounded } from './camera.ts';
import { AREAS, addHatch, DETAIL, FILL, mapStyle } from './style.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

setWorkerUrl(workerUrl);

const FONT = '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/** The map drawn by MapLibre. `onFail` is told when this device cannot. */
export function GlMapView(props: Drawing & { readonly onFail: () => void }) {
  const { label, describedBy, onPick } = props;
  const place = useRef<HTMLDivElement>(null);
  const map = useMap(place, props);
  usePin(map, props);
  useMarks(map, props);
  const press = (event: KeyboardEvent) => {
    if (map && onPick && movePin(map, props.point, event, onPick)) event.preventDefault();
  };
  return (
    <div className="area-map-gl">
      <div
        ref={place}
        className="area-map-canvas"
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        tabIndex={onPick ? 0 : undefined}
        onKeyDown={press}
      />
      {map && (
        <ZoomButtons
          onIn={() => map.zoomIn()}
          onOut={() => map.zoomOut()}
          onWhole={() => showWhole(map, props.layer)}
        />
      )}
    </div>
  );
}

/** Makes the map once, and gives it layer, colours and answers to taps as they change. */
function useMap(place: React.RefObject<HTMLDivElement | null>, props: Drawing & { readonly onFail: () => void }) {
  const [map, setMap] = useState<GlMap | null>(null);
  const { layer, colours, selected } = props;
  const now = useRef(props);
  now.current = props;
  useEffect(() => {
    if (!place.current) return;
    const made = makeMap(place.current, now.current.layer, now.current.colours);
    if (!made) {
      now.current.onFail();
      return;
    }
    made.on('load', () => setMap(made));
    made.on('click', (event) => tapped(made, now.current, event.lngLat.lng, event.lngLat.lat));
    made.on('moveend', () => void showDetail(made, now.current.layer));
    return () => {
      setMap(null);
      made.remove();
    };
  }, [place]);
  useEffect(() => {
    if (!map) return;
    map.setStyle(mapStyle(colours, textSize(map)), { diff: true });
    addHatch(map, colours);
    setAreas(map, layer, selected);
  }, [map, colours, layer, selected]);
  useEffect(() => {
    if (map) showWhole(map, layer);
  }, [map, layer]);
  return map;
}

function makeMap(container: HTMLElement, layer: MapLayer, colours: Colours): GlMap | null {
  try {
    return new GlMap({
      container,
      style: mapStyle(colours, 14),
      bounds: boundsOf(layer),
      fitBoundsOptions: { padding: 16 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      maxZoom: 19,
      renderWorldCopies: false,
      localIdeographFontFamily: FONT,
      fadeDuration: 0,
    });
  } catch {
    // No WebGL2: an old phone, or a browser without graphics.
    return null;
  }
}

/** Names on a phone's map are a little smaller, so that more of them find room. */
function textSize(map: GlMap): number {
  return map.getContainer().clientWidth < 500 ? 13 : 15;
}

function boundsOf(layer: MapLayer): [number, number, number, number] {
  const [west = 73, south = 18, east = 135, north = 54] = layer.bbox;
  return [west, south, east, north];
}

function showWhole(map: GlMap, layer: MapLayer): void {
  map.fitBounds(boundsOf(layer), { padding: 16, animate: false });
}

function setAreas(map: GlMap, layer: MapLayer, selected: string | null): void {
  const mixed = layer.features.some((feature) => !feature.properties.schematic);
  const features = layer.features.map((feature) => ({
    ...feature,
    properties: {
      ...feature.properties,
      selected: feature.properties.code === selected,
      hatched: mixed && feature.properties.schematic,
    },
  }));
  setData(map, AREAS, features);
  setData(map, `${AREAS}-names`, names(layer));
  // An outline put together from parts, some of them only drawn, would say nothing that their lines do not.
  setData(map, 'outline', layer.outline && !(mixed && layer.outline.properties.schematic) ? [layer.outline] : []);
  void showDetail(map, layer);
}

function setData(map: GlMap, source: string, features: readonly object[]): void {
  // The server's GeoJSON is what the library wants; only its own type is narrower.
  const data = { type: 'FeatureCollection', features } as unknown as GeoJSON.FeatureCollection;
  map.getSource<GeoJSONSource>(source)?.setData(data);
}

function names(layer: MapLayer): object[] {
  return layer.features.map(({ properties }) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Point', coordinates: properties.centre },
  }));
}

/** When one area fills half of the view, its parts are drawn inside it, level by level. */
async function showDetail(map: GlMap, layer: MapLayer): Promise<void> {
  const shown = map.getBounds();
  const width = shown.getEast() - shown.getWest();
  const centre = map.getCenter();
  let parts: MapLayer | null = null;
  for (let from: MapLayer | null = layer; from; ) {
    const big: MapLayer['features'][number] | undefined = from.features.find(
      ({ properties, geometry }) =>
        properties.code.length < 15 && extent(geometry) > width / 2 && holds(geometry, centre.lng, centre.lat),
    );
    const next: MapLayer | null = big ? await readLayer(big.properties.code).catch(() => null) : null;
    if (next === null || next.outline === null || next === from) break;
    parts = next;
    from = next;
  }
  if (map.getSource(DETAIL) === undefined) return;
  setData(map, DETAIL, parts?.features ?? []);
  setData(map, `${DETAIL}-names`, parts ? names(parts) : []);
}

type Shape = MapLayer['features'][number]['geometry'];

function extent(geometry: Shape): number {
  const lons = geometry.coordinates.flatMap((rings) => (rings[0] ?? []).map(([lon = 0]) => lon));
  return Math.max(...lons) - Math.min(...lons);
}

function holds(geometry: Shape, lon: number, lat: number): boolean {
  return geometry.coordinates.some((rings) => {
    const ring = rings[0] ?? [];
    let inside = false;
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
      const [ax = 0, ay = 0] = ring[index] ?? [];
      const [bx = 0, by = 0] = ring[before] ?? [];
      if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  });
}

function tapped(map: GlMap, { onPick, onArea }: Drawing, lon: number, lat: number): void {
  if (onPick) onPick(rounded(lon, lat));
  else if (onArea && map.getLayer(FILL)) {
    const [hit] = map.queryRenderedFeatures(map.project([lon, lat]), { layers: [FILL] });
    const code: unknown = hit?.properties['code'];
    if (typeof code === 'string') onArea(code);
  }
}

/** The one mark that is being placed: follows taps, can be dragged. */
function usePin(map: GlMap | null, { point, onPick }: Drawing): void {
  const { t } = useTexts();
  const pin = useRef<Marker | null>(null);
  const picking = useRef(onPick);
  picking.current = onPick;
  const title = t('areas.map.pin');
  useEffect(() => {
    if (!map || !point) {
      pin.current?.remove();
      pin.current = null;
      return;
    }
    if (!pin.current) {
      const element = document.createElement('div');
      element.className = 'area-map-pin';
      element.title = title;
      const marker = new Marker({ element, anchor: 'bottom', draggable: picking.current !== undefined });
      marker.on('dragend', () => {
        const { lng, lat } = marker.getLngLat();
        picking.current?.(rounded(lng, lat));
      });
      pin.current = marker.setLngLat([point.lon, point.lat]).addTo(map);
    } else pin.current.setLngLat([point.lon, point.lat]);
    if (!map.getBounds().contains([point.lon, point.lat])) map.easeTo({ center: [point.lon, point.lat] });
  }, [map, point, title]);
  useEffect(() => () => void pin.current?.remove(), []);
}

/** Marks to be looked at: buttons, so that they are reached by keyboard and finger alike. */
function useMarks(map: GlMap | null, { marks, onMark }: Drawing): void {
  const opening = useRef(onMark);
  opening.current = onMark;
  useEffect(() => {
    if (!map) return;
    const markers = marks.map(({ id, lon, lat, label, tone = 'brand' }) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.className = 'area-map-mark';
      element.style.setProperty('--mark', `var(--${tone})`);
      element.setAttribute('aria-label', label);
      element.title = label;
      element.addEventListener('click', (event) => {
        event.stopPropagation();
        opening.current?.(id);
      });
      return new Marker({ element }).setLngLat([lon, lat]).addTo(map);
    });
    return () => {
      for (const marker of markers) marker.remove();
    };
  }, [map, marks]);
}

/** Arrow keys move the mark, or set it in the middle; plus and minus zoom. Answers whether the key meant something. */
function movePin(map: GlMap, point: MapPoint | null, event: KeyboardEvent, onPick: (point: MapPoint) => void): boolean {
  if (event.key === '+' || event.key === '=') map.zoomIn();
  else if (event.key === '-') map.zoomOut();
  else {
    const bounds = map.getBounds();
    const shown = { width: bounds.getEast() - bounds.getWest(), height: bounds.getNorth() - bounds.getSouth() };
    const step = arrowStep(event.key, event.shiftKey, shown);
    if (!step && event.key !== 'Enter' && event.key !== ' ') return false;
    const centre = map.getCenter();
    if (!point) onPick(rounded(centre.lng, centre.lat));
    else if (step) onPick(rounded(point.lon + step[0], point.lat + step[1]));
  }
  return true;
}
