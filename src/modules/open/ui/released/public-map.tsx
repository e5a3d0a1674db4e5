import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { ReleasedMap } from '../../contract.ts';
import { AreaMap } from '../pieces/places.tsx';

type Props = {
  readonly points: ReleasedMap['points'];
  readonly areas?: ReleasedMap['areas'];
  /** The area the map shows; null: the whole jurisdiction. */
  readonly shown: string | null;
  /** Told when a mark that stands for several is chosen. */
  readonly onArea?: (code: string) => void;
};

const NO_AREAS: ReleasedMap['areas'] = [];
const AREA = 'area:';

/** Where public requests are, roughly. The list on the same page says the same without a map. */
export function PublicMap({ points, areas = NO_AREAS, shown, onArea }: Props) {
  const { t } = useTexts();
  const [, go] = useLocation();
  const marks = useMemo(
    () => [
      ...areas.map(({ code, name, lon, lat, count }) => {
        return { id: AREA + code, lon, lat, label: t('open.cases.map_area', { name, n: count }) };
      }),
      ...points.map(({ number, title, lon, lat, phase }) => {
        const tone = phase === 'closed' ? ('risk-green' as const) : ('brand' as const);
        return { id: number, lon, lat, label: title, tone };
      }),
    ],
    [areas, points, t],
  );
  const total = points.length + areas.reduce((sum, area) => sum + area.count, 0);
  return (
    <section aria-label={t('open.cases.map_label')}>
      <AreaMap
        code={shown}
        marks={marks}
        onMark={(id) => (id.startsWith(AREA) ? onArea?.(id.slice(AREA.length)) : go(`/cases/${id}`))}
      />
      {total > 0 && <p className="soft">{t('open.cases.map_points', { n: total })}</p>}
    </section>
  );
}
