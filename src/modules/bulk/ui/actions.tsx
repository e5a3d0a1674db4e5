import './bulk.css';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { ListActionsProps } from '../../cases/ui/index.ts';
import { dispatchMany, noteMany, printMany } from '../contract.ts';
import { DispatchDialog, NoteDialog } from './dialogs.tsx';
import { ExportButton } from './export-button.tsx';
import { RunDialog } from './run-dialog.tsx';
import { type Sheet, Sheets } from './sheets.tsx';
import { bulkUiTexts } from './texts.ts';
import type { Send } from './use-batches.ts';

/** A merge is looked at side by side: one leads, twenty at most come into it. */
const MOST_MERGED = 21;

/** What can be done with the chosen cases at once. */
export function BulkActions(props: ListActionsProps) {
  return (
    <MoreTexts texts={bulkUiTexts}>
      <Buttons {...props} />
    </MoreTexts>
  );
}

type Open = 'dispatch' | 'note' | { readonly title: string; readonly send: Send } | null;

function Buttons({ chosen, onDrop }: ListActionsProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState<Open>(null);
  const may = { dispatch: useMay('cases.dispatch'), note: useMay('cases.note'), merge: useMay('cases.merge') };
  const none = chosen.length === 0;
  return (
    <div className="bulk-actions">
      {may.dispatch && (
        <Button type="primary" disabled={none} onClick={() => setOpen('dispatch')}>
          {t('bulk.ui.dispatch')}
        </Button>
      )}
      {may.merge && <MergeButton chosen={chosen} />}
      {may.note && (
        <Button disabled={none} onClick={() => setOpen('note')}>
          {t('bulk.ui.note')}
        </Button>
      )}
      <PrintButton ids={chosen.map(({ id }) => id)} />
      <ExportButton wanted={{ ids: chosen.map(({ id }) => id) }} label={t('bulk.ui.export')} disabled={none} />
      <Dialogs open={open} setOpen={setOpen} chosen={chosen} onDrop={onDrop} />
    </div>
  );
}

type DialogsProps = Pick<ListActionsProps, 'chosen' | 'onDrop'> & {
  readonly open: Open;
  readonly setOpen: (next: Open) => void;
};

function Dialogs({ open, setOpen, chosen, onDrop }: DialogsProps): ReactNode {
  const { t } = useTexts();
  const count = chosen.length;
  // The form's own closing comes after what it opened.
  const close = () => setOpen(open === 'dispatch' || open === 'note' ? null : open);
  if (open === null) return null;
  if (open === 'dispatch') {
    const go = (values: object) =>
      later(() =>
        setOpen({
          title: t('bulk.ui.dispatch_n', { n: count }),
          send: async (cases, idempotencyKey) =>
            (await call(dispatchMany, { body: { cases: [...cases], leadId: null, ...values }, idempotencyKey }))
              .results,
        }),
      );
    return <DispatchDialog count={count} onGo={go} onClose={close} />;
  }
  if (open === 'note') {
    const go = ({ text }: { text: string }) =>
      later(() =>
        setOpen({
          title: t('bulk.ui.note_n', { n: count }),
          send: async (cases, idempotencyKey) =>
            (await call(noteMany, { body: { cases: [...cases], text }, idempotencyKey })).results,
        }),
      );
    return <NoteDialog count={count} onGo={go} onClose={close} />;
  }
  const lines = chosen.map(({ id, number, title, version }) => ({ id, number, title, expectedVersion: version }));
  const leave = (done: readonly string[]) => {
    setOpen(null);
    onDrop(done);
  };
  return <RunDialog title={open.title} chosen={lines} send={open.send} onClose={leave} />;
}

function later(work: () => void): void {
  setTimeout(work, 0);
}

/** The screen of mergers takes what was chosen; what is at work already leads there. */
function MergeButton({ chosen }: Pick<ListActionsProps, 'chosen'>) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const fits = chosen.length >= 2 && chosen.length <= MOST_MERGED;
  const go = () => {
    const first = chosen.find((one) => one.state !== 'registered' && one.state !== 'reopened') ?? chosen[0];
    if (!first) return;
    const others = chosen.filter((one) => one !== first).map(({ id }) => id);
    void navigate({ to: '/cases/$id/merge', params: { id: first.id }, search: { with: others.join(',') } });
  };
  const hint = fits || chosen.length === 0 ? undefined : t('bulk.ui.merge_hint', { most: MOST_MERGED });
  return (
    <>
      <Button disabled={!fits} title={hint} onClick={go}>
        {t('bulk.ui.merge')}
      </Button>
      {chosen.length > MOST_MERGED && <span className="soft bulk-hint">{hint}</span>}
    </>
  );
}

function PrintButton({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const [sheets, setSheets] = useState<{ items: readonly Sheet[]; left: number } | null>(null);
  const load = () => run(async () => setSheets(await call(printMany, { body: { ids: [...ids] } })));
  return (
    <>
      <Button disabled={ids.length === 0} loading={running} onClick={() => void load()}>
        {t('bulk.ui.print')}
      </Button>
      <ErrorNotice error={error} />
      {sheets && <Sheets {...sheets} onClose={() => setSheets(null)} />}
    </>
  );
}
