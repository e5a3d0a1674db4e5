import { lazy } from 'react';

export { MOST_CHOSEN } from '../contract.ts';
/** What can be done with cases chosen in a list; loads when somebody begins to choose. */
export const BulkActions = lazy(() => import('./actions.tsx').then((m) => ({ default: m.BulkActions })));
