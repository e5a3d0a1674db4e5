import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { steps } from '../contract.ts';
import { type JointView, officeName } from './queries.ts';

/** The large button for those who were called: records where they stand, when they press it and never by itself. */
export function ArrivalButton({ view, onDone }: { readonly view: JointView; readonly onDone: () => Promise<unknown> }) {
  const { t, locale } = useTexts();
  const { running, error, run } = useRun(true);
  const [refused, setRefused] = useState(false);
  const mine = view.actions.filter((one) => one.action === 'arrive' && one.allowed);
  if (mine.length === 0) return null;
  const arrive = (organisationId: string) =>
    run(async () => {
      const point = await position().catch(() => null);
      setRefused(point === null);
      if (point === null) return;
      const body = { expectedVersion: view.version, organisationId, point };
      await call(steps.arrive, { params: { id: view.id }, body });
      await onDone();
    });
  return (
    <section className="card joint-arrival" aria-label={t('joint.ui.here')}>
      {mine.map(({ organisationId }) => {
        const member = view.members.find((one) => one.organisation.id === organisationId);
        return (
          <Button
            key={organisationId}
            type="primary"
            size="large"
            block
            loading={running}
            onClick={() => void (organisationId && arrive(organisationId))}
          >
            {t('joint.ui.here')}
            {mine.length > 1 && member && ` · ${officeName(locale, member.organisation)}`}
          </Button>
        );
      })}
      <p className="soft">{t('joint.ui.here_about', { radius: view.limits.radius })}</p>
      <p role="status">{running && t('joint.ui.here_finding')}</p>
      <p role="alert">{refused && t('joint.ui.here_refused')}</p>
      <ErrorNotice error={error} />
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
