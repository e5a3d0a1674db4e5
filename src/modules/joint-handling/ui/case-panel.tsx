import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import './joint.css';
import { MemberChip } from './member-chip.tsx';
import { ofCase } from './queries.ts';
import { jointUiTexts } from './texts.ts';
import { WhistleDialog } from './whistle-dialog.tsx';

/** Joint handling on the page of a case: who was called, how far each is, what runs; and the whistle itself. */
export function JointPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={jointUiTexts}>
      <Panel {...props} />
    </MoreTexts>
  );
}

function Panel({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const [whistling, setWhistling] = useState(false);
  const may = useMay('joint_handling.whistle');
  const { data } = useQuery(ofCase(caseId, version));
  if (data === undefined) return null;
  const { items, whistle, lead } = data;
  const offered = may && whistle.allowed;
  if (items.length === 0 && !offered) return null;
  return (
    <section className="card joint-panel" aria-labelledby="joint-panel-title">
      <h2 id="joint-panel-title">{t('joint.ui.panel')}</h2>
      {items.length === 0 && <p className="soft">{t('joint.ui.panel_none')}</p>}
      {items.map((row) => (
        <div key={row.id} className="joint-of-case">
          <p className="joint-line">
            <span className={`joint-ground ${row.ground}`}>{t(`joint.ui.ground.${row.ground}`)}</span>
            <span className="chip">{t(`joint.ui.state.${row.state}`)}</span>
            <Link to="/joint/$id" params={{ id: row.id }}>
              {t('joint.ui.open_page')}
            </Link>
          </p>
          <p>{row.matter}</p>
          <ul className="joint-members" aria-label={t('joint.ui.parts')}>
            {row.members.map((member) => (
              <MemberChip key={member.organisation.id} member={member} />
            ))}
          </ul>
        </div>
      ))}
      {offered && (
        <Button onClick={() => setWhistling(true)}>
          {t(whistle.asks ? 'joint.ui.whistle_ask' : 'joint.ui.whistle')}
        </Button>
      )}
      {whistling && <WhistleDialog served={{ caseId, asks: whistle.asks, lead }} onClose={() => setWhistling(false)} />}
    </section>
  );
}
