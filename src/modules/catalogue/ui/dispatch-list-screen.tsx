import './catalogue.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { DataTable } from '../../../platform/web/office/data-table.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { useNarrow } from '../../../platform/web/print.ts';
import { type EntryItem, exportEntries } from '../contract.ts';
import { ENTRY_LEVELS } from '../rules/dispatch.ts';
import { EndEntryDialog } from './end-entry-dialog.tsx';
import { useEntryColumns } from './entry-columns.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { ClassSelect } from './fields.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { entryPages } from './queries.ts';
import { saveFile } from './save-file.ts';
import { TryDialog } from './try-dialog.tsx';

type Filters = Partial<Record<'q' | 'classCode' | 'level' | 'over', string>>;
type SetFilter = (name: keyof Filters, value: string | undefined) => void;
type Asked =
  | { readonly kind: 'add' | 'import' | 'try' }
  | { readonly kind: 'replace' | 'end'; readonly entry: EntryItem };

/** The dispatch list: who leads what, by which law; searched, added to, replaced, ended, taken out and in. */
export function DispatchListScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked | null>(null);
  useTitle(t('catalogue.ui.list.title'));
  const set: SetFilter = (name, value) => {
    const { [name]: _, ...rest } = filters;
    void navigate({ to: '/dispatch-list', search: value ? { ...rest, [name]: value } : rest, replace: true });
  };
  // A card of an entry fills half a phone.
  const list = useInfiniteQuery(entryPages(queryOf(filters), useNarrow() ? 15 : 100));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const sampled = rows.some((one) => one.sample && one.state === 'current');
  const columns = useEntryColumns((kind, entry) => setAsked({ kind, entry }));
  return (
    <div className="page">
      <h1>{t('catalogue.ui.list.title')}</h1>
      <p className="soft">{t('catalogue.ui.list.about')}</p>
      {sampled && <Alert type="warning" showIcon title={t('catalogue.ui.list.sample')} />}
      <DataTable<EntryItem>
        name="dispatch-list"
        label={t('catalogue.ui.list.title')}
        columns={columns}
        rows={rows}
        rowKey={(one) => one.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        exportable={false}
        tools={<Tools filters={filters} set={set} onAsk={(kind) => setAsked({ kind })} />}
        empty={<EmptyState title={t('catalogue.ui.list.none')} hint={t('catalogue.ui.list.none_hint')} />}
      />
      <Dialogs asked={asked} classCode={filters.classCode} onClose={() => setAsked(null)} />
    </div>
  );
}

function queryOf(filters: Filters) {
  const level = ENTRY_LEVELS.find((one) => one === filters.level);
  return {
    ...(filters.q ? { q: filters.q } : {}),
    ...(/^\d{2}(\d{2})?$/.test(filters.classCode ?? '') ? { classCode: filters.classCode ?? '' } : {}),
    ...(level ? { level } : {}),
    ...(filters.over === 'true' ? { over: 'true' as const } : {}),
  };
}

type DialogsProps = { asked: Asked | null; classCode: string | undefined; onClose: () => void };

function Dialogs({ asked, classCode, onClose }: DialogsProps) {
  switch (asked?.kind) {
    case undefined:
      return null;
    case 'add':
      return <EntryDialog replaced={null} classCode={classCode} onClose={onClose} />;
    case 'replace':
      return <EntryDialog replaced={asked.entry} classCode={undefined} onClose={onClose} />;
    case 'end':
      return <EndEntryDialog entry={asked.entry} onClose={onClose} />;
    case 'import':
      return <ImportDialog onClose={onClose} />;
    case 'try':
      return <TryDialog classCode={classCode} onClose={onClose} />;
  }
}

type ToolsProps = { filters: Filters; set: SetFilter; onAsk: (kind: 'add' | 'import' | 'try') => void };

function Tools({ filters, set, onAsk }: ToolsProps) {
  const { t } = useTexts();
  const manages = useMay('catalogue.manage_dispatch_list');
  const { running, error, run } = useRun(true);
  const download = () =>
    run(async () => {
      const { fileName, csv } = await call(exportEntries, { query: {} });
      saveFile(fileName, csv);
    });
  return (
    <>
      {manages && (
        <>
          <Button type="primary" onClick={() => onAsk('add')}>
            {t('catalogue.ui.list.add')}
          </Button>
          <Button onClick={() => onAsk('import')}>{t('catalogue.ui.list.import')}</Button>
        </>
      )}
      <Button loading={running} onClick={() => void download()}>
        {t('catalogue.ui.list.export')}
      </Button>
      <Button onClick={() => onAsk('try')}>{t('catalogue.ui.list.try')}</Button>
      <Input.Search
        defaultValue={filters.q ?? ''}
        placeholder={t('catalogue.ui.list.search')}
        aria-label={t('catalogue.ui.list.search')}
        maxLength={50}
        style={{ inlineSize: 200 }}
        onSearch={(words) => set('q', words.trim())}
      />
      <span style={{ inlineSize: 200 }} className="cat-fill">
        <ClassSelect
          value={filters.classCode}
          onChange={(code) => set('classCode', code ?? undefined)}
          placeholder={t('catalogue.ui.class')}
          aria-label={t('catalogue.ui.class')}
          allowClear
        />
      </span>
      <Select
        value={filters.level ?? null}
        placeholder={t('catalogue.ui.list.level')}
        aria-label={t('catalogue.ui.list.level')}
        allowClear
        style={{ inlineSize: 130 }}
        onChange={(level: string | null) => set('level', level ?? undefined)}
        options={ENTRY_LEVELS.map((value) => ({ value, label: t(`catalogue.level.${value}`) }))}
      />
      <Checkbox
        checked={filters.over === 'true'}
        onChange={(event) => set('over', event.target.checked ? 'true' : undefined)}
      >
        {t('catalogue.ui.list.with_over')}
      </Checkbox>
      <ErrorNotice error={error} />
    </>
  );
}
