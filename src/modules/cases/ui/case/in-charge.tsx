import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { CaseDetail } from '../queries.ts';

/** Who is in charge: first receiver, lead, assisting offices, who waits for whom, who verified. */
export function InCharge({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  const verifier = view.timeline.findLast((entry) => ['verification_begun', 'verified'].includes(entry.kind));
  return (
    <section className="card" aria-labelledby="charge-title">
      <h2 id="charge-title">{t('cases.ui.in_charge')}</h2>
      <dl className="pairs">
        <dt>{t('cases.ui.first_receiver')}</dt>
        <dd>{view.firstReceiver.name}</dd>
        <dt>{t('cases.ui.lead')}</dt>
        <dd>
          {view.lead?.name ?? <span className="soft">{t('cases.ui.no_lead')}</span>}
          {view.designated && <span className="chip">{t('cases.ui.designated')}</span>}
        </dd>
        {view.assists.length > 0 && (
          <>
            <dt>{t('cases.ui.assists')}</dt>
            <dd>{view.assists.map((one) => one.name).join(t('cases.ui.list_comma'))}</dd>
          </>
        )}
        {view.closedAt === null && (
          <>
            <dt>{t('cases.ui.now_with')}</dt>
            <dd>{view.responsible.name}</dd>
          </>
        )}
        {verifier && (
          <>
            <dt>{t('cases.ui.verifier')}</dt>
            <dd>
              {verifier.organisation?.shortName} {verifier.actor.name}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
