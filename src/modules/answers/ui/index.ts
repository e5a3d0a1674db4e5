import { lazy } from 'react';
import type { AnswerHelp, CasePanel } from '../../cases/ui/index.ts';

/** The place's templates; loads when it is opened. */
export const TemplatesScreen = lazy(() =>
  import('./templates-screen.tsx').then((m) => ({ default: m.TemplatesScreen })),
);

/** Offers templates where somebody writes to a requester. */
export const TemplateHelp: AnswerHelp = Object.assign(
  lazy(() => import('./template-help.tsx').then((m) => ({ default: m.TemplateHelp }))),
  { displayName: 'TemplateHelp' },
);

/** A draft by the configured machine, where there is one. */
export const MachineDraft: AnswerHelp = Object.assign(
  lazy(() => import('./machine-draft.tsx').then((m) => ({ default: m.MachineDraft }))),
  { displayName: 'MachineDraft' },
);

/** A summary by the configured machine, beside the case. */
export const machinePanel: CasePanel = {
  id: 'machine-summary',
  place: 'side',
  Panel: lazy(() => import('./machine-summary.tsx').then((m) => ({ default: m.MachineSummary }))),
};
