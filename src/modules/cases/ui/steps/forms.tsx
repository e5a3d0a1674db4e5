import type { OfficeAction } from '../../steps-contract.ts';
import { CHECK_FORMS } from './forms-check.tsx';
import { CorrectForm } from './form-correct.tsx';
import { DISPATCH_FORMS } from './forms-dispatch.tsx';
import { INTAKE_FORMS } from './forms-intake.tsx';
import { ReleaseForm } from './form-release.tsx';
import { WORK_FORMS } from './forms-work.tsx';
import type { StepForm } from './step-form.ts';

/** Steps that need nothing said; they are taken by their button, and this stands in for the type. */
const nothing: StepForm = { Fields: () => null };

/** Action → its small form. */
export const FORMS: Readonly<Record<OfficeAction, StepForm>> = {
  accept: nothing,
  take_up: nothing,
  start: nothing,
  begin_verification: nothing,
  ...INTAKE_FORMS,
  ...DISPATCH_FORMS,
  ...WORK_FORMS,
  ...CHECK_FORMS,
  correct: CorrectForm,
  release: ReleaseForm,
};
