import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { noticeTexts } from '../../texts/notices.ts';
import { call } from '../../../../platform/web/client.ts';
import { currentTime } from '../../../../platform/web/clock.ts';
import { plainDay } from '../../../../platform/web/time.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useSettings } from '../pieces/settings.tsx';
import { useLoad } from '../pieces/use-load.ts';

/** Headings of a notice with how many paragraphs stand under each; the words are in the catalogue. */
const ACCESSIBILITY = { do: 6, level: 2, other: 1 } as const;

/** The privacy notice in force, as the office dated it. */
export function PrivacyScreen() {
  const { t, locale } = useTexts();
  const loaded = useLoad('privacy notice', (signal) => call(api.currentNotice, { signal }));
  const { value } = loaded;
  return (
    <Page title={t('open.privacy')} back="/" className="notice-page">
      {!value && !loaded.error && <Loading rows={8} t={t} />}
      {!value && loaded.error !== undefined && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {value?.parts.map(({ key, heading, paragraphs }) => (
        <section key={key} aria-labelledby={key}>
          <h2 id={key}>{heading}</h2>
          {paragraphs.length === 1 ? (
            <p>{paragraphs[0]}</p>
          ) : (
            <ul>
              {paragraphs.map((paragraph) => (
                <li key={paragraph}>{paragraph}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {value && (
        <p className="soft">
          {t('open.privacy_version', { version: value.version, day: plainDay(locale, value.validFrom, currentTime()) })}
        </p>
      )}
    </Page>
  );
}

export function AccessibilityScreen() {
  return (
    <MoreTexts texts={noticeTexts}>
      <Notice name="accessibility" parts={ACCESSIBILITY} closing="open.accessibility.tell" />
    </MoreTexts>
  );
}

type Props = {
  readonly name: string;
  readonly parts: Readonly<Record<string, number>>;
  readonly closing?: string;
};

function Notice({ name, parts, closing }: Props) {
  const { t } = useTexts();
  const place = useSettings()?.jurisdiction.name ?? '';
  return (
    <Page title={t(`open.${name}.title`)} back="/" className="notice-page">
      <p>{t(`open.${name}.lead`)}</p>
      {Object.entries(parts).map(([part, count]) => (
        <section key={part} aria-labelledby={part}>
          <h2 id={part}>{t(`open.${name}.${part}`)}</h2>
          <Paragraphs
            keys={Array.from({ length: count }, (_, index) => `open.${name}.${part}_${index + 1}`)}
            place={place}
          />
        </section>
      ))}
      {closing && <p>{t(closing)}</p>}
    </Page>
  );
}

function Paragraphs({ keys, place }: { readonly keys: readonly string[]; readonly place: string }) {
  const { t } = useTexts();
  if (keys.length === 1) return keys.map((key) => <p key={key}>{t(key, { place })}</p>);
  return (
    <ul>
      {keys.map((key) => (
        <li key={key}>{t(key, { place })}</li>
      ))}
    </ul>
  );
}
