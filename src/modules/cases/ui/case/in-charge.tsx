import { useTexts } from '../../../../platform/web/i18n.tsx';
import { officeName, officeShort } from '../parts/names.ts';
import type { CaseDetail } from '../queries.ts';

/** Who is in charge: first receiver, lead, assisting offices, who waits for whom, who verified. */
export function InCharge({ view }: { view: CaseDetail }) {
  const { t, locale } = useTexts();
  const verifier = view.timeline.findLast((entry) => ['verification_begun', 'verified'].includes(entry.kind));
  return (
    <section className="card" aria-labelledby="charge-title">
      <h2 id="charge-title">{t('cases.ui.in_charge')}</h2>
      <dl className="pairs">
        <dt>{t('cases.ui.first_receiver')}</dt>
        <dd>{officeName(locale, view.firstReceiver)}</dd>
        <dt>{t('cases.ui.lead')}</dt>
        <dd>
          {view.lead ? officeName(locale, view.lead) : <span className="soft">{t('cases.ui.no_lead')}</span>}
          {view.designated && <span className="chip">{t('cases.ui.designated')}</span>}
        </dd>
        {view.assists.length > 0 && (
          <>
            <dt>{t('cases.ui.assists')}</dt>
            <dd>{view.assists.map((one) => officeName(locale, one)).join(t('cases.ui.list_comma'))}</dd>
          </>
        )}
        {view.closedAt === null && (
          <>
            <dt>{t('cases.ui.now_with')}</dt>
            <dd>{officeName(locale, view.responsible)}</dd>
          </>
        )}
        {verifier && (
          <>
            <dt>{t('cases.ui.verifier')}</dt>
            <dd>
              {verifier.organisation && officeShort(locale, verifier.organisation)} {verifier.actor.name}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
