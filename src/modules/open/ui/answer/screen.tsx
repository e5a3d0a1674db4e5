import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { joinTexts } from '../../../../platform/i18n/texts.ts';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { plainDay } from '../../../../platform/web/time.ts';
import { answerTexts } from '../../texts/answer.ts';
import { trackTexts } from '../../texts/track.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';
import '../track/track.css';
import { type Asked, AskByLink } from './ask.tsx';

const texts = joinTexts([trackTexts, answerTexts]);

/** The link in a message: one question about one request, without any sign-in. */
export function AnswerScreen() {
  const { code = '' } = useParams<{ code: string }>();
  return (
    <MoreTexts texts={texts}>
      <Answer key={code} code={code} />
    </MoreTexts>
  );
}

function Answer({ code }: { readonly code: string }) {
  const { t } = useTexts();
  const [state, setState] = useState<string | null>(null);
  const loaded = useLoad(`answer ${code}`, (signal) => call(api.readLink, { params: { code }, signal }));
  if (state !== null) return <Done state={state} />;
  if (isProblem(loaded.error, 'call-backs.link_unknown') || isProblem(loaded.error, 'http.invalid_input')) {
    return <Elsewhere title="open.answer.unknown" text="open.answer.unknown_text" />;
  }
  if (!loaded.value) {
    return (
      <Page title={t('open.answer.title')}>
        {loaded.error ? <Failed error={loaded.error} onRetry={loaded.reload} /> : <Loading rows={4} t={t} />}
      </Page>
    );
  }
  if (!loaded.value.open) return <Elsewhere title="open.answer.over" text="open.answer.over_text" />;
  return (
    <Page title={t('open.answer.title')}>
      <About asked={loaded.value} />
      <AskByLink code={code} asked={loaded.value} onDone={setState} />
    </Page>
  );
}

function About({ asked: { title, number, filedAt, office, result } }: { readonly asked: Asked }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <>
      <p>{t('open.answer.about', { filed: plainDay(locale, filedAt, now), title, number })}</p>
      {result && (
        <section className="answer" aria-labelledby="office-says">
          <h2 id="office-says">{t('open.answer.says', { office: office ?? t('open.answer.office') })}</h2>
          <p>{result}</p>
        </section>
      )}
    </>
  );
}

function Done({ state }: { readonly state: string }) {
  const { t } = useTexts();
  const known: Readonly<Record<string, string>> = {
    closed: 'done_solved',
    returned: 'done_returned',
    reopened: 'done_reopened',
  };
  return (
    <Page title={t('open.answer.done')}>
      <p role="status">{t(`open.answer.${known[state] ?? 'done_noted'}`)}</p>
      <Ways />
    </Page>
  );
}

function Elsewhere({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useTexts();
  return (
    <Page title={t(title)}>
      <p>{t(text)}</p>
      <Ways />
    </Page>
  );
}

function Ways() {
  const { t } = useTexts();
  return (
    <div className="actions">
      <Link href="/track" className="button button-primary">
        {t('open.answer.track')}
      </Link>
    </div>
  );
}
