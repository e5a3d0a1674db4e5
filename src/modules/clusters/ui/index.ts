import { lazy } from 'react';

/** The screens of duplicates and hot issues; each loads when it is opened. */
export const MergeScreen = lazy(() => import('./merge-screen.tsx').then((m) => ({ default: m.MergeScreen })));
export const HotIssuesScreen = lazy(() => import('./hot-issues.tsx').then((m) => ({ default: m.HotIssuesScreen })));
export const SimilarPanel = lazy(() => import('./similar-panel.tsx').then((m) => ({ default: m.SimilarPanel })));
export const SimilarHint = lazy(() => import('./similar-hint.tsx').then((m) => ({ default: m.SimilarHint })));
