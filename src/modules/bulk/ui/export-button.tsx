import './bulk.css';
import { App, Button } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { numberText } from '../../../platform/web/time.ts';
import type { WholeListProps } from '../../cases/ui/index.ts';
import { exportMany } from '../contract.ts';
import { bulkUiTexts } from './texts.ts';

type Props = {
  readonly wanted: { readonly ids: string[] } | WholeListProps;
  readonly label: string;
  readonly disabled?: boolean;
  readonly size?: 'small';
};

/** What can be done with all that a list shows. */
export function WholeListActions({ filter }: WholeListProps) {
  return (
    <MoreTexts texts={bulkUiTexts}>
      <ExportWhole filter={filter} />
    </MoreTexts>
  );
}

function ExportWhole({ filter }: WholeListProps) {
  const { t } = useTexts();
  return <ExportButton wanted={{ filter }} label={t('bulk.ui.export_all')} size="small" />;
}

/** Asks the server for the table, which records that it was made; the page asks who somebody is when the proof is old. */
export function ExportButton({ wanted, label, disabled = false, size }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const { running, error, run } = useRun(true);
  const may = useMay('bulk.export');
  const save = () =>
    run(async () => {
      const { filename, content, rows, cut } = await call(exportMany, { body: wanted });
      saveFile(filename, content);
      const said = { n: numberText(locale, rows) };
      if (cut) void message.warning(t('bulk.ui.exported_cut', said), 10);
      else void message.success(t('bulk.ui.exported', said), 6);
    });
  if (!may) return null;
  return (
    <>
      <Button
        {...(size ? { size } : {})}
        disabled={disabled}
        loading={running}
        title={t('bulk.ui.export_about')}
        onClick={() => void save()}
      >
        {label}
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}

function saveFile(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
