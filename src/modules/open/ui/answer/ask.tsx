import { type FormEvent, useRef, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { AnswerOf } from '../../../../platform/http/contract.ts';
import type { readLink } from '../../../call-backs/contract.ts';
import { api } from '../endpoints.ts';
import { focusFirstError } from '../pieces/field.tsx';
import { FormProblem, problemText } from '../pieces/problem.tsx';
import { isUnsure } from '../pieces/unsure.ts';
import { AskingFields, useAsking } from '../track/asking.tsx';

export type Asked = AnswerOf<typeof readLink>;

type Props = { readonly code: string; readonly asked: Asked; readonly onDone: (caseState: string) => void };

/** Three faces with words, how satisfied, and why where it is not solved. */
export function AskByLink({ code, asked, onDone }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const form = useRef<HTMLFormElement>(null);
  const asking = useAsking(asked.closed);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef<string>(undefined);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = asking.take();
    if (body === null) return focusFirstError(form.current);
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    key.current ??= randomKey();
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
      <AskingFields asking={asking} />
      <p className="soft">{t('open.answer.once')}</p>
      <FormProblem text={problem} />
      <button type="submit" className="button button-primary button-large" aria-disabled={busy}>
        {t(busy ? 'open.rate.sending' : 'open.rate.send')}
      </button>
    </form>
  );
}
