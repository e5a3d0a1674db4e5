import { lazy } from 'react';
import type { CasePanel } from '../../cases/ui/index.ts';

/** The office screen of history and backups, and the proof on the page of a case. */
export const HistoryScreen = lazy(() => import('./history-screen.tsx').then((m) => ({ default: m.HistoryScreen })));

export const proofPanel: CasePanel = {
  id: 'ledger-proof',
  place: 'side',
  Panel: lazy(() => import('./proof-panel.tsx').then((m) => ({ default: m.ProofPanel }))),
};
