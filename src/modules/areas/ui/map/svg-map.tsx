import type { KeyboardEvent, PointerEvent } from 'react';
import { arrowStep, type Drawing, rounded } from './camera.ts';

const WIDTH = 800;

type Frame = {
  readonly height: number;
  readonly toPixel: (position: readonly number[]) => readonly [number, number];
  readonly toEarth: (x: number, y: number) => readonly [number, number];
  readonly shown: { readonly width: number; readonly height: number };
};

function frameOf([west = 0, south = 0, east = 1, north = 1]: readonly number[]): Frame {
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 32) / Math.max((east - west) * shrink, 1e-9);
  const height = Math.max(200, (north - south) * scale + 32);
  return {
    height,
    toPixel: ([lon = 0, lat = 0]) => [16 + (lon - west) * shrink * scale, 16 + (north - lat) * scale],
    toEarth: (x, y) => [west + (x - 16) / (shrink * scale), north - (y - 16) / scale],
    shown: { width: east - west, height: north - south },
  };
}

/** The same map as a plain drawing, for devices that cannot run the other: it does not move, but takes taps and keys. */
export function SvgMapView({ layer, label, describedBy, point, onPick, marks, onMark, onArea, selected }: Drawing) {
  const frame = frameOf(layer.bbox);
  const path = (coordinates: (typeof layer.features)[number]['geometry']['coordinates']) =>
    coordinates
      .flat()
      .map(
        (ring) =>
          `M${ring
            .map((spot) =>
              frame
                .toPixel(spot)
                .map((value) => value.toFixed(1))
                .join(' '),
            )
            .join('L')}Z`,
      )
      .join('');
  const tap = (event: PointerEvent<SVGSVGElement>) => {
    const { mark, code } = (event.target as SVGElement).dataset;
    if (mark !== undefined) return onMark?.(mark);
    if (!onPick) return code === undefined ? undefined : onArea?.(code);
    const box = event.currentTarget.getBoundingClientRect();
    const scale = WIDTH / box.width;
    onPick(rounded(...frame.toEarth((event.clientX - box.left) * scale, (event.clientY - box.top) * scale)));
  };
  const press = (event: KeyboardEvent) => {
    const step = arrowStep(event.key, event.shiftKey, frame.shown);
    if (!onPick || (!step && event.key !== 'Enter')) return;
    event.preventDefault();
    const [lon, lat] = point ? [point.lon, point.lat] : frame.toEarth(WIDTH / 2, frame.height / 2);
    onPick(point && step ? rounded(lon + step[0], lat + step[1]) : rounded(lon, lat));
  };
  const pin = point && frame.toPixel([point.lon, point.lat]);
  return (
    <svg
      className="area-map-svg"
      viewBox={`0 0 ${WIDTH} ${frame.height.toFixed(0)}`}
      role="application"
      aria-label={label}
      aria-describedby={describedBy}
      // As the attribute is written: Preact passes names of SVG attributes on as they stand.
      {...(onPick ? { tabindex: 0 } : {})}
      onPointerUp={tap}
      onKeyDown={press}
    >
      {layer.outline && <path className="whole" d={path(layer.outline.geometry.coordinates)} />}
      {layer.features.map(({ properties, geometry }) => (
        <path
          key={properties.code}
          d={path(geometry.coordinates)}
          className={`${properties.schematic ? 'drawn' : ''} ${properties.code === selected ? 'selected' : ''}`}
          data-code={properties.code}
        >
          <title>{properties.name}</title>
        </path>
      ))}
      {layer.features.length <= 60 &&
        layer.features.map(({ properties }) => {
          const [x, y] = frame.toPixel(properties.centre);
          return (
            <text key={properties.code} x={x} y={y}>
              {properties.name}
            </text>
          );
        })}
      {marks.map((mark) => {
        const [x, y] = frame.toPixel([mark.lon, mark.lat]);
        return (
          <circle
            key={mark.id}
            cx={x}
            cy={y}
            r="9"
            style={{ fill: `var(--${mark.tone ?? 'brand'})` }}
            data-mark={mark.id}
          >
            <title>{mark.label}</title>
          </circle>
        );
      })}
      {pin && <path className="pin" d={`M${pin[0]} ${pin[1]}l-10 -18a12 12 0 1 1 20 0z`} />}
    </svg>
  );
}
