import { lazy } from 'react';
import type { CasePanel } from '../../cases/ui/index.ts';

/** The office screen of personal data, and what it adds to the page of a case. */
export const PrivacyScreen = lazy(() => import('./privacy-screen.tsx').then((m) => ({ default: m.PrivacyScreen })));

export const contactPanel: CasePanel = {
  id: 'privacy-contact',
  place: 'side',
  Panel: lazy(() => import('./contact-panel.tsx').then((m) => ({ default: m.ContactPanel }))),
};
