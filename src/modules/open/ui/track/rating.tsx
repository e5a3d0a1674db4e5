import { type FormEvent, useRef, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText } from '../../../../platform/web/time.ts';
import type { Progress } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { Choice, Field, focusFirstError, Tick } from '../pieces/field.tsx';
import { FormProblem } from '../pieces/problem.tsx';
import { Face } from './face.tsx';
import { useStep } from './use-step.ts';

type Solved = NonNullable<Progress['rating']>['solved'];
type Satisfaction = NonNullable<Progress['rating']>['satisfaction'];

export type StepPartProps = {
  readonly progress: Progress;
  readonly token: string;
  readonly onChange: (next: Progress) => void;
};

const SOLVED: readonly Solved[] = ['solved', 'partly', 'unsolved'];
const SATISFACTION: readonly Satisfaction[] = ['satisfied', 'basically', 'unsatisfied'];

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
  const [solved, setSolved] = useState<Solved | null>(null);
  const [satisfaction, setSatisfaction] = useState<Satisfaction | null>(null);
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState(true);
  const [tried, setTried] = useState(false);
  const step = useStep((next) => {
    onChange(next);
    announce(t('open.rate.sent'));
  });
  const needsReason = solved === 'unsolved' || solved === 'partly';
  const canReopen = needsReason && progress.can.reopen.allowed;
  const reopen = canReopen && again;
  const missing = {
    solved: solved === null ? t('open.rate.missing_solved') : undefined,
    satisfaction: solved !== null && satisfaction === null ? t('open.rate.missing_satisfaction') : undefined,
    reason: needsReason && reason.trim() === '' ? t('open.rate.reason_needed') : undefined,
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (solved === null || satisfaction === null || missing.reason) return focusFirstError(form.current);
    step.run((idempotencyKey) =>
      call(api.rate, { token, idempotencyKey, body: { solved, satisfaction, reason, reopen } }),
    );
  };
  const until = progress.can.rate.until;
  return (
    <section className="ask" aria-labelledby="ask">
      <h2 id="ask" tabIndex={-1}>
        {t('open.rate.title')}
      </h2>
      {until && <p className="soft">{t('open.rate.until', { by: byText(t, locale, until, now) })}</p>}
      <form ref={form} onSubmit={onSubmit} noValidate>
        <Choice
          legend={t('open.rate.title')}
          legendHidden
          look="tiles"
          value={solved}
          onChange={setSolved}
          error={tried ? missing.solved : undefined}
          options={SOLVED.map((value) => ({
            value,
            label: (
              <>
                <Face mood={value} />
                {t(`open.rate.${value}`)}
              </>
            ),
          }))}
        />
        {solved !== null && (
          <>
            <Choice
              legend={t('open.rate.satisfaction')}
              look="tiles"
              value={satisfaction}
              onChange={setSatisfaction}
              error={tried ? missing.satisfaction : undefined}
              options={SATISFACTION.map((value) => ({ value, label: t(`open.rate.${value}`) }))}
            />
            <Field
              label={t('open.rate.reason')}
              hint={t('open.rate.reason_hint')}
              optional={!needsReason}
              error={tried ? missing.reason : undefined}
            >
              {(control) => (
                <textarea
                  {...control}
                  rows={3}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
            {canReopen && (
              <Tick
                label={t('open.rate.reopen')}
                hint={t('open.rate.reopen_hint')}
                checked={again}
                onChange={setAgain}
              />
            )}
          </>
        )}
        <FormProblem text={step.problem} />
        {solved !== null && (
          <button type="submit" className="button button-primary button-large" aria-disabled={step.busy}>
            {t(step.busy ? 'open.rate.sending' : 'open.rate.send')}
          </button>
        )}
      </form>
    </section>
  );
}
