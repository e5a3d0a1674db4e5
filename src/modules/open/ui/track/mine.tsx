import { useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { whenText } from '../../../../platform/web/time.ts';
import type { MyRequest } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { PhaseMark } from '../pieces/phase-mark.tsx';
import { Failed, FormProblem, Loading, problemText } from '../pieces/problem.tsx';
import { keepCaseProof } from '../pieces/session.ts';
import { usePages } from '../pieces/use-pages.ts';

/** All that was filed with the phone that was proved. */
export function Mine() {
  const texts = useTexts();
  const { t } = texts;
  const [, go] = useLocation();
  const [problem, setProblem] = useState<string>();
  const pages = usePages('mine', (after) =>
    call(api.myCases, { query: { limit: 20, ...(after === undefined ? {} : { after }) } }),
  );
  if (isProblem(pages.error, 'auth.required') || isProblem(pages.error, 'open.phone_session_needed')) {
    return <Redirect to="/track/phone?ended" replace />;
  }
  const open = (number: string) => {
    call(api.openMine, { params: { number } }).then(
      (proof) => {
        keepCaseProof(proof);
        go(`/track/${proof.number}`, { state: { from: '/mine' } });
      },
      (error: unknown) => setProblem(problemText(texts, error)),
    );
  };
  const leave = () => {
    call(api.closeSession).then(
      () => go('/'),
      (error: unknown) => setProblem(problemText(texts, error)),
    );
  };
  return (
    <Page title={t('open.mine.title')} back="/">
      <FormProblem text={problem} />
      {pages.items === undefined &&
        (pages.error ? <Failed error={pages.error} onRetry={pages.retry} /> : <Loading rows={4} t={t} />)}
      {pages.items?.length === 0 && <p>{t('open.mine.none')}</p>}
      <ul className="rows">
        {pages.items?.map((one) => (
          <Row key={one.number} one={one} onOpen={() => open(one.number)} />
        ))}
      </ul>
      <div className="actions">
        {pages.more && (
          <button
            type="button"
            className="button"
            aria-disabled={pages.busy}
            onClick={() => pages.busy || pages.more?.()}
          >
            {t(pages.busy ? 'open.loading' : 'open.more')}
          </button>
        )}
        <Link href="/my-data" className="button">
          {t('open.mine.data')}
        </Link>
        <button type="button" className="button" onClick={leave}>
          {t('open.mine.leave')}
        </button>
      </div>
    </Page>
  );
}

function Row({ one, onOpen }: { readonly one: MyRequest; readonly onOpen: () => void }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const filed = t('open.mine.filed', { when: whenText(t, locale, one.filedAt, now) });
  return (
    <li>
      <button type="button" className="row" onClick={onOpen}>
        <b>{one.title}</b>
        <PhaseMark phase={one.phase} text={one.asks ? t('open.mine.asks') : one.phaseText} />
        <small>
          {one.late && <span className="late">{t('open.mine.late')} · </span>}
          {[one.place, filed].filter(Boolean).join(' · ')}
        </small>
      </button>
    </li>
  );
}
