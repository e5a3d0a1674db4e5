import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { currentTime } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { monthFigures, officeName } from './queries.ts';

/** Below this a share says nothing, so it is not shown. */
const ENOUGH = 10;

/** Both sides of a month: how those called came, and how towns whistled. */
export function FiguresPane(props: { readonly month: string | undefined; readonly onMonth: (month: string) => void }) {
  const { t, locale } = useTexts();
  const month = props.month ?? dayOf(currentTime()).slice(0, 7);
  const { data, error, isPending, refetch } = useQuery(monthFigures(month));
  const share = ({ due, inTime }: { due: number; inTime: number }) =>
    due < ENOUGH
      ? `${inTime}/${due}（${t('joint.ui.figures.few')}）`
      : `${Math.round((inTime / due) * 100)}%（${inTime}/${due}）`;
  const marks = ({ good, fair, poor }: { good: number; fair: number; poor: number }) => `${good}/${fair}/${poor}`;
  return (
    <>
      <p className="joint-month">
        {t('joint.ui.figures.month')}{' '}
        <Input
          type="month"
          aria-label={t('joint.ui.figures.month')}
          value={month}
          onChange={(event) => event.target.value && props.onMonth(event.target.value)}
        />
      </p>
      <p className="soft">{t('joint.ui.figures.about', { month })}</p>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <RowSkeletons />}
      {data && data.reporters.length === 0 && data.whistlers.length === 0 && (
        <EmptyState title={t('joint.ui.figures.none')} />
      )}
      {data && data.reporters.length > 0 && (
        <FigureTable
          title={t('joint.ui.figures.reporters')}
          heads={['called', 'answers', 'arrivals', 'parts', 'refused', 'marks', 'effects']}
          rows={data.reporters.map((one) => [
            officeName(locale, one.organisation),
            String(one.called),
            share(one.answers),
            share(one.arrivals),
            share(one.parts),
            `${one.refused} / ${one.overruled}`,
            marks(one.timeliness),
            marks(one.results),
          ])}
        />
      )}
      {data && data.whistlers.length > 0 && (
        <FigureTable
          title={t('joint.ui.figures.whistlers')}
          heads={['whistles', 'per_whistle', 'cancelled', 'excused', 'justified', 'needed']}
          rows={data.whistlers.map((one) => [
            officeName(locale, one.organisation),
            String(one.whistles),
            (one.called / one.whistles).toFixed(1),
            `${one.cancelled} / ${one.cancelledLate}`,
            String(one.excused),
            share({ due: one.judged, inTime: one.justified }),
            share({ due: one.judged, inTime: one.needed }),
          ])}
        />
      )}
    </>
  );
}

type TableProps = {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

function FigureTable({ title, heads, rows }: TableProps) {
  const { t } = useTexts();
  return (
    <section className="card">
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className="joint-table" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {['organisation', ...heads].map((head) => (
                <th key={head} scope="col">
                  {t(`joint.ui.figures.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={heads[index]} className="num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
