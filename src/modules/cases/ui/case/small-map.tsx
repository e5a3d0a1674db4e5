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
  // A place needs its surroundings: grids and villages are shown within their town, a town within its county.
  const around = areaCode.slice(0, areaCode.length > 9 ? 9 : 6);
  const { data, isPending } = useQuery({
    queryKey: ['areas', 'map', around],
    queryFn: ({ signal }) => call(readMap, { params: { code: around }, query: {}, signal }),
    staleTime: 60 * 60_000,
  });
  if (isPending) return <div className="small-map" aria-hidden="true" />;
  if (data === undefined) return null;
  return <Drawn layer={data} around={around} areaCode={areaCode} point={point} label={t('cases.ui.map')} />;
}

/** Whether this part of the surroundings holds the place. */
function isHere(code: string, around: string, areaCode: string): boolean {
  return code !== around && areaCode.startsWith(code);
}

type DrawnProps = Props & { readonly layer: Layer; readonly around: string; readonly label: string };

function Drawn({ layer, around, areaCode, point, label }: DrawnProps) {
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
            className={isHere(feature.properties.code, around, areaCode) ? 'here' : 'around'}
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
