import { call } from '../../../../platform/web/client.ts';
import { api } from '../endpoints.ts';
import { useSettings } from './settings.tsx';
import { useLoad } from './use-load.ts';

/** The parts the jurisdiction falls into: towns and streets of a county, counties of a city. */
export function useTowns(): readonly { readonly code: string; readonly name: string }[] {
  const code = useSettings()?.jurisdiction.code;
  const tree = useLoad(code ? `towns ${code}` : null, (signal) =>
    call(api.readTree, { query: code ? { parent: code } : {}, signal }),
  );
  return tree.value?.items ?? [];
}
