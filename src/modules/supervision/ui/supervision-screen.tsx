import './supervision.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { Board } from './board.tsx';
import { LeaderList } from './leader-list.tsx';
import { OrderList } from './order-list.tsx';
import { ShelvedList } from './shelved-list.tsx';
import { supervisionUiTexts } from './texts.ts';

const TABS = ['mine', 'issued', 'board', 'area', 'shelved', 'leader'] as const;
type Tab = (typeof TABS)[number];

/** Orders, the board of offices, what is shelved, and a leader's own cases. */
export function SupervisionScreen() {
  return (
    <MoreTexts texts={supervisionUiTexts}>
      <Supervision />
    </MoreTexts>
  );
}

function Supervision() {
  const { t } = useTexts();
  const search: { tab?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const readsArea = useMay('supervision.read_area');
  const leads = useMay('supervision.lead');
  const reviews = useMay('supervision.review');
  const shown = TABS.filter(
    (tab) =>
      (tab !== 'board' && tab !== 'area' ? true : readsArea) &&
      (tab !== 'leader' || leads) &&
      (tab !== 'issued' || reviews),
  );
  const tab: Tab = shown.find((one) => one === search.tab) ?? 'mine';
  useTitle(t('supervision.ui.title'));
  return (
    <div className="page supervision">
      <h1>{t('supervision.ui.title')}</h1>
      <PageTabs
        label={t('supervision.ui.parts')}
        tabs={shown.map((key) => ({ key, label: t(`supervision.ui.tab.${key}`) }))}
        active={tab}
        onChange={(key) => void navigate({ to: '.', search: { tab: key } as never })}
      />
      {(tab === 'mine' || tab === 'issued' || tab === 'area') && <OrderList key={tab} box={tab} />}
      {tab === 'board' && <Board />}
      {tab === 'shelved' && <ShelvedList />}
      {tab === 'leader' && <LeaderList />}
    </div>
  );
}
