import { lazy } from 'react';

/** The callers' screen: whom to call, the call itself, figures of offices, scripts. */
export const CallBacksScreen = lazy(() =>
  import('./call-backs-screen.tsx').then((m) => ({ default: m.CallBacksScreen })),
);
