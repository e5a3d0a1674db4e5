import { lazy } from 'react';

/** The office screens of messages; the frame also shows how many alerts are unread. */
export const InboxScreen = lazy(() => import('./inbox-screen.tsx').then((m) => ({ default: m.InboxScreen })));
export const MessagesScreen = lazy(() => import('./messages-screen.tsx').then((m) => ({ default: m.MessagesScreen })));

export { unreadCount } from './queries.ts';
