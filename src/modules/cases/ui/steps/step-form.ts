import type { ComponentType } from 'react';
import type { CaseDetail } from '../queries.ts';

/** What every step's fields are given. */
export type FieldsProps = { readonly view: CaseDetail };

/** The small form of one action. Field names are the contract's, so that refusals find their field. */
export type StepForm = {
  readonly Fields: ComponentType<FieldsProps>;
  readonly initial?: (view: CaseDetail) => Readonly<Record<string, unknown>>;
  /** From field values to the body (`StepInput` of its action); the values as they are when absent. */
  readonly body?: (values: Readonly<Record<string, unknown>>, view: CaseDetail) => object;
  readonly wide?: boolean;
};
