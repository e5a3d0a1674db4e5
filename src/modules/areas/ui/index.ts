import { lazy } from 'react';

/** The office's screen of areas, sets, addresses and imports; loads when it is opened. */
export const AreasScreen = lazy(() =>
  import('./office/areas-screen.tsx').then(({ AreasScreen: screen }) => ({ default: screen })),
);
/** Search parameters that the screen keeps in its address. */
export const AREAS_SEARCH = ['view', 'code', 'closed', 'estate'] as const;
