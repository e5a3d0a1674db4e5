import { lazy } from 'react';
import type { AnswerHelp } from '../../cases/ui/index.ts';

/** The place's templates; loads when it is opened. */
export const TemplatesScreen = lazy(() =>
  import('./templates-screen.tsx').then((m) => ({ default: m.TemplatesScreen })),
);

/** Offers templates where somebody writes to a requester. */
export const TemplateHelp: AnswerHelp = Object.assign(
  lazy(() => import('./template-help.tsx').then((m) => ({ default: m.TemplateHelp }))),
  { displayName: 'TemplateHelp' },
);
