import { lazy } from 'react';

// Not by way of the contract, which would come with the first page.
export { MOST_CHOSEN } from '../rules/limits.ts';
/** What can be done with cases chosen in a list; loads when somebody begins to choose. */
export const BulkActions = lazy(() => import('./actions.tsx').then((m) => ({ default: m.BulkActions })));
/** What can be done with all that a list shows. */
export const WholeListActions = lazy(() =>
  import('./export-button.tsx').then((m) => ({ default: m.WholeListActions })),
);
