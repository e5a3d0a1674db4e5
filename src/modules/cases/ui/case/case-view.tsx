import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { PageSkeleton } from '../../../../platform/web/office/states.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { caseDetail } from '../queries.ts';
import { ActionPanel } from '../steps/action-panel.tsx';
import { Asked } from './asked.tsx';
import { CaseHead } from './case-head.tsx';
import { InCharge } from './in-charge.tsx';
import { CasePanels } from './panels.tsx';
import { RequesterCard } from './requester.tsx';
import { Timeline } from './timeline.tsx';

/** Everything about one case; nothing essential is behind a tab. */
export function CaseView({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(caseDetail(id));
  useTitle(data && `${data.number} ${data.title}`);
  if (isPending) return <PageSkeleton />;
  if (data === undefined) {
    return (
      <div className="page">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const about = { caseId: id, state: data.state, version: data.version };
  return (
    <article className="case" aria-labelledby={`title-${id}`}>
      <div className="case-grid">
        <CaseHead view={data} titleId={`title-${id}`} />
        <Asked view={data} />
        <div className="case-side">
          <ActionPanel view={data} />
          <InCharge view={data} />
          <RequesterCard view={data} />
          <CasePanels place="side" {...about} />
        </div>
        {/* One cell beside the tall column: as cells of their own they would share its height among them. */}
        <div>
          <CasePanels place="before_timeline" {...about} />
          <Timeline view={data} />
        </div>
      </div>
    </article>
  );
}
