import { dayOf } from '../../../kit/time.ts';
import type { CaseSettings } from './context.ts';
import type { Answer, CaseState } from './state.ts';

/** What the requester said last in this round, to a caller or by his own hand; null when he has said nothing. */
export function lastAnswer(state: CaseState): Answer | null {
  const told = state.callBacks.filter((call) => call.round === state.round && call.answer !== null).at(-1);
  const rated = state.ratings.filter((rating) => rating.round === state.round).at(-1);
  if (rated && (!told || rated.at >= told.at)) return { solved: rated.solved, satisfaction: rated.satisfaction };
  return told?.answer ?? null;
}

/** Tries of this round that reached nobody: how many, and on how many different days. */
export function missedCalls(state: CaseState): { readonly tries: number; readonly days: number } {
  const missed = state.callBacks.filter((call) => call.round === state.round && call.answer === null);
  return { tries: missed.length, days: new Set(missed.map((call) => dayOf(new Date(call.at)))).size };
}

/** He counts as unreachable: enough tries over enough days, and no answer. */
export function isUnreachable(state: CaseState, settings: CaseSettings): boolean {
  const { tries, days } = missedCalls(state);
  return lastAnswer(state) === null && tries >= settings.callBackTries && days >= settings.callBackDays;
}

export function ratedThisRound(state: CaseState): boolean {
  return state.ratings.some((rating) => rating.round === state.round);
}
