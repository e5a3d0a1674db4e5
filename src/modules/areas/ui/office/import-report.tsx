import { Alert, Button } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../../platform/web/office/data-table.tsx';
import { numberText } from '../../../../platform/web/time.ts';
import type { ImportReport, IssueItem } from '../../contract.ts';

type Props = {
  readonly report: ImportReport;
  readonly running: boolean;
  /** Given after a trial: imports what is good. */
  readonly onImport: (() => void) | undefined;
};

/** What a file came to: how many rows are good, and each one that is not, with its reason. */
export function ReportCard({ report, running, onImport }: Props) {
  const { t, locale } = useTexts();
  const count = (value: number) => numberText(locale, value);
  const percent = `${Math.round(report.matchRate * 1000) / 10}%`;
  const values = {
    total: count(report.total),
    accepted: count(report.accepted),
    rejected: count(report.rejected),
    percent,
  };
  return (
    <div className="areas-report">
      <Alert
        type={report.rejected > 0 ? 'warning' : 'success'}
        showIcon
        title={t(report.id === null ? 'areas.ui.trial' : 'areas.ui.imported', values)}
        description={t('areas.ui.match_rate_is', values)}
        action={
          onImport && (
            <Button type="primary" loading={running} disabled={report.accepted === 0} onClick={onImport}>
              {t('areas.ui.import_go', values)}
            </Button>
          )
        }
      />
      {report.issues.length > 0 && <Issues report={report} />}
    </div>
  );
}

function Issues({ report }: { report: ImportReport }) {
  const { t } = useTexts();
  // A table's first row of data is its second line; a feature has no head above it.
  const first = report.subject === 'boundaries' ? 1 : 2;
  const columns: readonly Column<IssueItem>[] = [
    {
      key: 'row',
      title: t(report.subject === 'boundaries' ? 'areas.ui.feature' : 'areas.ui.row'),
      width: 80,
      value: (one) => one.index + first,
      show: (one) => one.index + first,
    },
    { key: 'code', title: t('areas.ui.code'), value: (one) => one.code ?? '', show: (one) => one.code ?? '—' },
    { key: 'name', title: t('areas.ui.name'), value: (one) => one.name ?? '', show: (one) => one.name ?? '—' },
    { key: 'reason', title: t('areas.ui.reason'), value: (one) => one.text, show: (one) => one.text },
  ];
  return (
    <DataTable<IssueItem>
      name={`${report.subject}-issues`}
      label={t('areas.ui.issues')}
      columns={columns}
      rows={report.issues}
      rowKey={(one) => `${one.index} ${one.reason}`}
      loading={false}
      empty={null}
    />
  );
}
