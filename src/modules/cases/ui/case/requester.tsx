import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ReasonDialog } from '../../../../platform/web/office/dialogs.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { unmaskRequester } from '../../contract.ts';
import type { CaseDetail } from '../queries.ts';

type Identity = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly mail: string | null;
  readonly visibleSeconds: number;
};

/** The requester, masked; showing who it is asks for a reason and is logged. What was shown goes with the page. */
export function RequesterCard({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  const mayUnmask = useMay('cases.unmask');
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Identity | null>(null);
  const { requester } = view;
  // Shown for a while only; a new look needs a new reason.
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), shown.visibleSeconds * 1000);
    return () => clearTimeout(timer);
  }, [shown]);
  const show = async (reason: string) => {
    setShown(await call(unmaskRequester, { params: { id: view.id }, body: { reason } }));
  };
  return (
    <section className="card" aria-labelledby="requester-title">
      <h2 id="requester-title">{t('cases.ui.requester')}</h2>
      {requester === null ? (
        <p className="soft">{t('cases.ui.requester_unknown')}</p>
      ) : (
        <>
          <dl className="pairs">
            <dt>{t('cases.ui.requester_name')}</dt>
            <dd>{shown?.name ?? (requester.anonymous ? t('cases.ui.anonymous') : (requester.name ?? '—'))}</dd>
            <dt>{t('cases.ui.requester_phone')}</dt>
            <dd className="num">
              {shown?.phone ? <a href={`tel:${shown.phone}`}>{shown.phone}</a> : (requester.phone ?? contactWords())}
            </dd>
            {shown?.mail && (
              <>
                <dt>{t('cases.ui.requester_mail')}</dt>
                <dd>{shown.mail}</dd>
              </>
            )}
          </dl>
          {shown !== null && (
            <p className="soft small">
              {t('cases.ui.unmask_shown', { minutes: Math.round(shown.visibleSeconds / 60) })}{' '}
              <Button size="small" onClick={() => setShown(null)}>
                {t('cases.ui.unmask_hide')}
              </Button>
            </p>
          )}
          {mayUnmask && shown === null && (
            <Button size="small" onClick={() => setAsking(true)}>
              {t('cases.ui.unmask')}
            </Button>
          )}
        </>
      )}
      <p className="soft small">{t(view.publicConsent ? 'cases.ui.consents' : 'cases.ui.no_consent')}</p>
      <ReasonDialog
        open={asking}
        title={t('cases.ui.unmask_title', { number: view.number })}
        explanation={<p>{t('cases.ui.unmask_about')}</p>}
        confirm={t('cases.ui.unmask')}
        onConfirm={show}
        onClose={() => setAsking(false)}
      />
    </section>
  );

  function contactWords(): string {
    return t(requester?.contactable ? 'cases.ui.contact_by_platform' : 'cases.ui.not_contactable');
  }
}
