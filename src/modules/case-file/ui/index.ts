import { lazy } from 'react';

/** The link to a case's file, beside the case. */
export const CaseFilePanel = lazy(() => import('./panel.tsx').then((m) => ({ default: m.CaseFilePanel })));
