import { useEffect, useRef, useState } from 'react';
import { Redirect } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { currentTime, useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText, clockOf } from '../../../../platform/web/time.ts';
import type { Progress } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { OwnData } from '../data/own-data.tsx';
import { OwnProof } from '../history/own-proof.tsx';
import { announce } from '../pieces/announce.tsx';
import { copyText } from '../pieces/copy.ts';
import { When } from '../pieces/moment.tsx';
import { Page } from '../pieces/page.tsx';
import { PhaseMark } from '../pieces/phase-mark.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { caseProof, dropCaseProof } from '../pieces/session.ts';
import { Steps } from '../pieces/steps.tsx';
import { type Loaded, useLoad } from '../pieces/use-load.ts';
import { OwnFile } from './own-file.tsx';
import { OwnFiles } from './own-files.tsx';
import { Rating } from './rating.tsx';
import { Reopening, Supplement, TakeDown, Withdrawal } from './other-steps.tsx';

/** How often an open page asks again (ms). Cheap: one row and its events. */
const ASK_AGAIN = 60_000;

/** The request as its requester sees it: said in words, step by step, and what he may do now. */
export function CasePage({ number }: { readonly number: string }) {
  const { t } = useTexts();
  const token = caseProof(number);
  const from = useHistoryState<{ from?: string } | null>();
  const loaded = useLoad(`case ${number}`, (signal) => call(api.myCase, { signal, ...(token ? { token } : {}) }));
  const [after, setAfter] = useState<Progress>();
  // What a step answered is newer than what was loaded before it.
  const progress = after ?? loaded.value;
  useAskAgain(loaded, () => setAfter(undefined));
  useHear(progress);

  if (
    token === undefined ||
    isProblem(loaded.error, 'auth.required') ||
    isProblem(loaded.error, 'open.case_token_needed')
  ) {
    dropCaseProof(number);
    return <Redirect to={`/track/${number}?ended`} replace />;
  }
  return (
    <Page
      title={number}
      back={from?.from ?? '/track'}
      className="case"
      wide
      status={progress && <Fresh loaded={loaded} />}
    >
      {!progress && !loaded.error && <Loading rows={6} t={t} />}
      {!progress && loaded.error !== undefined && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {progress && <Body progress={progress} token={token} onChange={setAfter} />}
    </Page>
  );
}

type BodyProps = { readonly progress: Progress; readonly token: string; readonly onChange: (next: Progress) => void };

function Body({ progress, token, onChange }: BodyProps) {
  const { t } = useTexts();
  return (
    <>
      <p className="soft">{[progress.title, progress.place].filter(Boolean).join(' · ')}</p>
      <p className="case-meta">
        <PhaseMark phase={progress.phase} text={progress.phaseText} />
        <Due progress={progress} />
      </p>
      {progress.can.rate.allowed && (
        <p>
          <a className="button button-primary" href="#ask">
            {t('open.rate.go')}
          </a>
        </p>
      )}
      <div className="case-columns">
        <div>
          <section aria-labelledby="progress">
            <h2 id="progress">{t('open.case.progress')}</h2>
            <Steps steps={progress.steps} files={(step) => <OwnFiles images={step.images} papers={step.papers} />} />
          </section>
          <Rating progress={progress} token={token} onChange={onChange} />
          <Reopening progress={progress} token={token} onChange={onChange} />
        </div>
        <div>
          <About progress={progress} token={token} />
          <Supplement progress={progress} token={token} onChange={onChange} />
          <TakeDown progress={progress} token={token} onChange={onChange} />
          <Withdrawal progress={progress} token={token} onChange={onChange} />
          <OwnData number={progress.number} token={token} />
          <OwnProof number={progress.number} token={token} />
        </div>
      </div>
    </>
  );
}

function Due({ progress }: { readonly progress: Progress }) {
  const { t, locale } = useTexts();
  const now = useNow();
  if (progress.dueAt === null || progress.phase === 'closed' || progress.phase === 'ended') return null;
  const by = byText(t, locale, progress.dueAt, now);
  if (progress.late) return <strong className="late">{t('open.case.late', { by })}</strong>;
  return <span>{t('open.case.due', { by })}</span>;
}

function About({ progress, token }: Pick<BodyProps, 'progress' | 'token'>) {
  const { t } = useTexts();
  const [said, setSaid] = useState<string>();
  return (
    <section className="about" aria-labelledby="said">
      <h2 id="said">{t('open.case.said')}</h2>
      <p className="said">{progress.text}</p>
      <OwnFiles images={progress.images} />
      <dl className="facts">
        <Fact name={t('open.case.where')} value={progress.place} />
        <Fact name={t('open.case.class')} value={progress.className} />
        <div>
          <dt>{t('open.case.filed')}</dt>
          <dd>
            <When at={progress.filedAt} />
          </dd>
        </div>
        <Fact name={t('open.case.lead')} value={progress.lead?.name ?? null} />
      </dl>
      <div className="actions">
        {progress.lead?.phone && (
          <a className="button" href={`tel:${progress.lead.phone}`}>
            {t('open.case.call', { office: progress.lead.name })}
          </a>
        )}
        <button
          type="button"
          className="button"
          onClick={() => {
            void copyText(progress.number).then((done) => {
              const text = t(done ? 'open.copied' : 'open.copy_failed');
              setSaid(text);
              announce(text);
            });
          }}
        >
          {t('open.case.share')}
        </button>
        <OwnFile number={progress.number} token={token} />
      </div>
      {said && <p className="success">{said}</p>}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (value === null || value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Fresh({ loaded }: { readonly loaded: Loaded<Progress> }) {
  const { t } = useTexts();
  const [at, setAt] = useState(currentTime);
  const { value } = loaded;
  useEffect(() => {
    if (value) setAt(currentTime());
  }, [value]);
  return (
    <>
      <span>{t('open.case.refreshed', { time: clockOf(at) })}</span>
      <button type="button" className="link" onClick={loaded.reload}>
        {t('open.case.refresh')}
      </button>
    </>
  );
}

/** Asks again each minute and whenever the person comes back to the page; not while it lies hidden. */
function useAskAgain(loaded: Loaded<Progress>, onAsk: () => void): void {
  const { reload } = loaded;
  const told = useRef(onAsk);
  told.current = onAsk;
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = setInterval(ask, ASK_AGAIN);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [reload]);
  const { value } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh answer replaces that of the last step.
  useEffect(() => told.current(), [value]);
}

/** Says a new phase aloud; not the first one, which the page itself says. */
function useHear(progress: Progress | undefined): void {
  const last = useRef<string>(undefined);
  const phase = progress?.phaseText;
  useEffect(() => {
    if (phase === undefined) return;
    if (last.current !== undefined && last.current !== phase) announce(phase);
    last.current = phase;
  }, [phase]);
}
