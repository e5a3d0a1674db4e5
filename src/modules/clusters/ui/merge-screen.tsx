import './clusters.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog, useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState, PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { casesChanged } from '../../cases/ui/index.ts';
import { mergeCases, type SimilarCase, type similarToCase, undoMerges } from '../contract.ts';
import { similarTo } from './queries.ts';
import { SimilarWords } from './similar-row.tsx';
import { clusterUiTexts } from './texts.ts';

type Answer = z.input<typeof similarToCase.answer>;
type Results = z.input<typeof mergeCases.answer>['results'];

/** Cases side by side: which one leads, which are the same, and what is merged already. */
export function MergeScreen() {
  return (
    <MoreTexts texts={clusterUiTexts}>
      <Merge />
    </MoreTexts>
  );
}

function Merge() {
  const { t } = useTexts();
  const { id } = useParams({ strict: false }) as { id: string };
  const { with: chosen }: { with?: string } = useSearch({ strict: false });
  useTitle(t('clusters.ui.merge_title'));
  const { data, error, isPending, refetch } = useQuery(similarTo(id, undefined, chosen));
  const [said, setSaid] = useState<readonly string[]>([]);
  return (
    <div className="page">
      <Link to="/cases/$id" params={{ id }}>
        {t('clusters.ui.back')}
      </Link>
      <h1>{t('clusters.ui.merge_title')}</h1>
      <p className="soft">{t('clusters.ui.merge_about')}</p>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      <div role="status">
        {said.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {isPending && <PageSkeleton />}
      {data && <Together key={data.own.version} data={data} wanted={chosen?.split(',') ?? []} onSaid={setSaid} />}
      {data && data.merged.length > 0 && <Apart data={data} onSaid={setSaid} />}
    </div>
  );
}

/** Tells each case's result in a line, and asks anew for what changed. */
function useResults(data: Answer) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const all = [data.own, ...data.items, ...data.merged];
  return async (results: Results, done: string): Promise<readonly string[]> => {
    await queries.invalidateQueries({ queryKey: ['clusters', 'case'] });
    await casesChanged(queries, null);
    return results.map((one) => {
      const number = all.find((known) => known.id === one.id)?.number ?? '';
      return one.done ? t(done, { number }) : t('clusters.ui.not_done', { number, why: one.message ?? '' });
    });
  };
}

type PartProps = { readonly data: Answer; readonly onSaid: (lines: readonly string[]) => void };

