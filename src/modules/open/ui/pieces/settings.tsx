import { createContext, type ReactNode, useContext } from 'react';
import { call } from '../../../../platform/web/client.ts';
import type { Settings } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { useLoad } from './use-load.ts';

const SettingsContext = createContext<Settings | undefined>(undefined);

/** Reads once what the portal must know about the place it serves. Screens work without it, with less. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const settings = useLoad('settings', (signal) => call(api.settings, { signal }));
  return <SettingsContext value={settings.value}>{children}</SettingsContext>;
}

/** Undefined until it is read. */
export function useSettings(): Settings | undefined {
  return useContext(SettingsContext);
}

/** What holds until the server says otherwise. */
export const USUAL_LIMITS: Settings['limits'] = { textLength: 2000, photos: 10, photoBytes: 20 * 1024 * 1024 };

export function useLimits(): Settings['limits'] {
  return useSettings()?.limits ?? USUAL_LIMITS;
}
