import { lazy } from 'react';

/** Counts and rates by area, class, office and channel. */
export const FiguresScreen = lazy(() => import('./figures-screen.tsx').then((m) => ({ default: m.FiguresScreen })));
export { FIGURES_SEARCH } from './search.ts';
