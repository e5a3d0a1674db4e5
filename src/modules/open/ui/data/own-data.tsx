import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { byText, whenText } from '../../../../platform/web/time.ts';
import type { AnswerOf } from '../../../../platform/http/contract.ts';
import type { privacyContracts } from '../../../privacy/contract.ts';
import { dataTexts } from '../../texts/data.ts';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { Field } from '../pieces/field.tsx';
import { Fold } from '../pieces/fold.tsx';
import { Failed, FormProblem, Loading, problemText } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';

type Own = AnswerOf<typeof privacyContracts.ownPrivacy>;
type Props = { readonly number: string; readonly token: string };

/** On the person's own case: who looked, what he agreed to, and what he may ask for. Read when it is opened. */
export function OwnData(props: Props) {
  return (
    <MoreTexts texts={dataTexts}>
      <Folded {...props} />
    </MoreTexts>
  );
}

function Folded(props: Props) {
  const { t } = useTexts();
  return (
    <Fold title={t('open.data.title')} lazy>
      <Inside {...props} />
    </Fold>
  );
}

function Inside({ number, token }: Props) {
  const { t } = useTexts();
  const loaded = useLoad(`own data ${number}`, (signal) => call(api.ownPrivacy, { signal, token }));
  if (loaded.error && !loaded.value) return <Failed error={loaded.error} onRetry={loaded.reload} />;
  if (!loaded.value) return <Loading rows={3} t={t} />;
  const own = loaded.value;
  return (
    <div className="own-data">
      {own.erased && <p className="success">{t('open.data.erased', { order: own.erased.order })}</p>}
      <Looks own={own} />
      <Agreed own={own} token={token} onDone={loaded.reload} />
      <Requests own={own} />
      <p>
        <Link href={`/my-data/${number}`}>{t('open.data.copy')}</Link>
      </p>
      {own.identity && !own.erased?.what.includes('identity') && <Correction token={token} onDone={loaded.reload} />}
      <Deletion own={own} token={token} onDone={loaded.reload} />
    </div>
  );
}

