import { type FormEvent, useRef, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { AnswerOf } from '../../../../platform/http/contract.ts';
import type { readLink } from '../../../call-backs/contract.ts';
import { api } from '../endpoints.ts';
import { Choice, Field, focusFirstError, Tick } from '../pieces/field.tsx';
import { FormProblem, problemText } from '../pieces/problem.tsx';
import { isUnsure } from '../pieces/unsure.ts';
import { Face } from '../track/face.tsx';

export type Asked = AnswerOf<typeof readLink>;

const SOLVED = ['solved', 'partly', 'unsolved'] as const;
const SATISFACTION = ['satisfied', 'basically', 'unsatisfied'] as const;

type Props = { readonly code: string; readonly asked: Asked; readonly onDone: (caseState: string) => void };

/** Three faces with words, how satisfied, and why where it is not solved. */
export function AskByLink({ code, asked, onDone }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [solved, setSolved] = useState<(typeof SOLVED)[number] | null>(null);
  const [satisfaction, setSatisfaction] = useState<(typeof SATISFACTION)[number] | null>(null);
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState(true);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef<string>(undefined);
  const needsReason = solved === 'unsolved' || solved === 'partly';
  const canReopen = needsReason && asked.closed;
  const missing = {
    solved: solved === null ? t('open.rate.missing_solved') : undefined,
    satisfaction: solved !== null && satisfaction === null ? t('open.rate.missing_satisfaction') : undefined,
    reason: needsReason && reason.trim() === '' ? t('open.rate.reason_needed') : undefined,
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (solved === null || satisfaction === null || missing.reason) return focusFirstError(form.current);
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    key.current ??= randomKey();
    const body = { solved, satisfaction, reason, reopen: canReopen && again };
    try {
      const done = await call(api.answerLink, { params: { code }, idempotencyKey: key.current, body });
      onDone(done.caseState);
    } catch (error) {
      // Kept while it is unknown whether the word arrived: a second press does not give it twice.
      if (!isUnsure(error)) key.current = undefined;
      setProblem(problemText(texts, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form ref={form} className="ask" onSubmit={(event) => void send(event)} noValidate>
      <Choice
        legend={t('open.rate.title')}
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
            <Tick label={t('open.rate.reopen')} hint={t('open.rate.reopen_hint')} checked={again} onChange={setAgain} />
          )}
        </>
      )}
      <p className="soft">{t('open.answer.once')}</p>
      <FormProblem text={problem} />
      <button type="submit" className="button button-primary button-large" aria-disabled={busy}>
        {t(busy ? 'open.rate.sending' : 'open.rate.send')}
      </button>
    </form>
  );
}
