import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { exportEntries, listEntries } from '../../../platform/audit/contract.ts';
import { fromBase64 } from '../../../kit/bytes.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { saveAs } from '../../../platform/web/save.ts';
import { exactTime } from '../../../platform/web/time.ts';

type Entry = z.input<typeof listEntries.answer>['items'][number];
type Filters = {
  readonly actor?: string;
  readonly action?: string;
  readonly targetId?: string;
  readonly address?: string;
  readonly result?: string;
  readonly from?: string;
  readonly to?: string;
};
const RESULTS = ['done', 'refused', 'failed'] as const;

/** Who did what, newest first; auditors alone. */
export function AuditScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const columns = useColumns();
  useTitle(t('office.nav.audit'));
  const list = useInfiniteQuery({
    queryKey: ['audit', queryOf(filters)],
    queryFn: ({ pageParam, signal }) =>
      call(listEntries, {
        query: { ...queryOf(filters), limit: 50, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return (
    <div className="page">
      <h1>{t('office.nav.audit')}</h1>
      <p className="soft">{t('office.audit.about')}</p>
      <AuditFilters filters={filters} onChange={(search) => void navigate({ to: '/audit', search, replace: true })} />
      <Exports filters={filters} />
      <DataTable<Entry>
        name="audit"
        exportable={false}
        label={t('office.nav.audit')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(entry) => entry.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('office.audit.none')} hint={t('office.audit.none_hint')} />}
      />
    </div>
  );
}

/** The same entries as a file, its signature in a second one beside it. */
function Exports({ filters }: { readonly filters: Filters }) {
  const { t } = useTexts();
  const save = useMutation({
    mutationFn: (format: 'csv' | 'ndjson') => call(exportEntries, { body: { ...queryOf(filters), format } }),
    onSuccess: ({ filename, content, signature }) => {
      saveAs(filename, content);
      saveAs(`${filename}.sig`, fromBase64(signature) as Uint8Array<ArrayBuffer>);
    },
  });
  return (
    <div className="filters">
      {(['csv', 'ndjson'] as const).map((format) => (
        <Button key={format} onClick={() => save.mutate(format)} loading={save.isPending}>
          {t(`office.audit.export.${format}`)}
        </Button>
      ))}
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}

/** The filters as the contract takes them: days as moments of China, the last one whole. */
function queryOf({ actor, action, targetId, address, result, from, to }: Filters) {
  const known = RESULTS.find((one) => one === result);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(targetId ? { targetId } : {}),
    ...(address ? { address } : {}),
    ...(known ? { result: known } : {}),
    ...(from ? { from: `${from}T00:00:00+08:00` } : {}),
    ...(to ? { to: `${to}T23:59:59+08:00` } : {}),
  };
}

function useColumns(): readonly Column<Entry>[] {
  const { t } = useTexts();
  const title = (name: string) => t(`office.audit.${name}`);
  return [
    {
      key: 'at',
      title: title('at'),
      value: (one) => exactTime(one.at),
      // Whoever audits compares moments; how long ago it was says nothing to him.
      show: (one) => <span className="num">{exactTime(one.at)}</span>,
    },
    { key: 'actor', title: title('actor'), value: (one) => one.actorId, show: (one) => <code>{one.actorId}</code> },
    { key: 'action', title: title('action'), value: (one) => one.action, show: (one) => <code>{one.action}</code> },
    {
      key: 'target',
      title: title('target'),
      value: (one) => `${one.targetKind} ${one.targetId}`,
      show: (one) => (
        <>
          {one.targetKind} <code>{one.targetId}</code>
        </>
      ),
    },
    {
      key: 'result',
      title: title('result'),
      value: (one) => one.result,
      show: (one) => (
        <span className={one.result === 'done' ? 'chip' : 'chip urgent'}>{t(`office.audit.result.${one.result}`)}</span>
      ),
    },
    {
      key: 'details',
      title: title('details'),
      value: (one) => JSON.stringify(one.details),
      show: (one) => (
        <code className="details">{Object.keys(one.details).length > 0 ? JSON.stringify(one.details) : ''}</code>
      ),
    },
    {
      key: 'address',
      title: title('address'),
      hidden: true,
      value: (one) => one.address ?? '',
      show: (one) => one.address ?? '',
    },
  ];
}

type FilterProps = { readonly filters: Filters; readonly onChange: (filters: Filters) => void };

function AuditFilters({ filters, onChange }: FilterProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(filters);
  const put = (change: Filters) => setTyped((last) => ({ ...last, ...change }));
  const find = (event: FormEvent) => {
    event.preventDefault();
    onChange(Object.fromEntries(Object.entries(typed).filter(([, value]) => value)));
  };
  const field = (name: 'actor' | 'action' | 'targetId' | 'address' | 'from' | 'to', type = 'text') => (
    <div className="labelled">
      <label htmlFor={`audit-${name}`}>{t(`office.audit.filter.${name}`)}</label>
      <Input
        id={`audit-${name}`}
        type={type}
        maxLength={100}
        value={typed[name] ?? ''}
        onChange={(event) => put({ [name]: event.target.value })}
      />
    </div>
  );
  return (
    <search>
      <form className="filters" onSubmit={find}>
        {field('actor')}
        {field('action')}
        {field('targetId')}
        {field('address')}
        <div className="labelled">
          <label htmlFor="audit-result">{t('office.audit.result')}</label>
          <Select
            id="audit-result"
            allowClear
            {...(typed.result === undefined ? {} : { value: typed.result })}
            onChange={(result: string | undefined) =>
              setTyped(({ result: _, ...last }) => (result ? { ...last, result } : last))
            }
            options={RESULTS.map((value) => ({ value, label: t(`office.audit.result.${value}`) }))}
          />
        </div>
        {field('from', 'date')}
        {field('to', 'date')}
        <Button type="primary" htmlType="submit">
          {t('office.audit.filter.go')}
        </Button>
      </form>
    </search>
  );
}
