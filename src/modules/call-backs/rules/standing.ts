import { hasDeclined, isUnreachable } from '../../cases/rules/answers.ts';
import type { CaseSettings } from '../../cases/rules/context.ts';
import { handlingOrganisations } from '../../cases/rules/independence.ts';
import type { Answer, CaseState } from '../../cases/rules/state.ts';

export const TIMINGS = ['before', 'after', 'merged'] as const;
export type Timing = (typeof TIMINGS)[number];
export const ENTRY_STATES = ['open', 'answered', 'declined', 'unreachable', 'lapsed', 'dropped'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** What the case that a request was merged into says of its call-back. */
export type MasterOf = Pick<CaseState, 'closure' | 'dispatch'> & { readonly state: CaseState };

/** That a requester is to be asked in this round, and about whose work. */
export type Need = {
  readonly round: number;
  readonly timing: Timing;
  readonly organisationId: string | null;
  readonly handledBy: readonly string[];
  /** After this nobody is asked any more; null while the case waits for the answer. */
  readonly until: string | null;
};

/**
 * Whether the requester of a case is to be asked now: before it closes, after it closed by the check alone, or when
 * the case his own was merged into has closed. Nobody is asked who left no way to reach him.
 */
export function needOf(state: CaseState, master: CaseState | null): Need | null {
  if (!state.contactable || state.requesterId === null) return null;
  const own = { round: state.round, handledBy: handlingOrganisations(state) };
  const organisationId = state.dispatch?.leadId ?? null;
  if (state.state === 'call_back') return { ...own, timing: 'before', organisationId, until: null };
  if (state.state === 'closed') {
    if (state.closure.kind === 'imported') return null;
    return { ...own, timing: 'after', organisationId, until: state.closure.reopenUntil };
  }
  if (state.state !== 'merged' || master?.state !== 'closed') return null;
  return {
    round: state.round,
    timing: 'merged',
    organisationId: master.dispatch?.leadId ?? null,
    handledBy: handlingOrganisations(master),
    until: master.closure.reopenUntil,
  };
}

export type Said = Answer & { readonly by: 'caller' | 'requester'; readonly at: string };

/** What the requester said last in a round, to a caller or by his own hand. */
export function saidIn(state: CaseState, round: number): Said | null {
  const told = state.callBacks.filter((call) => call.round === round && call.answer !== null).at(-1);
  const rated = state.ratings.filter((rating) => rating.round === round).at(-1);
  const caller = told?.answer ? { ...told.answer, by: 'caller' as const, at: told.at } : null;
  const own = rated && {
    solved: rated.solved,
    satisfaction: rated.satisfaction,
    by: 'requester' as const,
    at: rated.at,
  };
  if (own && (!caller || own.at >= caller.at)) return own;
  return caller;
}

/** How a round's call-back stands. Declined, unreachable and lapsed are results of their own, neither solved nor satisfied. */
export function standingOf(
  state: CaseState,
  round: number,
  need: Need | null,
  settings: CaseSettings,
  now: Date,
): EntryState {
  if (saidIn(state, round)) return 'answered';
  if (need === null || need.round !== round) return 'dropped';
  if (hasDeclined(state)) return 'declined';
  if (isUnreachable(state, settings)) return 'unreachable';
  return need.until !== null && now > new Date(need.until) ? 'lapsed' : 'open';
}
