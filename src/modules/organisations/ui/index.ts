import { lazy } from 'react';

/** The office screens of organisations; each loads when it is opened. */
export const OrganisationsScreen = lazy(() =>
  import('./organisations-screen.tsx').then((m) => ({ default: m.OrganisationsScreen })),
);
export const PostsScreen = lazy(() => import('./posts-screen.tsx').then((m) => ({ default: m.PostsScreen })));

export { AreaTreeSelect } from './area-tree-select.tsx';
export { kinds as organisationKinds } from './queries.ts';
export { OrganisationSelect } from './selects.tsx';
