/** What both ways of drawing a map are given. */
import type { MapLayer } from '../../contract.ts';

export type MapPoint = { readonly lon: number; readonly lat: number };

export type MapMark = MapPoint & {
  readonly id: string;
  /** Read out, and shown when the mark is pointed at. */
  readonly label: string;
  /** A colour token without its dashes, e.g. `risk-red`; brand unless told. */
  readonly tone?: 'brand' | 'risk-red' | 'risk-orange' | 'risk-yellow' | 'risk-blue' | 'risk-green' | undefined;
};

export type Drawing = {
  readonly layer: MapLayer;
  readonly label: string;
  readonly describedBy: string;
  readonly point: MapPoint | null;
  readonly onPick: ((point: MapPoint) => void) | undefined;
  readonly marks: readonly MapMark[];
  readonly onMark: ((id: string) => void) | undefined;
  readonly onArea: ((code: string) => void) | undefined;
  readonly selected: string | null;
  /** What a tone's colour is on this page now. */
  readonly colours: Colours;
};

export type Colours = Readonly<Record<Tone, string>>;
const TONES = [
  'brand',
  'brand-strong',
  'tint',
  'ink',
  'soft',
  'line',
  'field-line',
  'ground',
  'card',
  'urgent',
  'risk-red',
  'risk-orange',
  'risk-yellow',
  'risk-blue',
  'risk-green',
] as const;
type Tone = (typeof TONES)[number];

/** The page's own colours, so that a map fits light, dark and whatever comes. */
export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(TONES.map((tone) => [tone, style.getPropertyValue(`--${tone}`).trim()])) as Colours;
}

/** Degrees that an arrow key moves the mark: a fortieth of what is shown, a two-hundredth with Shift. */
export function arrowStep(
  key: string,
  fine: boolean,
  shown: { readonly width: number; readonly height: number },
): readonly [lon: number, lat: number] | null {
  const part = fine ? 200 : 40;
  switch (key) {
    case 'ArrowLeft':
      return [-shown.width / part, 0];
    case 'ArrowRight':
      return [shown.width / part, 0];
    case 'ArrowUp':
      return [0, shown.height / part];
    case 'ArrowDown':
      return [0, -shown.height / part];
    default:
      return null;
  }
}

/** A point with the six decimals that positions are kept in. */
export function rounded(lon: number, lat: number): MapPoint {
  return { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) };
}
