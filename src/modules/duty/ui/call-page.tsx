import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { whenText } from '../../../platform/web/time.ts';
import { AreaMap } from '../../areas/ui/public.ts';
import { casesChanged } from '../../cases/ui/index.ts';
import { type OfficeAction, steps } from '../contract.ts';
import { CallDialog } from './call-dialog.tsx';
import './duty.css';
import { type CallView, officeName, oneCall } from './queries.ts';
import { dutyUiTexts } from './texts.ts';

/** One call on a phone: what and where, what runs, and the one large button that is next. */
export function CallPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return (
    <MoreTexts texts={dutyUiTexts}>
      <Page key={id} id={id} />
    </MoreTexts>
  );
}

/** Steps that ask nothing but the press itself, and where one stands. */
const AT_ONCE = ['acknowledge', 'arrive'];

function Page({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(oneCall(id));
  const [chosen, setChosen] = useState<OfficeAction | null>(null);
  useTitle(data ? `${t('duty.ui.title')} ${data.title}` : undefined);
  if (isPending) return <PageSkeleton />;
  if (data === undefined) {
    return (
      <div className="page">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['duty'] });
    await casesChanged(queries, new Set([data.caseId]));
  };
  return (
    <article className="page duty duty-page" aria-labelledby="duty-title">
      <header className="card">
        <p className="duty-line">
          <span className="chip">{t(`duty.ui.state.${data.state}`)}</span>
          <span className="soft">{data.team.name}</span>
          <Moment at={data.sentAt} className="num soft" />
        </p>
        <h1 id="duty-title">{data.title}</h1>
        <p>{data.place.path.join(' ')}</p>
        {data.seesCase ? (
          <Link to="/cases/$id" params={{ id: data.caseId }}>
            {t('duty.ui.case', { number: data.caseNumber })}
          </Link>
        ) : (
          <span className="soft">{t('duty.ui.case', { number: data.caseNumber })}</span>
        )}
      </header>
      <Next view={data} onDone={done} onChoose={setChosen} />
      <Clocks view={data} />
      <section className="card" aria-label={t('duty.ui.place')}>
        <AreaMap code={data.place.areaCode.slice(0, 12)} point={data.place.point} height="16rem" />
      </section>
      <Line view={data} />
      <Steps view={data} />
      {chosen && <CallDialog view={data} action={chosen} onDone={done} onClose={() => setChosen(null)} />}
    </article>
  );
}

type NextProps = {
  readonly view: CallView;
  readonly onDone: () => Promise<unknown>;
  readonly onChoose: (action: OfficeAction) => void;
};

function Next({ view, onDone, onChoose }: NextProps) {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const [refused, setRefused] = useState(false);
  const allowed = view.actions.filter((one) => one.allowed).map((one) => one.action as OfficeAction);
  if (allowed.length === 0) return null;
  const press = (action: OfficeAction) => {
    if (!AT_ONCE.includes(action)) return onChoose(action);
    void run(async () => {
      const point = action === 'arrive' ? await position().catch(() => null) : null;
      setRefused(action === 'arrive' && point === null);
      if (action === 'arrive' && point === null) return;
      const body = { expectedVersion: view.version, ...(point ? { point } : {}) };
      await call(steps[action], { params: { id: view.id }, body });
      await onDone();
    });
  };
  const [main, ...others] = allowed;
  return (
    <section className="card duty-next">
      {main && (
        <Button type="primary" size="large" block loading={running} onClick={() => press(main)}>
          {t(`duty.ui.action.${main}`)}
        </Button>
      )}
      {main === 'arrive' && <p className="soft">{t('duty.ui.arrive_about', { radius: view.radius })}</p>}
      <p role="alert">{refused && t('duty.ui.arrive_refused')}</p>
      <ErrorNotice error={error} />
      <div className="duty-actions">
        {others.map((action) => (
          <Button key={action} danger={action === 'stand_down'} onClick={() => press(action)}>
            {t(`duty.ui.action.${action}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function position(): Promise<{ lon: number; lat: number }> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      reject,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  });
}

function Clocks({ view }: { readonly view: CallView }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <section className="card" aria-labelledby="duty-clocks">
      <h2 id="duty-clocks">{t('duty.ui.clocks')}</h2>
      <dl className="duty-pairs">
        {view.clocks.map((one) => (
          <div key={one.name}>
            <dt>{t(`duty.ui.clock.${one.name}`)}</dt>
            <dd className={one.late ? 'duty-late' : undefined}>
              {one.doneAt !== null &&
                t(one.late ? 'duty.ui.done_late' : 'duty.ui.done_at', { at: whenText(t, locale, one.doneAt, now) })}
              {one.doneAt === null && view.endedAt === null && <TimeLeft start={view.sentAt} due={one.dueAt} />}
              {one.doneAt === null && view.endedAt !== null && t('duty.ui.not_needed')}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Line({ view }: { readonly view: CallView }) {
  const { t, locale } = useTexts();
  if (view.line.length === 0) return null;
  return (
    <section className="card" aria-labelledby="duty-line">
      <h2 id="duty-line">{t('duty.ui.line')}</h2>
      <ol className="duty-line-up">
        {view.line.map((one) => (
          <li key={one.postId}>
            {officeName(locale, one.organisation)} {one.name}
            {one.reached && <span className="chip">{t('duty.ui.reached')}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Steps({ view }: { readonly view: CallView }) {
  const { t, locale } = useTexts();
  return (
    <section className="card" aria-labelledby="duty-steps">
      <h2 id="duty-steps">{t('duty.ui.steps')}</h2>
      <ol className="duty-steps">
        {view.timeline.map((entry) => (
          <li key={entry.seq}>
            <Moment at={entry.at} className="num soft" />
            <div>
              <p>
                {t(`cases.ui.event.joint_${entry.step}`, {
                  office: entry.organisation ? officeName(locale, entry.organisation) : '',
                })}
                {entry.person && <span className="soft"> · {entry.person}</span>}
              </p>
              {Object.values(entry.texts).map((words) => (
                <p key={words} className="said">
                  {words}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
