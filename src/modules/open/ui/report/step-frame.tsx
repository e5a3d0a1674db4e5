import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { focusFirstError } from '../pieces/field.tsx';
import { Page } from '../pieces/page.tsx';
import { useLimits } from '../pieces/settings.tsx';
import { type Complaints, complaintsOf, type ReportDraft, STEP_PATHS, STEPS, type Step } from './draft.ts';
import type { Photos } from '../photos/use-photos.ts';

export type StepProps = {
  readonly draft: ReportDraft;
  readonly change: (part: Partial<ReportDraft>) => void;
  /** The text of what is wrong with a field of this step, once the person tried to go on. */
  readonly complaint: (field: keyof Complaints) => string | undefined;
  readonly photos: Photos;
};

type FrameProps = Omit<StepProps, 'complaint'> & {
  readonly step: Step;
  readonly status: ReactNode;
  readonly next: string;
  readonly children: (props: StepProps) => ReactNode;
};

const BACK: Readonly<Record<Step, string>> = {
  what: '/',
  where: STEP_PATHS.what,
  contact: STEP_PATHS.where,
  check: STEP_PATHS.contact,
};

/** One of the first three steps as a form: its question, its fields, one button onward. */
export function StepFrame({ step, status, next, children, ...rest }: FrameProps) {
  const { t } = useTexts();
  const limits = useLimits();
  const [, go] = useLocation();
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const complaints = tried ? complaintsOf(step, rest.draft, limits.textLength) : {};
  const complaint = (field: keyof Complaints) => {
    const found = complaints[field];
    return found && t(found.key, found.values);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(complaintsOf(step, rest.draft, limits.textLength)).length > 0) {
      focusFirstError(form.current);
      return;
    }
    go(STEP_PATHS[STEPS[STEPS.indexOf(step) + 1] ?? 'check']);
  };
  return (
    <Page title={t(`open.report.${step}`)} back={BACK[step]} status={status}>
      <StepBar step={step} />
      <form ref={form} onSubmit={onSubmit} noValidate>
        {children({ ...rest, complaint })}
        <button type="submit" className="button button-primary button-large">
          {next}
        </button>
      </form>
    </Page>
  );
}

/** Four short lines; read out as 'step 2 of 4: where'. */
export function StepBar({ step }: { readonly step: Step }) {
  const { t } = useTexts();
  const n = STEPS.indexOf(step) + 1;
  return (
    <div
      className="step-bar"
      role="img"
      aria-label={t('open.report.steps', { n, name: t(`open.report.${step}_name`) })}
    >
      {STEPS.map((one, index) => (
        <span key={one} className={index < n ? 'on' : undefined} />
      ))}
    </div>
  );
}
