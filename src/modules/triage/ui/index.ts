import { lazy } from 'react';

/** The administrator's page, and the panel on the page of a case that waits to be dispatched. */
export const TriageScreen = lazy(() => import('./triage-screen.tsx').then((m) => ({ default: m.TriageScreen })));
export const TriagePanel = lazy(() => import('./triage-panel.tsx').then((m) => ({ default: m.TriagePanel })));
