import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { PageSkeleton } from '../../../../platform/web/office/states.tsx';
import { numberText } from '../../../../platform/web/time.ts';
import { type AreaDetail, exportAreas } from '../../contract.ts';
import { AreaMap } from '../area-map.tsx';
import { ActionDialog, type AreaAction, actionsOf } from './area-actions.tsx';
import type { AreasSearch } from './search.ts';
import { ChildTable } from './child-table.tsx';
import { saveText } from './files.ts';
import { area } from './queries.ts';

type Props = { readonly code: string; readonly search: AreasSearch };

/** One area: where it lies, what it is, what stands below it, and what an administrator may do with it. */
export function AreaPanel({ code, search }: Props) {
  const [asked, setAsked] = useState<AreaAction | null>(null);
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery(area(code));
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const go = (to: string) => void navigate({ to: '/areas', search: { ...search, code: to } });
  return (
    <article className="areas-detail">
      <Head detail={data} onAsk={setAsked} />
      {data.centre !== null && (
        <section className="areas-card">
          <AreaMap code={code} selected={code} onArea={go} height="22rem" />
        </section>
      )}
      {data.level !== 'micro_grid' && <ChildTable parent={data} search={search} />}
      {asked && <ActionDialog action={asked} detail={data} onClose={() => setAsked(null)} onGo={go} />}
    </article>
  );
}

function Head({ detail, onAsk }: { detail: AreaDetail; onAsk: (asked: AreaAction) => void }) {
  const { t } = useTexts();
  const manages = useMay('areas.manage');
  return (
    <section className="areas-card">
      <div className="areas-head">
        <div>
          <h2>{detail.name}</h2>
          <Path detail={detail} />
        </div>
        <div className="actions">
          <ExportButton code={detail.code} />
          {manages &&
            actionsOf(detail).map(({ action, why }) => (
              <Button
                key={action}
                danger={action === 'close'}
                disabled={why !== null}
                title={why === null ? undefined : t(why)}
                onClick={() => onAsk(action)}
              >
                {t(`areas.ui.do.${action}`)}
              </Button>
            ))}
        </div>
      </div>
      {detail.validTo !== null && <p className="areas-closed">{t('areas.ui.closed_on', { day: detail.validTo })}</p>}
      {detail.provisional && detail.validTo === null && <p className="soft">{t('areas.ui.provisional_about')}</p>}
      <Facts detail={detail} />
    </section>
  );
}

function Path({ detail }: { detail: AreaDetail }) {
  const { t } = useTexts();
  return (
    <p>
      {detail.path.slice(0, -1).map((step) => (
        <span key={step.code}>
          <Link to="/areas" search={{ code: step.code }}>
            {step.name}
          </Link>
          {' / '}
        </span>
      ))}
      {t(`areas.kind.${detail.kind}`)} · <span className="num">{detail.code}</span>
    </p>
  );
}

function Facts({ detail }: { detail: AreaDetail }) {
  const { t, locale } = useTexts();
  const count = (value: number | null) => (value === null ? t('areas.ui.not_given') : numberText(locale, value));
  const boundary = detail.schematic
    ? t('areas.ui.boundary_none')
    : t('areas.ui.boundary_known', { source: detail.attribution ?? t('areas.ui.boundary_unnamed') });
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['official_name', detail.officialName],
    ['since', detail.validFrom],
    ['households', count(detail.households)],
    ['population', count(detail.population)],
    ['boundary', boundary],
    ...(detail.successors.length > 0 ? [['successors', <Refs key="s" areas={detail.successors} />] as const] : []),
    ...(detail.predecessors.length > 0
      ? [['predecessors', <Refs key="p" areas={detail.predecessors} />] as const]
      : []),
  ];
  return (
    <dl className="areas-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`areas.ui.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Refs({ areas }: { areas: AreaDetail['successors'] }) {
  return (
    <ul className="areas-refs">
      {areas.map((one) => (
        <li key={one.code}>
          <Link to="/areas" search={{ code: one.code }}>
            {one.path}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ExportButton({ code }: { code: string }) {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const save = () =>
    run(async () => {
      const { filename, csv } = await call(exportAreas, { params: { code } });
      saveText(filename, csv);
    });
  return (
    <>
      <Button loading={running} onClick={() => void save()}>
        {t('areas.ui.export')}
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}
