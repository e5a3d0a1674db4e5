import { useNavigate, useSearch } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { officeTexts } from '../texts/office.ts';
import { AffectedPane } from './affected-pane.tsx';
import { ErasuresPane } from './erasures-pane.tsx';
import { LookUpPane } from './look-up-pane.tsx';
import { NoticePane } from './notice-pane.tsx';
import { RequestsPane } from './requests-pane.tsx';
import { RetentionPane } from './retention-pane.tsx';

const PANES = {
  requests: RequestsPane,
  look_up: LookUpPane,
  retention: RetentionPane,
  erasures: ErasuresPane,
  notice: NoticePane,
  affected: AffectedPane,
} as const;
type Tab = keyof typeof PANES;

/** What is owed to the people whose data it is; each part for whoever has the right to it. */
export function PrivacyScreen() {
  return (
    <MoreTexts texts={officeTexts}>
      <Privacy />
    </MoreTexts>
  );
}

function Privacy() {
  const { t } = useTexts();
  const { tab: asked } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const tabs = useTabs();
  useTitle(t('privacy.ui.title'));
  const tab = tabs.find((one) => one === asked) ?? tabs[0];
  const Pane = tab && PANES[tab];
  return (
    <div className="page">
      <h1>{t('privacy.ui.title')}</h1>
      {tabs.length > 1 && tab && (
        <PageTabs<Tab>
          label={t('privacy.ui.parts')}
          tabs={tabs.map((key) => ({ key, label: t(`privacy.ui.tab.${key}`) }))}
          active={tab}
          onChange={(next) => void navigate({ to: '.', search: { tab: next } })}
        />
      )}
      {Pane && <Pane />}
    </div>
  );
}

function useTabs(): readonly Tab[] {
  const decide = useMay('privacy.decide');
  const lookUp = useMay('privacy.look_up');
  const manage = useMay('privacy.manage');
  const affected = useMay('privacy.list_affected');
  return [
    ...(decide ? (['requests'] as const) : []),
    ...(lookUp ? (['look_up'] as const) : []),
    ...(manage ? (['retention', 'erasures', 'notice'] as const) : []),
    ...(affected ? (['affected'] as const) : []),
  ];
}
