import './triage.css';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Progress } from 'antd';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, nameIn, useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState, PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { exactTime, numberText } from '../../../platform/web/time.ts';
import { activateModel, listCorrections, readModels, startTraining } from '../contract.ts';
import { triageUiTexts } from './texts.ts';

type Models = z.input<typeof readModels.answer>;
type ModelRow = Models['models'][number];
type CorrectionRow = z.input<typeof listCorrections.answer>['items'][number];

const models = queryOptions({
  queryKey: ['triage', 'models'],
  queryFn: ({ signal }) => call(readModels, { signal }),
  // While it trains the page shows how far it is.
  refetchInterval: ({ state }) => (state.data?.training?.state === 'running' ? 2000 : false),
});

const corrections = infiniteQueryOptions({
  queryKey: ['triage', 'corrections'],
  queryFn: ({ pageParam, signal }) =>
    call(listCorrections, { query: { limit: 40, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last: { readonly next: string | null }) => last.next,
});

/** Versions of the classifier with their figures, a training, and what people corrected. */
export function TriageScreen() {
  return (
    <MoreTexts texts={triageUiTexts}>
      <Triage />
    </MoreTexts>
  );
}

function Triage() {
  const { t } = useTexts();
  useTitle(t('triage.ui.title'));
  const { data, error, isPending, refetch } = useQuery(models);
  return (
    <div className="page">
      <h1>{t('triage.ui.title')}</h1>
      <p className="soft">{t('triage.ui.about')}</p>
      {isPending && <PageSkeleton />}
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data && (
        <>
          <Training data={data} />
          <h2>{t('triage.ui.versions')}</h2>
          <Versions rows={data.models} />
        </>
      )}
      <h2>{t('triage.ui.corrections')}</h2>
      <Corrections />
    </div>
  );
}

function Training({ data }: { data: Models }) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(true);
  const { training } = data;
  const trains = training?.state === 'running';
  const start = async () => {
    const begun = await run(() => call(startTraining, { body: {} }));
    if (begun) message.success(t('triage.ui.started'));
    await queries.invalidateQueries({ queryKey: models.queryKey });
  };
  const percent = (share: number) => t('triage.ui.percent', { n: numberText(locale, Math.round(share * 100)) });
  return (
    <section className="card">
      <p>
        {t('triage.ui.month', { decided: data.decided, corrected: data.corrected })}{' '}
        {t('triage.ui.threshold', { n: percent(data.threshold) })}
      </p>
      {trains && (
        <div role="status">
          <Progress percent={Math.round(training.share * 100)} showInfo={false} aria-label={t('triage.ui.train')} />
          {t('triage.ui.training', { n: Math.round(training.share * 100) })}
        </div>
      )}
      {training?.state === 'failed' && <p role="status">{t('triage.ui.training_failed')}</p>}
      <Button type="primary" loading={running} disabled={trains} onClick={() => void start()}>
        {t('triage.ui.train')}
      </Button>
      <ErrorNotice error={error} />
    </section>
  );
}

function Versions({ rows }: { rows: readonly ModelRow[] }) {
  const { t, locale } = useTexts();
  const measured = (value: number | null) =>
    value === null ? <span className="soft">{t('triage.ui.not_measured')}</span> : numberText(locale, value);
  const columns: readonly Column<ModelRow>[] = [
    {
      key: 'version',
      title: t('triage.ui.version_column'),
      value: (row) => row.version,
      show: (row) => (
        <>
          {t('triage.ui.version', { n: row.version })}
          {row.active && <span className="chip">{t('triage.ui.in_use')}</span>}
        </>
      ),
    },
    {
      key: 'made',
      title: t('triage.ui.made'),
      value: (row) => exactTime(row.madeAt),
      show: (row) => <Moment at={row.madeAt} />,
    },
    { key: 'kind', title: t('triage.ui.kind'), show: (row) => t(`triage.ui.kind.${row.kind}`) },
    {
      key: 'confirmed',
      title: t('triage.ui.confirmed'),
      value: (row) => row.confirmed,
      show: (row) => <span className="num">{numberText(locale, row.confirmed)}</span>,
    },
    { key: 'f1', title: t('triage.ui.f1'), show: (row) => measured(row.macroF1) },
    { key: 'accuracy', title: t('triage.ui.accuracy'), show: (row) => measured(row.accuracy) },
    { key: 'seconds', title: t('triage.ui.seconds'), show: (row) => t('triage.ui.seconds_value', { n: row.seconds }) },
    { key: 'do', title: t('triage.ui.do'), show: (row) => !row.active && <Activate row={row} /> },
  ];
  return (
    <DataTable<ModelRow>
      name="triage-models"
      label={t('triage.ui.versions')}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.version)}
      loading={false}
      error={null}
      empty={<EmptyState title={t('triage.ui.models_none')} hint={t('triage.ui.models_none_hint')} />}
    />
  );
}

function Activate({ row }: { row: ModelRow }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(true);
  const activate = async () => {
    const done = await run(() => call(activateModel, { params: { version: String(row.version) }, body: {} }));
    if (done) message.success(t('triage.ui.activated', { n: row.version }));
    await queries.invalidateQueries({ queryKey: models.queryKey });
  };
  return (
    <>
      <Button size="small" loading={running} onClick={() => void activate()}>
        {t('triage.ui.activate')}
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}

function Corrections() {
  const { t, locale } = useTexts();
  const list = useInfiniteQuery(corrections);
  const office = (one: CorrectionRow['organisation']) => one && (locale === 'en' ? one.nameEn : one.shortName);
  const side = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(' · ');
  const columns: readonly Column<CorrectionRow>[] = [
    {
      key: 'number',
      title: t('triage.ui.number'),
      value: (row) => row.number,
      show: (row) => (
        <Link to="/cases/$id" params={{ id: row.caseId }} className="num">
          {row.number}
        </Link>
      ),
    },
    {
      key: 'suggested',
      title: t('triage.ui.suggested'),
      show: (row) =>
        side([
          row.suggestedClass && nameIn(locale, row.suggestedClass),
          row.suggestedUrgency === row.urgency ? null : t(`triage.ui.value.${row.suggestedUrgency}`),
          row.suggestedOrganisation?.id === row.organisation?.id ? null : office(row.suggestedOrganisation),
        ]),
    },
    {
      key: 'decided',
      title: t('triage.ui.decided'),
      show: (row) =>
        side([
          nameIn(locale, row.class),
          row.suggestedUrgency === row.urgency ? null : t(`triage.ui.value.${row.urgency}`),
          row.suggestedOrganisation?.id === row.organisation?.id ? null : office(row.organisation),
        ]),
    },
    { key: 'at', title: t('triage.ui.at'), value: (row) => exactTime(row.at), show: (row) => <Moment at={row.at} /> },
  ];
  return (
    <DataTable<CorrectionRow>
      name="triage-corrections"
      // What names cases leaves the platform by the recorded export of bulk work only.
      exportable={false}
      label={t('triage.ui.corrections')}
      columns={columns}
      rows={list.data?.pages.flatMap((page) => page.items) ?? []}
      rowKey={(row) => row.caseId}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      loadingMore={list.isFetchingNextPage}
      empty={<EmptyState title={t('triage.ui.corrections_none')} hint={t('triage.ui.corrections_none_hint')} />}
    />
  );
}
