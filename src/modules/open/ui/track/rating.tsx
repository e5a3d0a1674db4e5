import { type FormEvent, useRef } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText } from '../../../../platform/web/time.ts';
import type { Progress } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { focusFirstError } from '../pieces/field.tsx';
import { FormProblem } from '../pieces/problem.tsx';
import { AskingFields, useAsking } from './asking.tsx';
import { Face } from './face.tsx';
import { useStep } from './use-step.ts';

export type StepPartProps = {
  readonly progress: Progress;
  readonly token: string;
  readonly onChange: (next: Progress) => void;
};

/** Was it solved? Three faces with words; then how satisfied and why. Only the requester is asked. */
export function Rating({ progress, token, onChange }: StepPartProps) {
  if (progress.can.rate.allowed) return <Ask progress={progress} token={token} onChange={onChange} />;
  if (progress.rating) return <Said rating={progress.rating} />;
  return null;
}

function Said({ rating }: { readonly rating: NonNullable<Progress['rating']> }) {
  const { t } = useTexts();
  return (
    <section className="rating-said" aria-labelledby="rated">
      <h2 id="rated">{t('open.rate.yours')}</h2>
      <p>
        <Face mood={rating.solved} /> {t(`open.rate.${rating.solved}`)} · {t(`open.rate.${rating.satisfaction}`)}
      </p>
      {rating.reason && <p className="said">{rating.reason}</p>}
    </section>
  );
}

function Ask({ progress, token, onChange }: StepPartProps) {
  const { t, locale } = useTexts();
  const now = useNow();
  const form = useRef<HTMLFormElement>(null);
  const asking = useAsking(progress.can.reopen.allowed);
  const step = useStep((next) => {
    onChange(next);
    announce(t('open.rate.sent'));
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const body = asking.take();
    if (body === null) return focusFirstError(form.current);
    step.run((idempotencyKey) => call(api.rate, { token, idempotencyKey, body }));
  };
  const until = progress.can.rate.until;
  return (
    <section className="ask" aria-labelledby="ask">
      <h2 id="ask" tabIndex={-1}>
        {t('open.rate.title')}
      </h2>
      {until && <p className="soft">{t('open.rate.until', { by: byText(t, locale, until, now) })}</p>}
      <form ref={form} onSubmit={onSubmit} noValidate>
        <AskingFields asking={asking} legendHidden />
        <FormProblem text={step.problem} />
        {asking.solved !== null && (
          <button type="submit" className="button button-primary button-large" aria-disabled={step.busy}>
            {t(step.busy ? 'open.rate.sending' : 'open.rate.send')}
          </button>
        )}
      </form>
    </section>
  );
}
