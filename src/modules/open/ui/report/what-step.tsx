import { useTexts } from '../../../../platform/web/i18n.tsx';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import { Field } from '../pieces/field.tsx';
import { useLimits } from '../pieces/settings.tsx';
import { ClassField } from './class-field.tsx';
import { lengthOf } from './draft.ts';
import { Similar } from './similar.tsx';
import type { StepProps } from './step-frame.tsx';

/** Words, photos, and a class for whoever knows it. */
export function WhatStep({ draft, change, complaint, photos }: StepProps) {
  const { t } = useTexts();
  const limits = useLimits();
  const left = limits.textLength - lengthOf(draft.text);
  return (
    <>
      <p className="caution">{t('open.report.what_danger')}</p>
      <Field label={t('open.report.text')} hint={t('open.report.text_hint')} error={complaint('text')}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
            autoComplete="off"
          />
        )}
      </Field>
      {left < 200 && left >= 0 && <p className="hint">{t('open.report.text_left', { n: left })}</p>}
      <Similar draft={draft} change={change} />
      <PhotoPicker photos={photos} />
      <ClassField draft={draft} change={change} />
    </>
  );
}
