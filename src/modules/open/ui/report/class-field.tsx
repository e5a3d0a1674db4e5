import { call } from '../../../../platform/web/client.ts';
import { nameIn, useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { Field } from '../pieces/field.tsx';
import { useLoad } from '../pieces/use-load.ts';
import { lengthOf } from './draft.ts';
import type { StepProps } from './step-frame.tsx';
import { useSettled } from './use-settled.ts';

type Props = Pick<StepProps, 'draft' | 'change'>;
type Item = { readonly code: string; readonly nameZh: string; readonly nameEn: string };

/** Optional: whoever knows the class picks it, everybody else leaves it to staff. */
export function ClassField({ draft, change }: Props) {
  const { t, locale } = useTexts();
  const classes = useLoad('classes', (signal) => call(api.listPublicClasses, { signal }));
  const items = classes.value?.items ?? [];
  const groups = items.filter((one) => one.parentCode === null);
  const chosen = items.find((one) => one.code === draft.classCode);
  const pick = (one: Item | undefined) =>
    change({
      classCode: one?.code ?? null,
      className: one ? nameIn(locale, one) : null,
      classSensitive: items.find(({ code }) => code === one?.code)?.private ?? false,
      // Given for one class, it says nothing about another.
      sensitiveConsent: false,
    });
  return (
    <>
      <Field
        label={t('open.report.class')}
        hint={chosen?.private ? t('open.report.class_sealed') : t('open.report.class_hint')}
        optional
      >
        {(control) => (
          <select
            {...control}
            value={draft.classCode ?? ''}
            onChange={(event) => pick(items.find((one) => one.code === event.target.value))}
          >
            <option value="">{t('open.report.class_none')}</option>
            {draft.classCode !== null && !chosen && <option value={draft.classCode}>{draft.className}</option>}
            {groups.map((group) => (
              <optgroup key={group.code} label={nameIn(locale, group)}>
                {[group, ...items.filter((one) => one.parentCode === group.code)].map((one) => (
                  <option key={one.code} value={one.code}>
                    {nameIn(locale, one)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {draft.classCode === null && <Likely text={draft.text} onPick={pick} />}
    </>
  );
}

const PAUSE_MS = 900;
const LEAST = 6;
const MOST = 3;

/** What the words point to, to be taken up with one tap. Never chosen for the person. */
function Likely({ text, onPick }: { readonly text: string; readonly onPick: (one: Item) => void }) {
  const { t, locale } = useTexts();
  const settled = useSettled(text.trim(), PAUSE_MS);
  const subject = lengthOf(settled) < LEAST ? null : `likely ${settled}`;
  const matches = useLoad(subject, (signal) => call(api.matchPublicClasses, { body: { text: settled }, signal }));
  const items = matches.value?.items.slice(0, MOST) ?? [];
  if (items.length === 0) return null;
  const why = items[0]?.words.slice(0, 3) ?? [];
  return (
    <fieldset className="likely" aria-label={t('open.report.class_likely')}>
      <span aria-hidden="true">{t('open.report.class_likely')}</span>
      {items.map((one) => (
        <button key={one.code} type="button" className="button" onClick={() => onPick(one)}>
          {nameIn(locale, one)}
        </button>
      ))}
      {why.length > 0 && (
        <small>{t('open.report.class_because', { words: why.map((word) => `“${word}”`).join(' ') })}</small>
      )}
    </fieldset>
  );
}
