import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { Phase } from '../../contract.ts';
import { AreaMap } from '../pieces/places.tsx';

type Point = {
  readonly number: string;
  readonly title: string;
  readonly lon: number;
  readonly lat: number;
  readonly phase: Phase;
};

/** Where public requests are, roughly. The list on the same page says the same without a map. */
export function PublicMap({ points, area }: { readonly points: readonly Point[]; readonly area: string | null }) {
  const { t } = useTexts();
  const [, go] = useLocation();
  const marks = useMemo(() => points.map(markOf), [points]);
  return (
    <section aria-label={t('open.cases.map_label')}>
      <AreaMap code={area} marks={marks} onMark={(number) => go(`/cases/${number}`)} />
      <p className="soft">{t('open.cases.map_points', { n: points.length })}</p>
    </section>
  );
}

function markOf({ number, title, lon, lat, phase }: Point) {
  return {
    id: number,
    lon,
    lat,
    label: title,
    tone: phase === 'closed' ? ('risk-green' as const) : ('brand' as const),
  };
}
