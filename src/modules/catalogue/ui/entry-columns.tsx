import { Button } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import type { Column } from '../../../platform/web/office/data-table.tsx';
import type { EntryItem } from '../contract.ts';
import { bodyText, nameOf, periodText } from './names.ts';

type Ask = (kind: 'replace' | 'end', entry: EntryItem) => void;

/** The columns of the dispatch list. */
export function useEntryColumns(ask: Ask): readonly Column<EntryItem>[] {
  const { t, locale } = useTexts();
  const column = (key: string, value: (one: EntryItem) => string, hidden = false): Column<EntryItem> => ({
    key,
    title: t(`catalogue.ui.list.${key}`),
    value,
    show: value,
    hidden,
  });
  const assists = (one: EntryItem) => one.assists.map((body) => bodyText(locale, body)).join('、');
  return [
    { key: 'number', title: t('catalogue.ui.list.number'), value: (one) => one.number, show: (one) => one.number },
    {
      key: 'class',
      title: t('catalogue.ui.class'),
      value: (one) => one.class.code,
      show: (one) => (
        <span className="cat-name">
          <span className="num soft">{one.class.code}</span> {nameOf(locale, one.class)}
        </span>
      ),
    },
    column('level', (one) => t(`catalogue.level.${one.level}`)),
    column('lead', (one) => bodyText(locale, one.lead)),
    column('assists', assists),
    {
      key: 'basis',
      title: t('catalogue.ui.list.basis'),
      value: (one) => one.legalBasis,
      show: (one) => (
        <span className="cat-name">
          {one.legalBasis}
          {one.sample && <span className="cat-mark sample">{t('catalogue.ui.list.is_sample')}</span>}
        </span>
      ),
    },
    column('decided_by', (one) => one.decidedBy),
    column('area', (one) => one.area.name, true),
    column('period', (one) => periodText(t, one), true),
    { key: 'do', title: t('catalogue.ui.list.do'), show: (one) => <Actions entry={one} ask={ask} /> },
  ];
}

function Actions({ entry, ask }: { entry: EntryItem; ask: Ask }) {
  const { t } = useTexts();
  if (entry.state !== 'current') {
    return <span className={`cat-mark ${entry.state}`}>{t(`catalogue.ui.state.${entry.state}`)}</span>;
  }
  if (entry.endRefusal !== null) return null;
  return (
    <span className="row-actions">
      <Button size="small" onClick={() => ask('replace', entry)}>
        {t('catalogue.ui.list.replace')}
      </Button>
      <Button size="small" onClick={() => ask('end', entry)}>
        {t('catalogue.ui.list.end')}
      </Button>
    </span>
  );
}
