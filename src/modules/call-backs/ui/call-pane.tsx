import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { format } from '../../../platform/i18n/texts.ts';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { clockOf, toDate, whenText } from '../../../platform/web/time.ts';
import { claimCallBack, releaseCallBack, showNumber } from '../contract.ts';
import { OutcomeForm } from './outcome-form.tsx';
import { type CallBackDetail, callBackDetail } from './queries.ts';
import { saidText } from './said.ts';

type Props = { readonly id: string; readonly narrow: boolean; readonly onLeave: () => void };

/** One call: what it is about, the number for whoever took it on, what to say, and what came of it. */
export function CallPane({ id, narrow, onLeave }: Props) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(callBackDetail(id));
  const renew = () => queries.invalidateQueries({ queryKey: ['call-backs'] });
  if (isPending) return <PageSkeleton />;
  return (
    <article className="card call-pane">
      {narrow && (
        <Button type="link" onClick={onLeave}>
          ‹ {t('call-backs.ui.back')}
        </Button>
      )}
      {data === undefined ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <About detail={data} />
          {data.row.state === 'open' ? <Calling detail={data} onChange={renew} /> : <Ended detail={data} />}
          <Attempts detail={data} />
        </>
      )}
    </article>
  );
}

function About({ detail: { row, body, result, note } }: { readonly detail: CallBackDetail }) {
  const { t } = useTexts();
  return (
    <>
      <h2>{row.case.title}</h2>
      <p className="call-facts">
        <span className="num">{row.case.number}</span>
        <span className="chip">{t(`call-backs.ui.timing.${row.timing}`)}</span>
        <Link to="/cases/$id" params={{ id: row.case.id }}>
          {t('call-backs.ui.open_case')}
        </Link>
      </p>
      <p className="call-asked">{body}</p>
      <h3>{t('call-backs.ui.result')}</h3>
      <p className="call-answer">{result ?? t('call-backs.ui.no_result')}</p>
      {note && (
        <p className="call-note">
          <b>{t('call-backs.ui.note')}</b> {note}
        </p>
      )}
    </>
  );
}

type CallingProps = { readonly detail: CallBackDetail; readonly onChange: () => Promise<unknown> };

function Calling({ detail, onChange }: CallingProps) {
  const { t } = useTexts();
  const now = useNow();
  const { running, error, run } = useRun(true);
  const { row } = detail;
  const params = { id: row.case.id };
  const live = row.claim !== null && toDate(row.claim.until) > now;
  if (!live || !row.claim?.mine) {
    return (
      <>
        {live && <p role="status">{t('call-backs.ui.claimed_by_other')}</p>}
        <Button
          type="primary"
          block
          className="act"
          loading={running}
          disabled={live}
          onClick={() => void run(() => call(claimCallBack, { params }).then(onChange))}
        >
          {t('call-backs.ui.claim')}
        </Button>
        <ErrorNotice error={error} />
      </>
    );
  }
  return (
    <>
      <p className="call-held">
        <span>{t('call-backs.ui.claimed', { until: clockOf(row.claim.until) })}</span>
        <Button
          size="small"
          loading={running}
          onClick={() => void run(() => call(releaseCallBack, { params }).then(onChange))}
        >
          {t('call-backs.ui.leave')}
        </Button>
      </p>
      <ErrorNotice error={error} />
      <NumberOf id={row.case.id} until={row.claim.until} />
      <Script detail={detail} />
      <OutcomeForm detail={detail} onDone={onChange} />
    </>
  );
}

type Shown = { readonly name: string | null; readonly phone: string | null };

/** The number, asked for by a press and gone with the claim; nothing of it is kept in the page's store. */
function NumberOf({ id, until }: { readonly id: string; readonly until: string }) {
  const { t } = useTexts();
  const [shown, setShown] = useState<Shown | null>(null);
  const { running, error, run } = useRun(true);
  useEffect(() => {
    const left = toDate(until).getTime() - Date.now();
    const timer = setTimeout(() => setShown(null), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [until]);
  return (
    <div className="call-number">
      {shown ? (
        <p role="status">
          {shown.name ?? t('call-backs.ui.name_unknown')}{' '}
          {shown.phone && (
            <a href={`tel:${shown.phone}`} className="num">
              {shown.phone}
            </a>
          )}
        </p>
      ) : (
        <Button
          loading={running}
          className="act"
          onClick={() => void run(() => call(showNumber, { params: { id } }).then(setShown))}
        >
          {t('call-backs.ui.show_number')}
        </Button>
      )}
      <p className="soft small">{t('call-backs.ui.number_about')}</p>
      <ErrorNotice error={error} />
    </div>
  );
}

function Script({ detail: { row, script } }: { readonly detail: CallBackDetail }) {
  const { t, locale } = useTexts();
  const english = locale === 'en';
  const values = {
    title: row.case.title,
    number: row.case.number,
    office: row.office ? (english ? row.office.nameEn : row.office.name) : '',
  };
  return (
    <blockquote className="script" aria-label={t('call-backs.ui.script')}>
      <p>{format(english ? script.openingEn : script.openingZh, values)}</p>
      <p>{format(english ? script.closingEn : script.closingZh, values)}</p>
    </blockquote>
  );
}

function Ended({ detail: { row } }: { readonly detail: CallBackDetail }) {
  const { t } = useTexts();
  return (
    <p className="call-facts" role="status">
      <span className={`chip ${row.state}`}>{t(`call-backs.ui.state.${row.state}`)}</span>
      {row.said && <b>{saidText(t, row.said)}</b>}
      {row.answeredBy && <span className="soft">{t(`call-backs.ui.by.${row.answeredBy}`)}</span>}
    </p>
  );
}

function Attempts({ detail: { attempts, missed, needed, row } }: { readonly detail: CallBackDetail }) {
  const { t, locale } = useTexts();
  const now = useNow();
  if (attempts.length === 0) return null;
  return (
    <section aria-labelledby={`attempts-${row.case.id}`}>
      <h3 id={`attempts-${row.case.id}`}>{t('call-backs.ui.attempts')}</h3>
      <ol className="call-attempts">
        {attempts.map((attempt) => (
          <li key={attempt.at}>
            <Moment at={attempt.at} /> {t(`call-backs.ui.outcome.${attempt.outcome}`)}
            {attempt.caller && <span className="soft"> {attempt.caller}</span>}
            {attempt.nextAt && row.state === 'open' && (
              <span className="soft">
                {' '}
                {t('call-backs.ui.next', { when: whenText(t, locale, attempt.nextAt, now) })}
              </span>
            )}
          </li>
        ))}
      </ol>
      {missed.tries > 0 && row.state === 'open' && (
        <p className="soft small">
          {t('call-backs.ui.missed', {
            ...missed,
            neededTries: needed.tries,
            neededDays: needed.days,
            neededParts: needed.parts,
          })}
        </p>
      )}
    </section>
  );
}
