import { type ComponentType, lazy } from 'react';

export type Screen = { readonly path: string; readonly screen: ComponentType };

const RELOADED = 'gongzhi.reloaded';

/**
 * A part of the program fetched when its screen is opened. When that fails, the page may be older than the server's
 * program: it is loaded anew, once; what was being written is kept on the phone.
 */
function later(fetchPart: () => Promise<ComponentType>): ComponentType {
  return lazy(async () => {
    try {
      const screen = await fetchPart();
      note(null);
      return { default: screen };
    } catch (error) {
      if (noted()) throw error;
      note('1');
      window.location.reload();
      // The page is about to go; what is shown stays until then.
      return new Promise<never>(() => undefined);
    }
  });
}

function noted(): boolean {
  try {
    return window.sessionStorage.getItem(RELOADED) !== null;
  } catch {
    return true;
  }
}

function note(value: string | null): void {
  try {
    if (value === null) window.sessionStorage.removeItem(RELOADED);
    else window.sessionStorage.setItem(RELOADED, value);
  } catch {
    // Without storage there is no reload, so nothing need be remembered.
  }
}

/** Screens beside the home page, each with its own part of the program and its own texts. */
export const screens: readonly Screen[] = [
  { path: '/report/sent', screen: later(() => import('./report/screen.tsx').then((m) => m.SentScreen)) },
  { path: '/report/:step?', screen: later(() => import('./report/screen.tsx').then((m) => m.ReportScreen)) },
  { path: '/track/phone', screen: later(() => import('./track/screen.tsx').then((m) => m.PhoneScreen)) },
  { path: '/track/:number?', screen: later(() => import('./track/screen.tsx').then((m) => m.TrackScreen)) },
  { path: '/mine', screen: later(() => import('./track/screen.tsx').then((m) => m.MineScreen)) },
  { path: '/cases', screen: later(() => import('./released/screen.tsx').then((m) => m.ListScreen)) },
  { path: '/cases/:number', screen: later(() => import('./released/screen.tsx').then((m) => m.OneScreen)) },
  { path: '/grid/:code?', screen: later(() => import('./grid/screen.tsx').then((m) => m.GridScreen)) },
  { path: '/exclusions', screen: later(() => import('./exclusions/screen.tsx').then((m) => m.ExclusionsScreen)) },
  { path: '/issues', screen: later(() => import('./issues/screen.tsx').then((m) => m.IssuesScreen)) },
  { path: '/answer/:code', screen: later(() => import('./answer/screen.tsx').then((m) => m.AnswerScreen)) },
  { path: '/my-data/:number?', screen: later(() => import('./data/screen.tsx').then((m) => m.DataScreen)) },
  { path: '/history', screen: later(() => import('./history/screen.tsx').then((m) => m.HistoryScreen)) },
  { path: '/privacy', screen: later(() => import('./notices/screen.tsx').then((m) => m.PrivacyScreen)) },
  { path: '/accessibility', screen: later(() => import('./notices/screen.tsx').then((m) => m.AccessibilityScreen)) },
];
