import { Button, Modal, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { CopyButton } from '../../../platform/web/office/copy-button.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useRenewLists } from '../../cases/ui/index.ts';
import { isRetried, type Line, type Send, useBatches } from './use-batches.ts';

type Props = {
  readonly title: string;
  readonly chosen: readonly Omit<Line, 'result'>[];
  readonly send: Send;
  /** Told which were done. */
  readonly onClose: (done: readonly string[]) => void;
};

/** Sends what was chosen, shows how far it is, and what became of each case. */
export function RunDialog({ title, chosen, send, onClose }: Props) {
  const { t } = useTexts();
  const renew = useRenewLists();
  const batches = useBatches(send, chosen);
  const { lines, state, error } = batches;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void batches.begin();
  });
  const done = lines.filter((line) => line.result?.done);
  const refused = lines.filter((line) => line.result !== null && !line.result.done);
  const left = lines.length - done.length - refused.length;
  const running = state !== 'ready';
  const again = lines.filter(isRetried).length;
  const close = () => {
    batches.stop();
    renew();
    onClose(done.map(({ id }) => id));
  };
  const buttons = running
    ? [
        <Button key="stop" disabled={state === 'stopping'} onClick={batches.stop}>
          {t(state === 'stopping' ? 'bulk.ui.stopping' : 'bulk.ui.stop')}
        </Button>,
      ]
    : [
        left > 0 && (
          <Button key="on" onClick={() => void batches.goOn()}>
            {t('bulk.ui.go_on')}
          </Button>
        ),
        again > 0 && left === 0 && (
          <Button key="again" onClick={() => void batches.retry()}>
            {t('bulk.ui.retry', { n: again })}
          </Button>
        ),
        <Button key="close" type="primary" onClick={close}>
          {t('bulk.ui.close')}
        </Button>,
      ];
  const counts = { done: done.length, refused: refused.length, waiting: left };
  const summary = summaryOf(counts, t);
  return (
    <Modal open title={title} width={860} onCancel={close} mask={{ closable: false }} footer={buttons}>
      <Progress
        percent={Math.round(((lines.length - left) / lines.length) * 100)}
        aria-label={t('bulk.ui.progress', { done: lines.length - left, all: lines.length })}
        status={running ? 'active' : 'normal'}
      />
      <p role="status">{running ? t('bulk.ui.progress', { done: lines.length - left, all: lines.length }) : summary}</p>
      <ErrorNotice error={error} />
      <Results lines={lines} />
      {!running && <CopyButton text={[summary, ...lines.map((line) => told(line, t))].join('\n')} />}
    </Modal>
  );
}

type State = 'done' | 'refused' | 'waiting';
const STATES: readonly State[] = ['done', 'refused', 'waiting'];

/** Only what there is: nothing of what there is none of. */
function summaryOf(
  counts: Record<State, number>,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  return STATES.flatMap((state) => (counts[state] > 0 ? [t(`bulk.ui.sum.${state}`, { n: counts[state] })] : [])).join(
    t('bulk.ui.sum.and'),
  );
}

function stateOf({ result }: Line): State {
  if (result === null) return 'waiting';
  return result.done ? 'done' : 'refused';
}

function told(line: Line, t: (key: string) => string): string {
  const { number, title, result } = line;
  return [number, title, t(`bulk.ui.result.${stateOf(line)}`), result?.message ?? '', result?.next ?? ''].join('\t');
}

/** What was refused first: that is what is left to do. */
function Results({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTexts();
  const order = { refused: 0, waiting: 1, done: 2 };
  const sorted = [...lines].sort((a, b) => order[stateOf(a)] - order[stateOf(b)]);
  return (
    <ul className="bulk-results" aria-label={t('bulk.ui.results')}>
      {sorted.map((line) => (
        <li key={line.id} className={stateOf(line)}>
          <p>
            <b>{t(`bulk.ui.result.${stateOf(line)}`)}</b>{' '}
            <a href={`/office/cases/${line.id}`} target="_blank" rel="noreferrer" className="num">
              {line.number}
            </a>{' '}
            {line.title}
          </p>
          {line.result && (
            <p className="soft">
              {line.result.message} {line.result.next}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
