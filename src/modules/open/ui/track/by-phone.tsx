import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { Field, focusFirstError } from '../pieces/field.tsx';
import { Page } from '../pieces/page.tsx';
import { FormProblem, problemText } from '../pieces/problem.tsx';
import { Ways } from './ways.tsx';

/** A code by text message proves the phone; then all that was filed with it can be opened. */
export function ByPhone() {
  const { t } = useTexts();
  const ended = new URLSearchParams(useSearch()).has('ended');
  const [phone, setPhone] = useState('');
  const codes = useCodes();
  return (
    <Page title={t('open.track.title')} back="/">
      <Ways here="phone" />
      {ended && <p className="notice">{t('open.mine.ended')}</p>}
      {codes.minutes === null ? (
        <AskCode phone={phone} onPhone={setPhone} codes={codes} />
      ) : (
        <EnterCode phone={phone} minutes={codes.minutes} codes={codes} />
      )}
    </Page>
  );
}

type Codes = ReturnType<typeof useCodes>;

/** Asks for codes: how long the last one works, how long until another may be asked for. */
function useCodes() {
  const texts = useTexts();
  const [minutes, setMinutes] = useState<number | null>(null);
  const [wait, setWait] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);

  const ask = (phone: string) => {
    if (busy || wait > 0) return;
    setBusy(true);
    setProblem(undefined);
    call(api.askPhoneCode, { body: { phone } })
      .then(
        ({ lifeSeconds, resendSeconds }) => {
          const life = Math.round(lifeSeconds / 60);
          setMinutes(life);
          setWait(resendSeconds);
          announce(texts.t('open.phone.sent', { minutes: life }));
        },
        (error: unknown) => {
          setProblem(problemText(texts, error));
          if (isProblem(error, 'requesters.code_too_often')) setWait(Number(error.details.seconds ?? 60));
        },
      )
      .finally(() => setBusy(false));
  };
  const change = () => {
    setMinutes(null);
    setProblem(undefined);
  };
  return { minutes, wait, busy, problem, ask, change };
}

type AskProps = { readonly phone: string; readonly onPhone: (phone: string) => void; readonly codes: Codes };

function AskCode({ phone, onPhone, codes }: AskProps) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const wrong = phone.normalize('NFKC').replace(/\D/g, '').length < 11;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) focusFirstError(form.current);
    else codes.ask(phone);
  };
  return (
    <form ref={form} onSubmit={onSubmit} noValidate>
      <Field
        label={t('open.phone.phone')}
        hint={t('open.phone.phone_hint')}
        error={tried && wrong ? t('open.phone.phone_wrong') : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="tel"
            autoComplete="tel"
            value={phone}
            maxLength={30}
            onChange={(event) => onPhone(event.target.value)}
          />
        )}
      </Field>
      <FormProblem text={codes.problem} />
      <button type="submit" className="button button-primary button-large" aria-disabled={codes.busy || codes.wait > 0}>
        {codes.wait > 0
          ? t('open.phone.again_in', { n: codes.wait })
          : t(codes.busy ? 'open.phone.sending' : 'open.phone.send')}
      </button>
    </form>
  );
}

type EnterProps = { readonly phone: string; readonly minutes: number; readonly codes: Codes };

function EnterCode({ phone, minutes, codes }: EnterProps) {
  const texts = useTexts();
  const { t } = texts;
  const [, go] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  // He just asked for the code and waits to type it.
  useEffect(() => input.current?.focus(), []);
  const [problem, setProblem] = useState<string>();
  const missing = code.normalize('NFKC').replace(/\D/g, '').length !== 6;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) return focusFirstError(form.current);
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    call(api.openSession, { body: { phone, code } }).then(
      () => go('/mine'),
      (error: unknown) => {
        setProblem(problemText(texts, error));
        setBusy(false);
      },
    );
  };
  return (
    <form ref={form} onSubmit={onSubmit} noValidate>
      <p className="notice">{t('open.phone.sent', { minutes })}</p>
      <Field label={t('open.phone.code')} error={tried && missing ? t('open.phone.code_missing') : undefined}>
        {(control) => (
          <input
            {...control}
            ref={input}
            type="text"
            inputMode="numeric"
            autoComplete="one-time-code"
            className="num"
            maxLength={10}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <FormProblem text={problem ?? codes.problem} />
      <button type="submit" className="button button-primary button-large" aria-disabled={busy}>
        {t(busy ? 'open.track.opening' : 'open.phone.open')}
      </button>
      <div className="actions">
        <button type="button" className="button" aria-disabled={codes.wait > 0} onClick={() => codes.ask(phone)}>
          {codes.wait > 0 ? t('open.phone.again_in', { n: codes.wait }) : t('open.phone.again')}
        </button>
        <button type="button" className="button" onClick={codes.change}>
          {t('open.phone.change')}
        </button>
      </div>
    </form>
  );
}
