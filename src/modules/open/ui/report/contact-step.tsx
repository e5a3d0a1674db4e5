import { Link } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { Field, Tick } from '../pieces/field.tsx';
import type { StepProps } from './step-frame.tsx';

/** Name and phone for whoever wants to be reached, and what a person decides about them. */
export function ContactStep({ draft, change, complaint }: StepProps) {
  const { t } = useTexts();
  return (
    <>
      <p>{t('open.report.contact_why')}</p>
      <p className="soft">
        {t('open.privacy_short')} <Link href="/privacy">{t('open.privacy')}</Link>
      </p>
      <Field label={t('open.report.name')} optional>
        {(control) => (
          <input
            {...control}
            type="text"
            value={draft.name}
            maxLength={50}
            autoComplete="name"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('open.report.phone')} hint={t('open.report.phone_hint')} error={complaint('phone')} optional>
        {(control) => (
          <input
            {...control}
            type="tel"
            inputMode="tel"
            value={draft.phone}
            maxLength={30}
            autoComplete="tel"
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <Tick
        label={t('open.report.anonymous')}
        hint={t('open.report.anonymous_hint')}
        checked={draft.anonymous}
        onChange={(anonymous) => change({ anonymous })}
      />
      {draft.classSensitive && (
        <Tick
          label={t('open.report.sensitive')}
          hint={t('open.report.sensitive_hint')}
          error={complaint('sensitive')}
          checked={draft.sensitiveConsent}
          onChange={(sensitiveConsent) => change({ sensitiveConsent })}
        />
      )}
      <Tick
        label={t('open.report.publish')}
        hint={t('open.report.publish_hint')}
        checked={draft.publish}
        onChange={(publish) => change({ publish })}
      />
    </>
  );
}
