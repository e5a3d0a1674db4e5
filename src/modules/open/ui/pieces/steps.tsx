import type { ReactNode } from 'react';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText } from '../../../../platform/web/time.ts';
import type { ProgressStep } from '../../contract.ts';
import { When } from './moment.tsx';

type Props = { readonly steps: readonly ProgressStep[]; readonly files: (step: ProgressStep) => ReactNode };

/** A vertical line of steps like a parcel's; the answer to the person stands out. */
export function Steps({ steps, files }: Props) {
  const { t } = useTexts();
  return (
    <ol className="track">
      {steps.map((step) => (
        <li key={step.id} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="sr-only">{t(`open.case.${step.state}`)} </span>
          <span className="step-title">{step.title}</span>
          <StepTime step={step} />
          {step.note && <p className="step-note">{step.note}</p>}
          {step.answer ? (
            <div className="answer">
              <p>{step.answer.text}</p>
              {files(step)}
              {step.answer.office && <small>{step.answer.office}</small>}
            </div>
          ) : (
            files(step)
          )}
          {step.elsewhere && <Elsewhere {...step.elsewhere} />}
        </li>
      ))}
    </ol>
  );
}

/** Whom to turn to instead, with a number to tap or an address to go to. */
function Elsewhere({ name, phone, address }: NonNullable<ProgressStep['elsewhere']>) {
  const { t } = useTexts();
  return (
    <p className="elsewhere">
      {t('open.case.turn_to')} <b>{name}</b>
      {phone && (
        <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className="elsewhere-phone">
          {phone}
        </a>
      )}
      {address && <span>{address}</span>}
    </p>
  );
}

function StepTime({ step }: { readonly step: ProgressStep }) {
  const { t, locale } = useTexts();
  const now = useNow();
  if (step.at !== null) {
    return (
      <span className="step-time">
        <When at={step.at} />
      </span>
    );
  }
  if (step.dueAt === null) return null;
  return (
    <span className={step.late ? 'step-time late' : 'step-time'}>
      {step.late && `${t('open.case.step_late')} · `}
      {t('open.case.step_due', { by: byText(t, locale, step.dueAt, now) })}
    </span>
  );
}
