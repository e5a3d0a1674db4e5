import './clusters.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { similarTo } from './queries.ts';
import { clusterUiTexts } from './texts.ts';

/** How many cases may be the same as this one, and the way to compare and merge them; for those who may. */
export function SimilarPanel(props: CasePanelProps) {
  const may = useMay('cases.merge');
  if (!may || ['voided', 'withdrawn', 'merged'].includes(props.state)) return null;
  return (
    <MoreTexts texts={clusterUiTexts}>
      <Panel {...props} />
    </MoreTexts>
  );
}

function Panel({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const id = useId();
  const { data } = useQuery(similarTo(caseId, version));
  if (!data || data.items.length + data.merged.length === 0) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('clusters.ui.similar')}</h2>
      <p>
        {[
          data.items.length > 0 ? t('clusters.ui.panel_count', { n: data.items.length }) : '',
          data.merged.length > 0 ? t('clusters.ui.panel_merged', { n: data.merged.length }) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <ul className="similar-rows">
        {data.items.slice(0, 2).map((one) => (
          <li key={one.id}>{one.title}</li>
        ))}
      </ul>
      <Link to="/cases/$id/merge" params={{ id: caseId }}>
        {t('clusters.ui.compare')}
      </Link>
    </section>
  );
}
