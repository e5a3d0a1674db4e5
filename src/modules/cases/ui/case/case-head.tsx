import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { Moment } from '../../../../platform/web/office/moment.tsx';
import { exactTime } from '../../../../platform/web/time.ts';
import { classPath } from '../parts/names.ts';
import { LaneTag, StateTag, UrgentTag } from '../parts/tags.tsx';
import type { CaseDetail } from '../queries.ts';
import { Clocks } from './clocks.tsx';

type Props = { readonly view: CaseDetail; readonly titleId: string };

/** Number, state, lane, class and way in; the title; the two clocks. */
export function CaseHead({ view, titleId }: Props) {
  const { t, locale } = useTexts();
  return (
    <header className="case-head">
      <p className="chips">
        <span className="num">{view.number}</span>
        <StateTag state={view.state} />
        <UrgentTag urgency={view.urgency} />
        <LaneTag lane={view.lane} />
        <span className="chip">{classPath(locale, view.class, view.classParent)}</span>
        {view.sensitivity !== 'normal' && (
          <span className="chip urgent">{t(`cases.ui.sensitivity.${view.sensitivity}`)}</span>
        )}
        {view.settledOnSpot && <span className="chip">{t('cases.ui.settled_on_spot')}</span>}
        {view.publicState === 'released' && <span className="chip">{t('cases.ui.released')}</span>}
        <span className="soft">
          {t(`cases.ui.channel.${view.channel}`)}
          {' · '}
          <Moment at={view.openedAt} />
        </span>
      </p>
      <h1 id={titleId}>{view.title}</h1>
      <Ending view={view} />
      <Clocks view={view} />
    </header>
  );
}

/** How it ended, or into what it was merged. */
function Ending({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  return (
    <>
      {view.closure !== null && (
        <p className="ending">
          {t('cases.ui.closed_how', { closure: t(`cases.closure.${view.closure}`) })}
          {view.solved !== null && <> · {t(`cases.ui.solved.${view.solved}`)}</>}
          {view.satisfaction !== null && <> · {t(`cases.ui.satisfaction.${view.satisfaction}`)}</>}
          {view.closedAt !== null && (
            <small title={exactTime(view.closedAt)}> {exactTime(view.closedAt).slice(0, 16)}</small>
          )}
        </p>
      )}
      {view.master !== null && (
        <p className="ending">
          {t('cases.ui.merged_into')}{' '}
          <Link to="/cases/$id" params={{ id: view.master.id }} className="num">
            {view.master.number}
          </Link>
        </p>
      )}
      {view.merged.length > 0 && (
        <p className="ending">
          {t('cases.ui.holds_duplicates', { n: view.merged.length })}{' '}
          {view.merged.map((one) => (
            <Link key={one.id} to="/cases/$id" params={{ id: one.id }} className="num">
              {one.number}{' '}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}
