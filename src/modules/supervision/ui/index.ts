import { lazy } from 'react';

/** The office screens of supervision and its parts on the page of a case; each loads when it is shown. */
export const SupervisionScreen = lazy(() =>
  import('./supervision-screen.tsx').then((m) => ({ default: m.SupervisionScreen })),
);
export const OrderScreen = lazy(() => import('./order-screen.tsx').then((m) => ({ default: m.OrderScreen })));
export const OrdersPanel = lazy(() => import('./case-panels.tsx').then((m) => ({ default: m.OrdersPanel })));
export const LeaderPanel = lazy(() => import('./leader-panel.tsx').then((m) => ({ default: m.LeaderPanel })));

/** Which search parameters the screen keeps in its address. */
export const SUPERVISION_SEARCH = ['tab', 'over', 'colour', 'office'] as const;
