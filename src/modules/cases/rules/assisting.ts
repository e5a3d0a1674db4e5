import type { CaseState } from './state.ts';

/** Organisations that take part in a joint handling of the case. */
export function jointOrganisations(state: Pick<CaseState, 'jointOrganisationIds'>): readonly string[] {
  return state.jointOrganisationIds ?? [];
}

/** Everyone who helps the lead: named at the dispatch, or come to a joint handling. */
export function assistingOrganisations(state: Pick<CaseState, 'dispatch' | 'jointOrganisationIds'>): readonly string[] {
  const lead = state.dispatch?.leadId;
  const all = new Set([...(state.dispatch?.assistIds ?? []), ...jointOrganisations(state)]);
  return [...all].filter((id) => id !== lead);
}
