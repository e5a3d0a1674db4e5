import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { parseCaseNumber } from '../../../../kit/case-number.ts';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { Field, focusFirstError } from '../pieces/field.tsx';
import { dropReceipt, dropRequest, type KeptRequest, keptReceipt, keptRequests } from '../pieces/kept-requests.ts';
import { Page } from '../pieces/page.tsx';
import { FormProblem, problemText } from '../pieces/problem.tsx';
import { keepCaseProof } from '../pieces/session.ts';
import { Ways } from './ways.tsx';

type Props = { readonly number: string | undefined; readonly onOpened: () => void };

/** Number and query code, as noted or photographed; wrong ones are told apart by nobody. */
export function ByNumber({ number: asked, onOpened }: Props) {
  const { t } = useTexts();
  const ended = new URLSearchParams(useSearch()).has('ended');
  const [number, setNumber] = useState(asked ?? '');
  const [code, setCode] = useState(() => codeOnHand(asked));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const opening = useOpening(onOpened);
  const complaints = tried ? complaintsOf(number, code) : {};

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(complaintsOf(number, code)).length > 0) focusFirstError(form.current);
    else opening.open(number, code);
  };

  return (
    <Page title={t('open.track.title')} back="/">
      <Ways here="number" />
      {ended && <p className="notice">{t('open.track.ended')}</p>}
      <Remembered onOpen={(request) => opening.open(request.number, request.queryCode)} />
      <form ref={form} onSubmit={onSubmit} noValidate>
        <Field
          label={t('open.track.number')}
          hint={t('open.track.number_hint')}
          error={complaints.number && t(complaints.number)}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              className="num"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t('open.track.code')}
          hint={t('open.track.code_hint')}
          error={complaints.code && t(complaints.code)}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck="false"
              className="num"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <FormProblem text={opening.problem} />
        <button
          type="submit"
          className="button button-primary button-large"
          aria-disabled={opening.busy || opening.wait > 0}
        >
          {opening.wait > 0
            ? t('open.track.wait', { n: opening.wait })
            : t(opening.busy ? 'open.track.opening' : 'open.track.open')}
        </button>
      </form>
      <p className="soft">{t('open.track.lost')}</p>
    </Page>
  );
}

/** The code is at hand when the request was just sent, or the phone was asked to remember it. */
function codeOnHand(number: string | undefined): string {
  const receipt = keptReceipt();
  if (receipt && receipt.number === number) return receipt.queryCode;
  return keptRequests().find((one) => one.number === number)?.queryCode ?? '';
}

function complaintsOf(number: string, code: string): { number?: string; code?: string } {
  const found: { number?: string; code?: string } = {};
  if (number.trim() === '') found.number = 'open.track.number_missing';
  else if (parseCaseNumber(number) === null) found.number = 'open.track.number_wrong';
  if (code.trim() === '') found.code = 'open.track.code_missing';
  return found;
}

/** Exchanges the two keys for a proof and goes to the request; counts down when there were too many tries. */
function useOpening(onOpened: () => void) {
  const texts = useTexts();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [wait, setWait] = useState(0);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);

  const open = (number: string, queryCode: string) => {
    if (busy || wait > 0) return;
    setBusy(true);
    setProblem(undefined);
    call(api.track, { body: { number, queryCode } }).then(
      (answer) => {
        keepCaseProof(answer);
        dropReceipt();
        go(`/track/${answer.number}`, { replace: true });
        onOpened();
      },
      (error: unknown) => {
        setProblem(problemText(texts, error));
        if (isProblem(error, 'open.too_many_tries')) setWait(Number(error.details.seconds ?? 60));
        setBusy(false);
      },
    );
  };
  return { busy, problem, wait, open };
}

function Remembered({ onOpen }: { readonly onOpen: (request: KeptRequest) => void }) {
  const { t } = useTexts();
  const [requests, setRequests] = useState(keptRequests);
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="remembered">
      <h2 id="remembered">{t('open.track.remembered')}</h2>
      <ul className="remembered">
        {requests.map((request) => (
          <li key={request.number}>
            <button type="button" className="button num" onClick={() => onOpen(request)}>
              {request.number}
            </button>
            <button
              type="button"
              className="link"
              aria-label={t('open.track.forget', { number: request.number })}
              onClick={() => {
                dropRequest(request.number);
                setRequests(keptRequests());
              }}
            >
              {t('open.track.forget_short')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
