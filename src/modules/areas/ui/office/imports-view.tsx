import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Segmented, Select, Upload } from 'antd';
import { useState } from 'react';
import { call, ProblemError } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { importAddresses, importBoundaries, importGrids, type ImportReport, readImport } from '../../contract.ts';
import { readText, saveText } from './files.ts';
import { ReportCard } from './import-report.tsx';
import { areasChanged, importPages } from './queries.ts';
import { SAMPLES } from './samples.ts';

const SUBJECTS = ['grids', 'boundaries', 'addresses'] as const;
type Subject = (typeof SUBJECTS)[number];
type Settings = { readonly level?: 'county' | 'town' | 'village' | 'grid'; readonly attribution?: string };
type Chosen = { readonly subject: Subject; readonly name: string; readonly text: string };

const MOST_BYTES = 20 * 1024 * 1024;

/** Files of grids, boundaries and addresses: first a trial with its report, then the import of what is good. */
export function ImportsView() {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [subject, setSubject] = useState<Subject>('grids');
  const [settings, setSettings] = useState<Settings>({});
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const { running, error, run } = useRun(true);
  const go = (file: Chosen, dryRun: boolean) =>
    run(async () => {
      setReport(null);
      setReport(await send(file, settings, dryRun));
      if (!dryRun) {
        setChosen(null);
        await areasChanged(queries);
      }
    });
  const take = (file: File) =>
    void run(async () => {
      if (file.size > MOST_BYTES) throw tooLarge();
      const next = { subject, name: file.name, text: await readText(file) };
      setChosen(next);
      await go(next, true);
    });
  return (
    <>
      <section className="areas-card areas-import">
        <Segmented<Subject>
          aria-label={t('areas.ui.import_what')}
          value={subject}
          onChange={(next) => {
            setSubject(next);
            setChosen(null);
            setReport(null);
          }}
          options={SUBJECTS.map((one) => ({ value: one, label: t(`areas.ui.import.${one}`) }))}
        />
        <p>{t(`areas.ui.import_about.${subject}`)}</p>
        <p>
          <Button size="small" onClick={() => saveText(SAMPLES[subject].filename, SAMPLES[subject].text)}>
            {t('areas.ui.sample')}
          </Button>
        </p>
        {subject === 'boundaries' && <BoundarySettings value={settings} onChange={setSettings} />}
        <Upload.Dragger
          accept={subject === 'boundaries' ? '.geojson,.json' : '.csv,.txt'}
          showUploadList={false}
          beforeUpload={(file) => {
            take(file);
            return Upload.LIST_IGNORE;
          }}
          disabled={running}
        >
          <p>{chosen ? chosen.name : t('areas.ui.file')}</p>
          <p className="soft">{t('areas.ui.file_hint')}</p>
        </Upload.Dragger>
        <ErrorNotice error={error} />
        {report && (
          <ReportCard
            report={report}
            running={running}
            onImport={chosen && report.id === null ? () => void go(chosen, false) : undefined}
          />
        )}
      </section>
      <PastImports onShow={(id) => void run(async () => setReport(await call(readImport, { params: { id } })))} />
    </>
  );
}

function tooLarge(): ProblemError {
  return new ProblemError({ status: 413, code: 'areas.file_too_large' });
}

async function send({ subject, text }: Chosen, settings: Settings, dryRun: boolean): Promise<ImportReport> {
  if (subject === 'grids') return call(importGrids, { body: { csv: text, dryRun } });
  if (subject === 'addresses') return call(importAddresses, { body: { csv: text, dryRun } });
  let geojson: { type: string };
  try {
    geojson = JSON.parse(text);
  } catch {
    throw new ProblemError({ status: 422, code: 'areas.geojson_invalid' });
  }
  return call(importBoundaries, { body: { geojson, dryRun, ...settings } });
}

type SettingsProps = { readonly value: Settings; readonly onChange: (next: Settings) => void };

function BoundarySettings({ value, onChange }: SettingsProps) {
  const { t } = useTexts();
  const { level, attribution, ...rest } = value;
  return (
    <Form layout="vertical" className="areas-two">
      <Form.Item label={t('areas.ui.import_level')} htmlFor="import-level">
        <Select
          id="import-level"
          value={level ?? ''}
          onChange={(next) =>
            onChange({ ...value, ...rest, ...(next === '' ? { level: undefined } : { level: next }) } as Settings)
          }
          options={[
            { value: '', label: t('areas.ui.import_level_any') },
            ...(['county', 'town', 'village', 'grid'] as const).map((one) => ({
              value: one,
              label: t(`areas.level.${one}`),
            })),
          ]}
        />
      </Form.Item>
      <Form.Item label={t('areas.ui.attribution')} htmlFor="import-source">
        <Input
          id="import-source"
          maxLength={80}
          value={attribution ?? ''}
          placeholder={t('areas.ui.attribution_hint')}
          onChange={(event) => onChange({ ...value, attribution: event.target.value } as Settings)}
        />
      </Form.Item>
    </Form>
  );
}

type Past = Omit<ImportReport, 'issues' | 'id'> & { readonly id: string };

function PastImports({ onShow }: { onShow: (id: string) => void }) {
  const { t } = useTexts();
  const list = useInfiniteQuery(importPages);
  const number = (key: 'total' | 'accepted' | 'rejected'): Column<Past> => ({
    key,
    title: t(`areas.ui.${key}`),
    value: (one) => one[key],
    show: (one) => one[key],
  });
  const columns: readonly Column<Past>[] = [
    { key: 'at', title: t('areas.ui.at'), value: (one) => one.at, show: (one) => <Moment at={one.at} /> },
    {
      key: 'subject',
      title: t('areas.ui.import_what'),
      value: (one) => t(`areas.ui.import.${one.subject}`),
      show: (one) => t(`areas.ui.import.${one.subject}`),
    },
    number('total'),
    number('accepted'),
    number('rejected'),
    {
      key: 'rate',
      title: t('areas.ui.match_rate'),
      value: (one) => one.matchRate,
      show: (one) => `${Math.round(one.matchRate * 1000) / 10}%`,
    },
    {
      key: 'do',
      title: t('areas.ui.actions'),
      show: (one) => (
        <Button size="small" onClick={() => onShow(one.id)}>
          {t('areas.ui.import_show')}
        </Button>
      ),
    },
  ];
  return (
    <section className="areas-card">
      <h2>{t('areas.ui.imports_past')}</h2>
      <DataTable<Past>
        name="area-imports"
        label={t('areas.ui.imports_past')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(one) => one.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('areas.ui.imports_none')} />}
      />
    </section>
  );
}
