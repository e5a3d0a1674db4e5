import { lazy } from 'react';

/** The office screens of duty and its part on the page of a case; each loads when it is shown. */
export const DutyScreen = lazy(() => import('./duty-screen.tsx').then((m) => ({ default: m.DutyScreen })));
export const CallPage = lazy(() => import('./call-page.tsx').then((m) => ({ default: m.CallPage })));
export const DutyPanel = lazy(() => import('./case-panel.tsx').then((m) => ({ default: m.DutyPanel })));

export { CallBanner } from './call-banner.tsx';

/** Which search parameters the screen keeps in its address. */
export const DUTY_SEARCH = ['tab', 'team', 'week'] as const;
