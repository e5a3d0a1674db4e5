import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { noticeTexts } from '../../texts/notices.ts';
import { Page } from '../pieces/page.tsx';
import { useSettings } from '../pieces/settings.tsx';

/** Headings of a notice with how many paragraphs stand under each; the words are in the catalogue. */
const PRIVACY = { who: 1, what: 3, not: 3, see: 4, public: 1, phone: 1, keep: 1, machine: 1 } as const;
const ACCESSIBILITY = { do: 6, level: 2, other: 1 } as const;

export function PrivacyScreen() {
  return (
    <MoreTexts texts={noticeTexts}>
      <Notice name="privacy" parts={PRIVACY} />
    </MoreTexts>
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
