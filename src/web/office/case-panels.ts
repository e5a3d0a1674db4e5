import type { CasePanel } from '../../modules/cases/ui/index.ts';

/** What the modules above cases show on the page of a case, in this order. */
export const CASE_PANELS: readonly CasePanel[] = [];
