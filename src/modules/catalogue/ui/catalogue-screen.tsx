import './catalogue.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { CalendarPane } from './calendar-pane.tsx';
import { ClassDrawer } from './class-drawer.tsx';
import { ClassesTable } from './classes-table.tsx';
import { DeadlineGrid } from './deadline-grid.tsx';
import { classes } from './queries.ts';
import { SettingsPane } from './settings-pane.tsx';

type Filters = Partial<Record<'tab' | 'lane' | 'q' | 'class', string>>;
const TABS = ['classes', 'defaults', 'settings', 'calendar'] as const;

/** Classes by lane with their deadlines; general deadlines, numbers and the calendar beside them. */
export function CatalogueScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  useTitle(t('catalogue.ui.title'));
  const go = (next: Filters) => void navigate({ to: '/catalogue', search: next, replace: true });
  const set = (name: keyof Filters, value: string | undefined) => {
    const { [name]: _, ...rest } = filters;
    go(value ? { ...rest, [name]: value } : rest);
  };
  const active = TABS.find((tab) => tab === filters.tab) ?? 'classes';
  const panes = {
    classes: <ClassesTable filters={filters} set={set} />,
    defaults: <Defaults />,
    settings: <SettingsPane />,
    calendar: <CalendarPane />,
  };
  return (
    <div className="page">
      <h1>{t('catalogue.ui.title')}</h1>
      <p className="soft">{t('catalogue.ui.about')}</p>
      <PageTabs
        label={t('catalogue.ui.title')}
        tabs={TABS.map((tab) => ({ key: tab, label: t(`catalogue.ui.tab.${tab}`) }))}
        active={active}
        onChange={(tab) => go({ tab })}
      />
      {panes[active]}
      {filters.class && <ClassDrawer code={filters.class} onClose={() => set('class', undefined)} />}
    </div>
  );
}

/** The deadlines that hold where a class has none of its own. */
function Defaults() {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(classes);
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <section className="cat-card">
      <DeadlineGrid code="*" name={t('catalogue.ui.deadline_all')} deadlines={data.defaults} />
    </section>
  );
}
