import './triage.css';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, nameIn, useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { type CasePanelProps, casesChanged } from '../../cases/ui/index.ts';
import { steps } from '../../cases/contract.ts';
import { listClasses } from '../../catalogue/contract.ts';
import { suggestForCase } from '../contract.ts';
import { triageUiTexts } from './texts.ts';

type Answer = z.input<typeof suggestForCase.answer>;

/** The states in which class and office are still to be decided. */
const UNDECIDED: ReadonlySet<string> = new Set(['registered', 'reopened', 'adjudicating']);

/** What the model proposes for a case that waits to be dispatched. */
export function TriagePanel(props: CasePanelProps) {
  const may = useMay('triage.suggest');
  const corrects = useMay('cases.correct');
  if (!may || !corrects || !UNDECIDED.has(props.state)) return null;
  return (
    <MoreTexts texts={triageUiTexts}>
      <Panel {...props} />
    </MoreTexts>
  );
}

const suggestion = (id: string, version: number) =>
  queryOptions({
    queryKey: ['triage', 'case', id, version],
    queryFn: ({ signal }) => call(suggestForCase, { params: { id }, signal }),
  });

function Panel({ caseId, version }: CasePanelProps) {
  const { t, locale } = useTexts();
  const id = useId();
  const { data } = useQuery(suggestion(caseId, version));
  if (!data) return null;
  const known = data.verdict !== 'unknown';
  const first = data.classes[0];
  return (
    <section className="card triage-panel" aria-labelledby={id}>
      <h2 id={id}>{t('triage.ui.panel')}</h2>
      {data.modelVersion === null ? (
        <p className="soft">{t('triage.ui.words_only')}</p>
      ) : (
        <dl>
          <dt>{t('triage.ui.class')}</dt>
          <dd>
            {known && first ? (
              <>
                <b>{nameIn(locale, first)}</b> <Sureness data={data} />
                {first.code === data.current.code && <span className="soft"> · {t('triage.ui.same')}</span>}
                <Words words={first.words} />
              </>
            ) : (
              t('triage.ui.verdict.unknown')
            )}
          </dd>
          <dt>{t('triage.ui.urgency')}</dt>
          <dd>
            {t(`triage.ui.value.${data.urgency.value}`)}
            <Words words={data.urgency.words} />
          </dd>
          {data.places.length > 0 && (
            <>
              <dt>{t('triage.ui.place')}</dt>
              <dd>{data.places.map((one) => one.path.replaceAll('/', ' · ')).join('；')}</dd>
            </>
          )}
          <Leads leads={data.leads} />
        </dl>
      )}
      <Decide caseId={caseId} version={version} data={data} />
    </section>
  );
}

function Sureness({ data }: { data: Answer }) {
  const { t } = useTexts();
  const share = Math.round((data.classes[0]?.confidence ?? 0) * 100);
  return (
    <span className="triage-share">
      {t(`triage.ui.verdict.${data.verdict}`)} {t('triage.ui.percent', { n: share })}
    </span>
  );
}

function Words({ words }: { words: readonly string[] }) {
  const { t } = useTexts();
  if (words.length === 0) return null;
  return (
    <div>
      <span className="soft">{t('triage.ui.because')} </span>
      {words.map((word) => (
        <mark key={word}>{word}</mark>
      ))}
    </div>
  );
}

function Leads({ leads }: { leads: Answer['leads'] }) {
  const { t, locale } = useTexts();
  if (leads.length === 0) return null;
  return (
    <>
      <dt>{t('triage.ui.lead')}</dt>
      <dd>
        {leads.slice(0, 3).map((one) => (
          <div key={one.organisation.id}>
            {locale === 'en' ? one.organisation.nameEn : one.organisation.name}{' '}
            <span className="soft">
              {[
                one.entryNumber === null ? '' : t('triage.ui.listed', { number: one.entryNumber }),
                one.given === 0 ? '' : t('triage.ui.given', { given: one.given, of: one.of }),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </div>
        ))}
      </dd>
    </>
  );
}

type DecideProps = { readonly caseId: string; readonly version: number; readonly data: Answer };

/** Taking over is a correction like any other: it carries the person who pressed the button. */
function Decide({ caseId, version, data }: DecideProps) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(true);
  const [choosing, setChoosing] = useState(false);
  const first = data.verdict === 'unknown' ? undefined : data.classes[0];
  const correct = async (code: string, name: string, reason: string) => {
    const body = { classCode: code, reason, expectedVersion: version };
    const done = await run(async () => {
      await call(steps.correct, { params: { id: caseId }, body });
    });
    if (!done) return;
    setChoosing(false);
    message.success(t('triage.ui.taken', { name }));
    await casesChanged(queries, new Set([caseId]));
  };
  return (
    <>
      <p className="soft">{t('triage.ui.signs')}</p>
      <div className="buttons">
        {first !== undefined && first.code !== data.current.code && (
          <Button
            loading={running}
            onClick={() => void correct(first.code, nameIn(locale, first), t('triage.ui.reason_taken'))}
          >
            {t('triage.ui.take_over', { name: nameIn(locale, first) })}
          </Button>
        )}
        <Button type="text" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          {t('triage.ui.something_else')}
        </Button>
      </div>
      {choosing && <OtherClass data={data} running={running} onSave={correct} />}
      <ErrorNotice error={error} />
    </>
  );
}

type OtherProps = {
  readonly data: Answer;
  readonly running: boolean;
  readonly onSave: (code: string, name: string, reason: string) => Promise<void>;
};

/** Likely ones first, then the whole catalogue. */
function OtherClass({ data, running, onSave }: OtherProps) {
  const { t, locale } = useTexts();
  const [code, setCode] = useState<string>();
  const [reason, setReason] = useState('');
  const classes = useQuery({
    queryKey: ['catalogue', 'classes', 'today'],
    queryFn: async ({ signal }) => (await call(listClasses, { query: {}, signal })).items,
    staleTime: 10 * 60_000,
  });
  const parents = new Set(classes.data?.map((one) => one.parentCode));
  const likely = data.classes.map((one) => one.code);
  const rank = (one: { readonly code: string }) =>
    likely.includes(one.code) ? likely.indexOf(one.code) : likely.length;
  const choices = (classes.data ?? [])
    .filter((one) => !parents.has(one.code) && one.code !== data.current.code)
    .sort((a, b) => rank(a) - rank(b));
  const chosen = choices.find((one) => one.code === code);
  return (
    <div className="other-class">
      <Select
        aria-label={t('triage.ui.choose_class')}
        placeholder={t('triage.ui.choose_class')}
        showSearch={{ optionFilterProp: 'label' }}
        loading={classes.isPending}
        value={code ?? null}
        onChange={(next: string | null) => setCode(next ?? undefined)}
        options={choices.map((one) => ({ value: one.code, label: nameIn(locale, one) }))}
      />
      <Input.TextArea
        aria-label={t('triage.ui.reason')}
        placeholder={t('triage.ui.reason')}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        type="primary"
        loading={running}
        disabled={chosen === undefined || reason.trim().length < 2}
        onClick={() => chosen && void onSave(chosen.code, nameIn(locale, chosen), reason.trim())}
      >
        {t('triage.ui.save')}
      </Button>
    </div>
  );
}
