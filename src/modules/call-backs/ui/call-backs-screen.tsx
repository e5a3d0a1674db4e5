import { useNavigate, useSearch } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import './call-backs.css';
import { CallList } from './call-list.tsx';
import { FiguresView } from './figures-view.tsx';
import { ScriptsView } from './scripts-view.tsx';
import { callBackUiTexts } from './texts.ts';

const TABS = ['list', 'figures', 'scripts'] as const;
type Tab = (typeof TABS)[number];

/** Asking people whether it is solved, and what came of it. */
export function CallBacksScreen() {
  return (
    <MoreTexts texts={callBackUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

function Screen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search: { tab?: string } = useSearch({ strict: false });
  const calls = useMay('call-backs.call');
  const tabs = TABS.filter((tab) => tab !== 'list' || calls);
  const active: Tab = tabs.find((tab) => tab === search.tab) ?? tabs[0] ?? 'figures';
  useTitle(t('call-backs.ui.title'));
  return (
    <div className="page call-backs">
      <h1>{t('call-backs.ui.title')}</h1>
      <PageTabs
        label={t('call-backs.ui.tabs')}
        tabs={tabs.map((key) => ({ key, label: t(`call-backs.ui.tab.${key}`) }))}
        active={active}
        onChange={(tab) => void navigate({ to: '/call-backs', search: { tab } })}
      />
      {active === 'list' && <CallList />}
      {active === 'figures' && <FiguresView />}
      {active === 'scripts' && <ScriptsView />}
    </div>
  );
}
