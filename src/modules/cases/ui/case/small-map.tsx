import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { readMap } from '../../../areas/contract.ts';
import { frameOf, type Layer, pathOf, placeIn } from './map-frame.ts';

type Props = { readonly areaCode: string; readonly point: { readonly lon: number; readonly lat: number } | null };

const WIDTH = 260;
const HEIGHT = 170;

/**
 * A small still map: the village or town with the place in it, drawn from the boundaries at hand. A drawing is enough
 * to see where it is, costs no map library, and says when the boundaries are only schematic.
 */
export function SmallMap({ areaCode, point }: Props) {
  const { t } = useTexts();
  // Grids are drawn within their village, villages within their town: the place needs its surroundings.
  const around = areaCode.length > 12 ? areaCode.slice(0, 12) : areaCode.slice(0, Math.max(6, areaCode.length - 3));
  const { data, isPending } = useQuery({
    queryKey: ['areas', 'map', around],
    queryFn: ({ signal }) => call(readMap, { params: { code: around }, query: {}, signal }),
    staleTime: 60 * 60_000,
  });
  if (isPending) return <div className="small-map" aria-hidden="true" />;
  if (data === undefined) return null;
  return <Drawn layer={data} areaCode={areaCode} point={point} label={t('cases.ui.map')} />;
}

function Drawn({ layer, areaCode, point, label }: Props & { readonly layer: Layer; readonly label: string }) {
  const { t } = useTexts();
  const frame = frameOf(layer, { width: WIDTH, height: HEIGHT });
  const pin = point && placeIn(frame, [point.lon, point.lat]);
  const features = [...(layer.outline ? [layer.outline] : []), ...layer.features];
  return (
    <figure className="small-map">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {features.map((feature) => (
          <path
            key={feature.properties.code}
            d={pathOf(frame, feature.geometry.coordinates)}
            className={feature.properties.code === areaCode ? 'here' : 'around'}
          >
            <title>{feature.properties.name}</title>
          </path>
        ))}
        {pin && <circle cx={pin[0]} cy={pin[1]} r="6" className="pin" />}
      </svg>
      {layer.schematic && <figcaption>{t('cases.ui.map_schematic')}</figcaption>}
    </figure>
  );
}
