import { lazy, type ReactNode, Suspense, useEffect, useId, useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useDark } from '../../../platform/web/print.ts';
import type { MapLayer } from '../contract.ts';
import { areaPublicTexts } from '../texts/public.ts';
import './area-map.css';
import { type Colours, type Drawing, type MapMark, type MapPoint, readColours } from './map/camera.ts';
import { SvgMapView } from './map/svg-map.tsx';
import { readLayer, useReading } from './reading.ts';

// MapLibre is large: it is loaded when a map is shown, and a plain drawing stands in where it cannot run.
const GlMapView = lazy(() =>
  import('./map/gl-map.tsx').then(
    ({ GlMapView: view }) => ({ default: view }),
    () => ({ default: Plain }),
  ),
);

function Plain({ onFail, ...drawing }: Drawing & { readonly onFail: () => void }) {
  useEffect(onFail, [onFail]);
  return <SvgMapView {...drawing} />;
}

type Props = {
  /** The area shown with its parts; null shows the jurisdiction. */
  readonly code: string | null;
  /** The place that is set; with `onPick` it can be moved by tapping, dragging and arrow keys. */
  readonly point?: MapPoint | null;
  readonly onPick?: ((point: MapPoint) => void) | undefined;
  readonly marks?: readonly MapMark[];
  readonly onMark?: (id: string) => void;
  /** Told when an area is tapped, on maps that set no place. */
  readonly onArea?: (code: string) => void;
  readonly selected?: string | null;
  /** Height of the map, any CSS length. */
  readonly height?: string;
};

const NO_MARKS: readonly MapMark[] = [];

/**
 * A map of areas in our own plain style. Says when it is only a drawing and where its boundaries come from; loads more
 * detail as one looks closer. Every map needs a list beside it that does the same: maps are no way in for everyone.
 */
export function AreaMap(props: Props) {
  return (
    <MoreTexts texts={areaPublicTexts}>
      <MapOfLayer {...props} />
    </MoreTexts>
  );
}

function MapOfLayer(props: Props) {
  const { t } = useTexts();
  const { value: layer, failed, retry } = useReading(`map:${props.code ?? ''}`, () => readLayer(props.code));
  const style = { '--map-height': props.height ?? 'min(60vh, 26rem)' } as React.CSSProperties;
  if (failed) {
    return (
      <Frame style={style}>
        <p role="alert">
          {t('areas.map.failed')}{' '}
          <button type="button" onClick={retry}>
            {t('areas.map.retry')}
          </button>
        </p>
      </Frame>
    );
  }
  if (!layer) return <Frame style={style}>{<p role="status">{t('areas.map.loading')}</p>}</Frame>;
  return <Drawn {...props} layer={layer} style={style} />;
}

function Frame({ style, children }: { readonly style: React.CSSProperties; readonly children: ReactNode }) {
  return (
    <figure className="area-map" style={style}>
      <div className="area-map-space">{children}</div>
    </figure>
  );
}

function Drawn({ layer, style, ...props }: Props & { readonly layer: MapLayer; readonly style: React.CSSProperties }) {
  const { t } = useTexts();
  const id = useId();
  const colours = useColours();
  const [plain, setPlain] = useState(false);
  const [fail] = useState(() => () => setPlain(true));
  const name = layer.outline?.properties.name ?? layer.features[0]?.properties.name ?? '';
  const drawing: Drawing = {
    layer,
    label: t('areas.map.label', { name }),
    describedBy: `${id}-about`,
    point: props.point ?? null,
    onPick: props.onPick,
    marks: props.marks ?? NO_MARKS,
    onMark: props.onMark,
    onArea: props.onArea,
    selected: props.selected ?? null,
    colours,
  };
  return (
    <figure className="area-map" style={style}>
      <div className="area-map-space">
        {plain ? (
          <SvgMapView {...drawing} />
        ) : (
          <Suspense fallback={<p role="status">{t('areas.map.loading')}</p>}>
            <GlMapView {...drawing} onFail={fail} />
          </Suspense>
        )}
        {layer.schematic && (
          <b className="area-map-badge">{t(isPartlyKnown(layer) ? 'areas.map.partly' : 'areas.map.schematic')}</b>
        )}
      </div>
      <figcaption>
        {props.onPick && <p>{t('areas.map.how_to_pick')}</p>}
        <Origin layer={layer} />
      </figcaption>
      <p className="sr-only" id={`${id}-about`}>
        {describe(t, name, layer)}
        {props.marks && props.marks.length > 0 && t('areas.map.marks', { n: props.marks.length })}
        {props.onPick && t('areas.map.how_to_pick')}
      </p>
    </figure>
  );
}

/** Where the boundaries come from, and what of the map is only drawn. */
function Origin({ layer }: { readonly layer: MapLayer }) {
  const { t } = useTexts();
  const framed = layer.outline !== null && !layer.outline.properties.schematic;
  const parts = isPartlyKnown(layer) ? 'partly_about' : framed ? 'inside_about' : 'schematic_about';
  return (
    <>
      {layer.schematic && <p>{t(`areas.map.${parts}`)}</p>}
      {layer.attributions.length > 0 && <p>{t('areas.map.source', { sources: layer.attributions.join('; ') })}</p>}
    </>
  );
}

function isPartlyKnown(layer: MapLayer): boolean {
  return layer.features.some((feature) => !feature.properties.schematic);
}

function describe(t: ReturnType<typeof useTexts>['t'], name: string, layer: MapLayer): string {
  const parts = layer.features.map((feature) => feature.properties.name);
  if (parts.length === 0 || parts[0] === name) return '';
  return t('areas.map.contains', { name, parts: parts.slice(0, 5).join(t('areas.map.comma')), n: parts.length });
}

function useColours(): Colours {
  const dark = useDark();
  const [colours, setColours] = useState(readColours);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the scheme.
  useEffect(() => setColours(readColours()), [dark]);
  return colours;
}
