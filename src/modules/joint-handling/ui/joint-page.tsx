import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { AreaMap } from '../../areas/ui/public.ts';
import { casesChanged, fileAddress, thumbnailAddress } from '../../cases/ui/index.ts';
import { ActionDialog, type Chosen } from './action-dialog.tsx';
import { ArrivalButton } from './arrival-button.tsx';
import './joint.css';
import { MemberPart } from './member-part.tsx';
import { jointDetail, type JointView, officeName } from './queries.ts';
import { jointUiTexts } from './texts.ts';

/** One joint handling: matter and map, those called with their parts and clocks, what one can do, what happened. */
export function JointPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return (
    <MoreTexts texts={jointUiTexts}>
      <Page key={id} id={id} />
    </MoreTexts>
  );
}

function Page({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(jointDetail(id));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useTitle(data ? `${t('joint.ui.title')} ${data.matter.slice(0, 20)}` : undefined);
  if (isPending) return <PageSkeleton />;
  if (data === undefined) {
    return (
      <div className="page">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['joint'] });
    await casesChanged(queries, new Set([data.caseId]));
  };
  const whole = data.actions.filter((one) => one.organisationId === null);
  return (
    <article className="page joint joint-page" aria-labelledby="joint-title">
      <Head view={data} />
      <ArrivalButton view={data} onDone={done} />
      <section className="card" aria-labelledby="joint-parts">
        <h2 id="joint-parts">{t('joint.ui.parts')}</h2>
        <ul className="joint-parts">
          {data.members.map((member) => (
            <MemberPart key={member.organisation.id} view={data} member={member} onAct={setChosen} />
          ))}
        </ul>
        <Whole actions={whole} onAct={setChosen} />
      </section>
      <Place view={data} />
      <Steps view={data} />
      {chosen && <ActionDialog view={data} chosen={chosen} onDone={done} onClose={() => setChosen(null)} />}
    </article>
  );
}

function Head({ view }: { readonly view: JointView }) {
  const { t, locale } = useTexts();
  return (
    <header className="card">
      <p className="joint-line">
        <span className={`joint-ground ${view.ground}`}>{t(`joint.ui.ground.${view.ground}`)}</span>
        <span className="chip">{t(`joint.ui.state.${view.state}`)}</span>
        <Moment at={view.openedAt} className="num soft" />
      </p>
      <h1 id="joint-title">{view.matter}</h1>
      <dl className="joint-pairs">
        <dt>{t('joint.ui.whistler')}</dt>
        <dd>{officeName(locale, view.whistler)}</dd>
        {view.asker && (
          <>
            <dt>{t('joint.ui.asker')}</dt>
            <dd>{officeName(locale, view.asker)}</dd>
          </>
        )}
        <dt>{t('joint.ui.lead')}</dt>
        <dd>{officeName(locale, view.lead)}</dd>
        <dt>{t('joint.ui.place')}</dt>
        <dd>{[...view.place.path, view.place.text].filter(Boolean).join(' ')}</dd>
      </dl>
      {view.seesCase ? (
        <Link to="/cases/$id" params={{ id: view.caseId }}>
          {t('joint.ui.case', { number: view.caseNumber })}
        </Link>
      ) : (
        <span className="soft">{t('joint.ui.case', { number: view.caseNumber })}</span>
      )}
      {view.centreRating && (
        <p className="soft">
          {t('joint.ui.centre_rated', {
            justified: t(`joint.ui.justified.${view.centreRating.justified}`),
            needed: t(`joint.ui.needed.${view.centreRating.needed}`),
          })}
        </p>
      )}
    </header>
  );
}

type WholeProps = { readonly actions: readonly Chosen[]; readonly onAct: (chosen: Chosen) => void };

/** Steps about the whole; those that are not allowed say why. */
function Whole({ actions, onAct }: WholeProps) {
  const { t } = useTexts();
  if (actions.length === 0) return null;
  return (
    <div className="joint-actions">
      {actions
        .filter((one) => one.allowed)
        .map((one) => (
          <Button
            key={one.action}
            type={one.action === 'close' || one.action === 'confirm' ? 'primary' : 'default'}
            danger={one.action === 'cancel'}
            onClick={() => onAct(one)}
          >
            {t(`joint.ui.action.${one.action}`)}
          </Button>
        ))}
      {actions
        .filter((one) => !one.allowed && one.action === 'close' && one.code === 'joint_handling.parts_open')
        .map((one) => (
          <p key={one.action} className="soft">
            {t(`joint.ui.action.${one.action}`)}：{t(`refusal.${one.code ?? ''}`, one.details)}
          </p>
        ))}
    </div>
  );
}

function Place({ view }: { readonly view: JointView }) {
  const { t } = useTexts();
  const { point, areaCode } = view.place;
  return (
    <section className="card" aria-label={t('joint.ui.place')}>
      <AreaMap code={areaCode.slice(0, 12)} point={point} height="18rem" />
    </section>
  );
}

function Steps({ view }: { readonly view: JointView }) {
  const { t, locale } = useTexts();
  return (
    <section className="card" aria-labelledby="joint-steps">
      <h2 id="joint-steps">{t('joint.ui.steps')}</h2>
      <ol className="joint-steps">
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
              {Object.entries(entry.texts).map(([field, words]) => (
                <p key={field} className="said">
                  <b>{t(`joint.ui.content.${field}`)} </b>
                  {words}
                </p>
              ))}
              {view.seesCase &&
                entry.files
                  .filter((file) => file.image)
                  .map((file, index) => (
                    <a key={file.id} href={fileAddress(file.id)} target="_blank" rel="noreferrer">
                      <img
                        src={thumbnailAddress(file.id)}
                        alt={`${t('joint.ui.field.photos')} ${index + 1}`}
                        width={96}
                      />
                    </a>
                  ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
