import './exclusions.css';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { AskDialog } from './dialogs.tsx';
import { ExclusionCard } from './exclusion-card.tsx';
import { exclusionsAbout } from './queries.ts';
import { exclusionsUiTexts } from './texts.ts';

/** Whether figures leave the case out, and asking for it. */
export function ExclusionPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={exclusionsUiTexts}>
      <Exclusions {...props} />
    </MoreTexts>
  );
}

function Exclusions({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const reads = useMay('exclusions.read');
  const { data } = useQuery({ ...exclusionsAbout(caseId, version), enabled: reads });
  const [asking, setAsking] = useState(false);
  if (!data || (data.items.length === 0 && data.askFor.length === 0)) return null;
  return (
    <section className="card" aria-labelledby="exclusion-title">
      <h2 id="exclusion-title">{t('exclusions.ui.panel')}</h2>
      {data.items.length === 0 && <p className="soft">{t('exclusions.ui.panel_none')}</p>}
      {data.items.map((item) => (
        <ExclusionCard key={item.id} of={item} withCase={false} />
      ))}
      {data.askFor.length > 0 && <Button onClick={() => setAsking(true)}>{t('exclusions.ui.ask')}…</Button>}
      {asking && <AskDialog caseId={caseId} offices={data.askFor} onClose={() => setAsking(false)} />}
    </section>
  );
}