function Looks({ own }: { readonly own: Own }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <section>
      <h3>{t('open.data.looks')}</h3>
      {own.looks.length === 0 && <p className="soft">{t('open.data.looks_none')}</p>}
      <ul>
        {own.looks.map((look) => (
          <li key={`${look.at} ${look.kind}`}>
            {t(look.kind === 'unmasked' ? 'open.data.look' : 'open.data.look_phone', {
              office: look.office ?? t('open.data.office_unknown'),
            })}{' '}
            <span className="soft">{whenText(t, locale, look.at, now)}</span>
            <br />
            <span className="soft">{t('open.data.reason', { reason: look.reason })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Agreed({ own, token, onDone }: Asking & { readonly own: Own }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <section>
      <h3>{t('open.data.agreed')}</h3>
      {own.consents.length === 0 && <p className="soft">{t('open.data.agreed_none')}</p>}
      <ul>
        {own.consents.map(({ purpose, givenAt, withdrawnAt }) => (
          <li key={purpose}>
            {t(withdrawnAt ? 'open.data.withdrawn' : 'open.data.given', {
              what: t(`open.data.${purpose}`),
              when: whenText(t, locale, withdrawnAt ?? givenAt, now),
            })}
            {purpose === 'sensitive' && withdrawnAt === null && <TakeBack token={token} onDone={onDone} />}
          </li>
        ))}
      </ul>
      {own.noticeVersion !== null && (
        <p className="soft">
          {t('open.data.notice', { version: own.noticeVersion })}{' '}
          <Link href="/privacy">{t('open.data.notice_link')}</Link>
        </p>
      )}
    </section>
  );
}

/** Takes back the consent to what is sensitive, after saying what follows from it. */
function TakeBack({ token, onDone }: Asking) {
  const { t } = useTexts();
  const [sure, setSure] = useState(false);
  const asking = useAsking(onDone);
  if (!sure) {
    return (
      <p>
        <button type="button" className="button" onClick={() => setSure(true)}>
          {t('open.data.take_back')}
        </button>
      </p>
    );
  }
  const send = () =>
    asking.run(async () => {
      await call(api.endSensitiveConsent, { token });
      return t('open.data.taken_back');
    });
  return (
    <fieldset className="discard" aria-label={t('open.data.take_back')}>
      <p>{t('open.data.take_back_sure')}</p>
      <FormProblem text={asking.problem} />
      <button type="button" className="button button-urgent" aria-disabled={asking.busy} onClick={send}>
        {t('open.data.take_back_yes')}
      </button>
      <button type="button" className="button" onClick={() => setSure(false)}>
        {t('open.data.take_back_no')}
      </button>
    </fieldset>
  );
}

function Requests({ own }: { readonly own: Own }) {
  const { t, locale } = useTexts();
  const now = useNow();
  if (own.requests.length === 0) return null;
  return (
    <section>
      <h3>{t('open.data.requests')}</h3>
      <ul>
        {own.requests.map((one) => (
          <li key={one.id}>
            {t(`open.data.kind.${one.kind}`)} ·{' '}
            {t(`open.data.state.${one.state}`, { by: byText(t, locale, one.dueAt, now) })}
            {one.answer && <p className="said">{one.answer}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Asking = { readonly token: string; readonly onDone: () => void };

/** Sends one wish; says how it went. */
function useAsking(onDone: () => void) {
  const texts = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = (send: () => Promise<string>) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    send()
      .then(
        (said) => {
          announce(said);
          onDone();
        },
        (error: unknown) => setProblem(problemText(texts, error)),
      )
      .finally(() => setBusy(false));
  };
  return { busy, problem, run };
}

const PARTS = ['name', 'phone', 'mail', 'note'] as const;

function Correction({ token, onDone }: Asking) {
  const { t } = useTexts();
  const [draft, setDraft] = useState({ name: '', phone: '', mail: '', note: '' });
  const asking = useAsking(onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { note, ...identity } = draft;
    asking.run(async () => {
      await call(api.askCorrection, { token, body: { ...identity, text: note } });
      return t('open.data.asked');
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <h3>{t('open.data.correct')}</h3>
      <p className="soft">{t('open.data.correct_hint')}</p>
      {PARTS.map((part) => (
        <Field key={part} label={t(`open.data.${part}`)} optional>
          {(control) => (
            <input
              {...control}
              type={part === 'phone' ? 'tel' : part === 'mail' ? 'email' : 'text'}
              value={draft[part]}
              maxLength={part === 'note' ? 500 : 100}
              onChange={(event) => setDraft({ ...draft, [part]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <FormProblem text={asking.problem} />
      <button type="submit" className="button" aria-disabled={asking.busy}>
        {asking.busy ? t('web.sending') : t('open.data.ask')}
      </button>
    </form>
  );
}

function Deletion({ own, token, onDone }: Asking & { readonly own: Own }) {
  const { t } = useTexts();
  const [sure, setSure] = useState(false);
  const asking = useAsking(onDone);
  const ask = (what: 'identity' | 'content') =>
    asking.run(async () => {
      const { done } = await call(api.askDeletion, { token, body: { what, text: null } });
      setSure(false);
      return t(done ? 'open.data.deleted' : 'open.data.asked');
    });
  const gone = own.erased?.what ?? [];
  return (
    <section>
      <h3>{t('open.data.delete')}</h3>
      <FormProblem text={asking.problem} />
      {own.identity && !gone.includes('identity') && (
        <>
          <p className="soft">{t(own.ended ? 'open.data.delete_identity_ended' : 'open.data.delete_identity_open')}</p>
          {sure ? (
            <fieldset className="discard" aria-label={t('open.data.delete_identity')}>
              <p>{t('open.data.delete_sure')}</p>
              <button
                type="button"
                className="button button-urgent"
                aria-disabled={asking.busy}
                onClick={() => ask('identity')}
              >
                {t('open.data.delete_yes')}
              </button>
              <button type="button" className="button" onClick={() => setSure(false)}>
                {t('open.data.delete_no')}
              </button>
            </fieldset>
          ) : (
            <button type="button" className="button" onClick={() => (own.ended ? setSure(true) : ask('identity'))}>
              {t('open.data.delete_identity')}
            </button>
          )}
        </>
      )}
      {!gone.includes('content') && (
        <>
          <p className="soft">{t('open.data.delete_content_hint')}</p>
          <button type="button" className="button" aria-disabled={asking.busy} onClick={() => ask('content')}>
            {t('open.data.delete_content')}
          </button>
        </>
      )}
    </section>
  );
}
