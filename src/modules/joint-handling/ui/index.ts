import { lazy } from 'react';

/** The office screens of joint handling and its part on the page of a case; each loads when it is shown. */
export const JointScreen = lazy(() => import('./joint-screen.tsx').then((m) => ({ default: m.JointScreen })));
export const JointPage = lazy(() => import('./joint-page.tsx').then((m) => ({ default: m.JointPage })));
export const JointPanel = lazy(() => import('./case-panel.tsx').then((m) => ({ default: m.JointPanel })));

/** Which search parameters the screen keeps in its address. */
export const JOINT_SEARCH = ['tab', 'over', 'month'] as const;
