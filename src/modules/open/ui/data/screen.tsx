import { Link, Redirect, useParams } from 'wouter';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { whenText } from '../../../../platform/web/time.ts';
import type { ExportedCase } from '../../../privacy/contract.ts';
import { dataTexts } from '../../texts/data.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { caseProof } from '../pieces/session.ts';
import { useLoad } from '../pieces/use-load.ts';

/** Everything held about the person, to read, print and take along; by the proof of one case or by the phone. */
export function DataScreen() {
  return (
    <MoreTexts texts={dataTexts}>
      <Everything />
    </MoreTexts>
  );
}

function Everything() {
  const { t } = useTexts();
  const { number } = useParams<{ number?: string }>();
  const token = number === undefined ? undefined : caseProof(number);
  const loaded = useLoad(`my data ${number ?? ''}`, (signal) =>
    call(api.exportOwn, { signal, ...(token ? { token } : {}) }),
  );
  const back = number === undefined ? '/mine' : `/track/${number}`;
  if (isProblem(loaded.error, 'auth.required') || isProblem(loaded.error, 'privacy.case_token_needed')) {
    return <Redirect to={number === undefined ? '/track/phone?ended' : `/track/${number}?ended`} replace />;
  }
  const { value } = loaded;
  return (
    <Page title={t('open.data.all_title')} back={back}>
      {!value && !loaded.error && <Loading rows={6} t={t} />}
      {!value && loaded.error !== undefined && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {value && (
        <>
          <p>{t('open.data.all_about')}</p>
          {!value.full && value.cases.length > 0 && (
            <p className="soft">
              {t('open.data.masked')} <Link href="/track/phone">›</Link>
            </p>
          )}
          <div className="actions">
            <button type="button" className="button button-primary" onClick={() => save(value)}>
              {t('open.data.download')}
            </button>
            <button type="button" className="button" onClick={() => window.print()}>
              {t('open.data.print')}
            </button>
          </div>
          {value.cases.length === 0 && <p>{t('open.data.none')}</p>}
          {value.cases.map((one) => (
            <OneCase key={one.number} one={one} />
          ))}
        </>
      )}
    </Page>
  );
}

function OneCase({ one }: { readonly one: ExportedCase }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const when = (at: string) => whenText(t, locale, at, now);
  const { identity } = one;
  const known = [identity?.name, identity?.phone, identity?.mail].filter(Boolean).join(' · ');
  const facts: readonly (readonly [string, string | null])[] = [
    ['filed', when(one.filedAt)],
    ['state', one.state],
    ['class', one.className],
    ['place', one.place],
    ['identity', known || t('open.data.identity_none')],
  ];
  return (
    <section className="about" aria-label={one.number}>
      <h2>{one.number}</h2>
      <dl className="facts">
        {facts.flatMap(([name, value]) =>
          value
            ? [
                <div key={name}>
                  <dt>{t(`open.data.${name}`)}</dt>
                  <dd>{value}</dd>
                </div>,
              ]
            : [],
        )}
      </dl>
      <h3>{t('open.data.words')}</h3>
      <p className="said">{one.text || '—'}</p>
      {one.files.length > 0 && <p className="soft">{t('open.data.files', { n: one.files.length })}</p>}
      <h3>{t('open.data.happened')}</h3>
      <ol>
        {one.events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may fall on the same moment; their order never changes
          <li key={index}>
            <span className="soft">{when(event.at)}</span> {event.words.join(' / ') || t('open.data.step')}
          </li>
        ))}
      </ol>
      <h3>{t('open.data.looks')}</h3>
      {one.looks.length === 0 && <p className="soft">{t('open.data.looks_none')}</p>}
      <ul>
        {one.looks.map((look) => (
          <li key={look.at}>
            {look.office ?? t('open.data.office_unknown')} · {when(look.at)} · {look.reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function save(value: object): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  link.download = 'my-data.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
