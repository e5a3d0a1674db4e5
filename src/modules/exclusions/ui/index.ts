import { lazy } from 'react';

/** The office screen of exclusions and their part on the page of a case. */
export const ExclusionsScreen = lazy(() =>
  import('./exclusions-screen.tsx').then((m) => ({ default: m.ExclusionsScreen })),
);
export const ExclusionPanel = lazy(() => import('./exclusion-panel.tsx').then((m) => ({ default: m.ExclusionPanel })));
