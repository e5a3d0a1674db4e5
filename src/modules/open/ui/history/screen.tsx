import { call } from '../../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { exactTime } from '../../../../platform/web/time.ts';
import { historyTexts } from '../../texts/history.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';
import { saveAs } from '../../../../platform/web/save.ts';

const PARAGRAPHS = ['1', '2', '3'] as const;

/** How anyone can check that nothing was changed, with the latest signature. */
export function HistoryScreen() {
  return (
    <MoreTexts texts={historyTexts}>
      <History />
    </MoreTexts>
  );
}

function History() {
  const { t } = useTexts();
  const { value, error, reload } = useLoad('history', (signal) => call(api.latestOne, { signal }));
  return (
    <Page title={t('open.history.title')} back="/" className="notice-page">
      {!value && (error === undefined ? <Loading rows={6} t={t} /> : <Failed error={error} onRetry={reload} />)}
      {value && (
        <>
          <p>{t('open.history.intro', { minutes: value.everyMinutes })}</p>
          <section aria-labelledby="history-latest">
            <h2 id="history-latest">{t('open.history.latest')}</h2>
            {value.checkpoint === null ? (
              <p className="soft">{t('open.history.none')}</p>
            ) : (
              <Latest note={value.checkpoint.note} at={value.checkpoint.at} size={value.checkpoint.size} />
            )}
            <dl className="facts">
              <dt>{t('open.history.key')}</dt>
              <dd>
                {value.algorithm} {value.keyId}
              </dd>
            </dl>
            <button type="button" className="button" onClick={() => saveAs('public-key.pem', value.publicKey)}>
              {t('open.history.save_key')}
            </button>
          </section>
        </>
      )}
      <Said name="how" ordered />
      <Said name="limits" />
    </Page>
  );
}

function Latest({ note, at, size }: { readonly note: string; readonly at: string; readonly size: number }) {
  const { t } = useTexts();
  return (
    <>
      <dl className="facts">
        <dt>{t('open.history.at')}</dt>
        <dd>{exactTime(at)}</dd>
        <dt>{t('open.history.size')}</dt>
        <dd>{size}</dd>
      </dl>
      <details>
        <summary>{t('open.history.note')}</summary>
        {/* Long lines scroll by themselves, also by keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
        <pre className="signed-note" tabIndex={0}>
          {note}
        </pre>
      </details>
      <button type="button" className="button" onClick={() => saveAs(`checkpoint-${size}.txt`, note)}>
        {t('open.history.copy')}
      </button>
    </>
  );
}

function Said({ name, ordered = false }: { readonly name: 'how' | 'limits'; readonly ordered?: boolean }) {
  const { t } = useTexts();
  const List = ordered ? 'ol' : 'ul';
  return (
    <section aria-labelledby={`history-${name}`}>
      <h2 id={`history-${name}`}>{t(`open.history.${name}`)}</h2>
      <List>
        {PARAGRAPHS.map((one) => (
          <li key={one}>{t(`open.history.${name}.${one}`)}</li>
        ))}
      </List>
    </section>
  );
}
