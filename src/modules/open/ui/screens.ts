import { type ComponentType, lazy } from 'react';

export type Screen = { readonly path: string; readonly screen: ComponentType };

/** Screens beside the home page, each with its own part of the program and its own texts. */
export const screens: readonly Screen[] = [
  {
    path: '/report/sent',
    screen: lazy(() => import('./report/screen.tsx').then((m) => ({ default: m.SentScreen }))),
  },
  {
    path: '/report/:step?',
    screen: lazy(() => import('./report/screen.tsx').then((m) => ({ default: m.ReportScreen }))),
  },
  {
    path: '/track/phone',
    screen: lazy(() => import('./track/screen.tsx').then((m) => ({ default: m.PhoneScreen }))),
  },
  {
    path: '/track/:number?',
    screen: lazy(() => import('./track/screen.tsx').then((m) => ({ default: m.TrackScreen }))),
  },
  {
    path: '/mine',
    screen: lazy(() => import('./track/screen.tsx').then((m) => ({ default: m.MineScreen }))),
  },
  {
    path: '/cases',
    screen: lazy(() => import('./released/screen.tsx').then((m) => ({ default: m.ListScreen }))),
  },
  {
    path: '/cases/:number',
    screen: lazy(() => import('./released/screen.tsx').then((m) => ({ default: m.OneScreen }))),
  },
  {
    path: '/grid/:code?',
    screen: lazy(() => import('./grid/screen.tsx').then((m) => ({ default: m.GridScreen }))),
  },
  {
    path: '/privacy',
    screen: lazy(() => import('./notices/screen.tsx').then((m) => ({ default: m.PrivacyScreen }))),
  },
  {
    path: '/accessibility',
    screen: lazy(() => import('./notices/screen.tsx').then((m) => ({ default: m.AccessibilityScreen }))),
  },
];