function Together({ data, wanted, onSaid }: PartProps & { readonly wanted: readonly string[] }) {
  const { t } = useTexts();
  const cases = [data.own, ...data.items];
  // What was dispatched already cannot be merged into another, so it leads.
  const isWanted = (one: SimilarCase) => wanted.includes(one.id) || (wanted.length > 0 && one.id === data.own.id);
  const [masterId, setMasterId] = useState(
    // Of what was chosen in a list one leads, never one that was only found beside it.
    () =>
      cases.find((one) => !isFresh(one) && !isOver(one) && (wanted.length === 0 || isWanted(one)))?.id ?? data.own.id,
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    // What was chosen comes with its tick, so that only the reason is left to say.
    () => new Set(cases.filter((one) => isFresh(one) && isWanted(one)).map((one) => one.id)),
  );
  const [reason, setReason] = useState('');
  const { running, error, run } = useRun(true);
  const told = useResults(data);
  const master = cases.find((one) => one.id === masterId);
  const merging = cases.filter((one) => chosen.has(one.id) && one.id !== masterId);
  const merge = () =>
    run(async () => {
      const { results } = await call(mergeCases, {
        body: { masterId, reason: reason.trim(), cases: merging.map(versioned) },
      });
      setChosen(new Set());
      onSaid(await told(results, 'clusters.ui.done'));
    });
  if (data.items.length === 0) return <EmptyState title={t('clusters.ui.alone')} hint={t('clusters.ui.alone_hint')} />;
  return (
    <>
      <Radio.Group
        className="merge-masters"
        value={masterId}
        onChange={(event) => setMasterId(event.target.value)}
        style={{ display: 'block' }}
      >
        <ul className="merge-columns">
          {cases.map((one) => (
            <li key={one.id} className={`similar-row${one.id === masterId ? ' leads' : ''}`}>
              {wanted.length === 0 && one.id === data.own.id && <b className="soft">{t('clusters.ui.this_case')}</b>}
              {wanted.length > 0 && (
                <b className="soft">{t(isWanted(one) ? 'clusters.ui.chosen_case' : 'clusters.ui.found_case')}</b>
              )}
              <SimilarWords one={one} />
              <Radio value={one.id} disabled={isOver(one)}>
                {t(roleOf(one, masterId))}
              </Radio>
              {one.id !== masterId && (
                <Checkbox
                  checked={chosen.has(one.id)}
                  disabled={!isFresh(one)}
                  onChange={(event) => setChosen(withOrWithout(chosen, one.id, event.target.checked))}
                >
                  {t('clusters.ui.choose')}
                </Checkbox>
              )}
            </li>
          ))}
        </ul>
      </Radio.Group>
      <div className="merge-bar">
        <label htmlFor="merge-reason">{t('clusters.ui.reason')}</label>
        <Input.TextArea
          id="merge-reason"
          maxLength={500}
          autoSize={{ minRows: 2 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <span className="soft">{t('clusters.ui.reason_hint')}</span>
        <ErrorNotice error={error} />
        <Button
          type="primary"
          loading={running}
          disabled={merging.length === 0 || reason.trim().length < 2}
          onClick={() => void merge()}
        >
          {merging.length === 0
            ? t('clusters.ui.merge_none')
            : t('clusters.ui.merge', { n: merging.length, number: master?.number ?? '' })}
        </Button>
      </div>
    </>
  );
}

function Apart({ data, onSaid }: PartProps) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const told = useResults(data);
  const parting = data.merged.filter((one) => chosen.has(one.id));
  const part = async () => {
    const { results } = await call(undoMerges, { body: { reason: reason.trim(), cases: parting.map(versioned) } });
    setChosen(new Set());
    onSaid(await told(results, 'clusters.ui.done_apart'));
  };
  return (
    <section aria-labelledby="merged-now">
      <h2 id="merged-now">{t('clusters.ui.merged_now')}</h2>
      <ul className="merge-columns">
        {data.merged.map((one) => (
          <li key={one.id} className="similar-row">
            <SimilarWords one={one} />
            <Checkbox
              checked={chosen.has(one.id)}
              onChange={(event) => setChosen(withOrWithout(chosen, one.id, event.target.checked))}
            >
              {t('clusters.ui.choose_apart')}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button disabled={parting.length === 0} onClick={() => setAsking(true)}>
        {t('clusters.ui.apart', { n: parting.length })}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('clusters.ui.apart_ask', { n: parting.length })}
        confirm={t('clusters.ui.apart', { n: parting.length })}
        onClose={() => setAsking(false)}
        onConfirm={part}
      >
        <p>{t('clusters.ui.apart_about')}</p>
        <label htmlFor="apart-reason">{t('clusters.ui.reason')}</label>
        <Input.TextArea
          id="apart-reason"
          maxLength={500}
          autoSize={{ minRows: 2 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="soft">{t('clusters.ui.reason_hint')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** Only what nobody works on yet can be merged into another. */
function isFresh(one: SimilarCase): boolean {
  return (one.state === 'registered' || one.state === 'reopened') && one.duplicates === 0;
}

const ENDED: ReadonlySet<string> = new Set(['closed', 'merged', 'rejected', 'referred', 'withdrawn', 'voided']);

/** What has ended takes nothing in any more; a closed one is shown because its answer may help. */
function isOver(one: SimilarCase): boolean {
  return ENDED.has(one.state);
}

function roleOf(one: SimilarCase, masterId: string): string {
  if (isOver(one)) return one.state === 'closed' ? 'clusters.ui.is_over' : 'clusters.ui.is_ended';
  return one.id === masterId ? 'clusters.ui.is_master' : 'clusters.ui.as_master';
}

const versioned = ({ id, version }: SimilarCase) => ({ id, expectedVersion: version });

function withOrWithout(chosen: ReadonlySet<string>, id: string, wanted: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  if (wanted) next.add(id);
  else next.delete(id);
  return next;
}
