import { lazy } from 'react';

/** The office screens of the catalogue; each loads when it is opened. */
export const CatalogueScreen = lazy(() =>
  import('./catalogue-screen.tsx').then((m) => ({ default: m.CatalogueScreen })),
);
export const DispatchListScreen = lazy(() =>
  import('./dispatch-list-screen.tsx').then((m) => ({ default: m.DispatchListScreen })),
);
