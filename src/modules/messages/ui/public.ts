import { lazy } from 'react';

/** The demo's mailbox, in the shape of the portal's other screens. */
export const mailboxScreen = {
  path: '/mailbox',
  screen: lazy(() => import('./mailbox-screen.tsx').then((m) => ({ default: m.MailboxScreen }))),
} as const;
