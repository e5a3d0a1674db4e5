import { lazy } from 'react';

/** The office screens of organisations; each loads when it is opened. */
export const OrganisationsScreen = lazy(() =>
  import('./organisations-screen.tsx').then((m) => ({ default: m.OrganisationsScreen })),
);
export const PostsScreen = lazy(() => import('./posts-screen.tsx').then((m) => ({ default: m.PostsScreen })));
