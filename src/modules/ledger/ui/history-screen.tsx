import './ledger.css';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { z } from 'zod';
import { backupState } from '../../../platform/backup/contract.ts';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { exactTime } from '../../../platform/web/time.ts';
import { historyState, listCheckpoints } from '../contract.ts';
import { ledgerUiTexts } from './texts.ts';

const COMMAND = 'npm run gongzhi -- verify --mirror …';

/** How far history is signed and copied, and how backups stand: each part for those who answer for it. */
export function HistoryScreen() {
  return (
    <MoreTexts texts={ledgerUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

function Screen() {
  const { t } = useTexts();
  const [history, backups] = [useMay('ledger.read'), useMay('backup.read')];
  useTitle(t('ledger.ui.title'));
  return (
    <div className="page">
      <h1>{t('ledger.ui.title')}</h1>
      {history && <History />}
      {backups && <Backups />}
    </div>
  );
}

function History() {
  const { t } = useTexts();
  const { data, error, refetch } = useQuery({
    queryKey: ['ledger', 'state'],
    queryFn: ({ signal }) => call(historyState, { signal }),
    refetchInterval: 60_000,
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { checkpoint, mirrorProblem: problem, mirrored } = data;
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{t('ledger.ui.history')}</h2>
      <p className="soft">{t('ledger.ui.history_about', { minutes: data.everyMinutes })}</p>
      {problem && <Alert type="error" showIcon title={t(`ledger.ui.problem.${problem}`)} />}
      {checkpoint === null && <p>{t('ledger.ui.none')}</p>}
      <dl className="ledger-facts">
        {checkpoint && <Fact name="at" value={exactTime(checkpoint.at)} />}
        {checkpoint && <Fact name="size" value={String(checkpoint.size)} />}
        {checkpoint && <Fact name="key" value={checkpoint.keyId} />}
        <Fact name="waiting" value={data.waiting >= 1000 ? t('ledger.ui.waiting_many') : String(data.waiting)} />
        <Fact name="mirrored" value={mirrored === null ? t('ledger.ui.not_mirrored') : String(mirrored)} />
        <Fact name="folder" value={data.folder} />
        {data.auditSealedTo && <Fact name="audit_to" value={exactTime(data.auditSealedTo)} />}
      </dl>
      <p className="soft">{t('ledger.ui.audit_kept', { months: data.auditMonths })}</p>
      <p>
        {t('ledger.ui.verify')} <code>{COMMAND}</code>{' '}
        <a href="/history" target="_blank" rel="noreferrer">
          {t('ledger.ui.how')}
        </a>
      </p>
      <Checkpoints />
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useTexts();
  return (
    <>
      <dt>{t(`ledger.ui.${name}`)}</dt>
      <dd className="num">{value}</dd>
    </>
  );
}

type Checkpoint = z.input<typeof listCheckpoints.answer>['items'][number];

function Checkpoints() {
  const { t } = useTexts();
  const list = useQuery({
    queryKey: ['ledger', 'checkpoints'],
    queryFn: ({ signal }) => call(listCheckpoints, { query: { limit: 10 }, signal }),
  });
  const columns: readonly Column<Checkpoint>[] = [
    { key: 'at', title: t('ledger.ui.at'), value: (one) => exactTime(one.at), show: (one) => <Moment at={one.at} /> },
    { key: 'size', title: t('ledger.ui.size'), value: (one) => String(one.size), show: (one) => one.size },
    {
      key: 'root',
      title: t('ledger.ui.root'),
      value: (one) => one.root,
      show: (one) => <code>{one.root.slice(0, 16)}…</code>,
    },
  ];
  return (
    <DataTable<Checkpoint>
      name="checkpoints"
      label={t('ledger.ui.latest')}
      columns={columns}
      rows={list.data?.items ?? []}
      rowKey={(one) => String(one.size)}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      exportable={false}
      empty={<EmptyState title={t('ledger.ui.none')} />}
    />
  );
}

type Backup = z.input<typeof backupState.answer>['runs'][number];
const TONES = { off: 'warning', waiting: 'info', fine: 'success', failed: 'error', late: 'error' } as const;

function Backups() {
  const { t } = useTexts();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['backups'],
    queryFn: ({ signal }) => call(backupState, { signal }),
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <section className="card" aria-labelledby="backups-title">
      <h2 id="backups-title">{t('ledger.ui.backups')}</h2>
      {data && (
        <Alert
          type={TONES[data.state]}
          showIcon
          title={t(`ledger.ui.backup.${data.state}`, { at: data.at, keep: data.keep })}
        />
      )}
      {data && data.state !== 'off' && (
        <p className="soft">{t(data.encrypted ? 'ledger.ui.backup.encrypted' : 'ledger.ui.backup.plain')}</p>
      )}
      {data && data.state !== 'off' && <Runs runs={data.runs} loading={isPending} />}
    </section>
  );
}

function Runs({ runs, loading }: { readonly runs: readonly Backup[]; readonly loading: boolean }) {
  const { t } = useTexts();
  const columns: readonly Column<Backup>[] = [
    {
      key: 'started',
      title: t('ledger.ui.backup.started'),
      value: (one) => exactTime(one.startedAt),
      show: (one) => <Moment at={one.startedAt} />,
    },
    {
      key: 'result',
      title: t('ledger.ui.backup.result'),
      value: (one) => one.result,
      show: (one) => (
        <span className={one.result === 'done' ? 'chip' : 'chip urgent'}>
          {t(one.result === 'done' ? 'ledger.ui.backup.done' : 'ledger.ui.backup.failed_one')}
        </span>
      ),
    },
    {
      key: 'file',
      title: t('ledger.ui.backup.file'),
      value: (one) => one.file ?? '',
      show: (one) => (one.file ? `${one.file} (${Math.round((one.bytes ?? 0) / 100_000) / 10} MB)` : ''),
    },
    {
      key: 'problem',
      title: t('ledger.ui.backup.problem'),
      value: (one) => one.problem ?? '',
      show: (one) => one.problem ?? '',
    },
  ];
  return (
    <DataTable<Backup>
      name="backups"
      label={t('ledger.ui.backup.runs')}
      columns={columns}
      rows={runs}
      rowKey={(one) => one.startedAt}
      loading={loading}
      error={null}
      exportable={false}
      empty={<EmptyState title={t('ledger.ui.backup.no_runs')} />}
    />
  );
}
