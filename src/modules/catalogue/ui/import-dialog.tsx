import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Modal } from 'antd';
import { useId, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { sizeText } from '../../../platform/web/time.ts';
import { type ImportReport, importEntries } from '../contract.ts';
import { catalogueChanged } from './queries.ts';
import { saveFile } from './save-file.ts';

const LARGEST = 4_000_000;
const SHOWN = 30;

/** Takes a list from a CSV file: tried first, then entered; rows that do not fit can be taken away and corrected. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t, locale } = useTexts();
  const queries = useQueryClient();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(true);
  const [done, setDone] = useState<{ readonly report: ImportReport; readonly trial: boolean } | null>(null);
  const { running, error, run } = useRun(true);
  const tooLarge = file !== null && file.size > LARGEST;
  const send = (dryRun: boolean) =>
    run(async () => {
      if (!file) return;
      const report = await call(importEntries, { body: { csv: await file.text(), replace, dryRun } });
      setDone({ report, trial: dryRun });
      if (!dryRun) void catalogueChanged(queries);
    });
  const ready = file !== null && !tooLarge;
  return (
    <Modal
      open
      title={t('catalogue.ui.list.import')}
      onCancel={onClose}
      mask={{ closable: false }}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{t('web.close')}</Button>
          <Button disabled={!ready} loading={running} onClick={() => void send(true)}>
            {t('catalogue.ui.list.import_try')}
          </Button>
          <Button type="primary" disabled={!ready} loading={running} onClick={() => void send(false)}>
            {t('catalogue.ui.list.import_go')}
          </Button>
        </>
      }
    >
      <p>{t('catalogue.ui.list.import_about')}</p>
      <p>
        <label htmlFor={id}>{t('catalogue.ui.list.import_file')} </label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            setDone(null);
            setFile(event.target.files?.[0] ?? null);
          }}
        />
      </p>
      {tooLarge && (
        <Alert type="error" title={t('catalogue.ui.list.import_large', { size: sizeText(locale, file.size) })} />
      )}
      <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
        {t('catalogue.ui.list.import_replace')}
      </Checkbox>
      <ErrorNotice error={error} />
      {done && <Report {...done} />}
    </Modal>
  );
}

function Report({ report, trial }: { report: ImportReport; trial: boolean }) {
  const { t } = useTexts();
  const { rejected, rejectedCsv } = report;
  return (
    <section role="status" className="cat-section">
      <p>
        <b>{t(trial ? 'catalogue.ui.list.import_trial' : 'catalogue.ui.list.import_done')}</b>{' '}
        {t('catalogue.ui.list.import_counts', { ...report, rejected: rejected.length })}
      </p>
      {rejected.length > 0 && (
        <>
          <ul className="cat-rejected">
            {rejected.slice(0, SHOWN).map((one) => (
              <li key={one.row}>
                {t('catalogue.ui.list.import_row', { row: one.row })}: {one.message}
              </li>
            ))}
          </ul>
          {rejected.length > SHOWN && <p>{t('catalogue.ui.list.import_more', { n: rejected.length - SHOWN })}</p>}
        </>
      )}
      {rejectedCsv !== null && (
        <Button size="small" onClick={() => saveFile('rejected.csv', rejectedCsv)}>
          {t('catalogue.ui.list.import_rejected')}
        </Button>
      )}
    </section>
  );
}
