import { dayOf, shanghaiText } from '../../../kit/time.ts';
import type { CaseSettings } from './context.ts';
import type { Answer, CallBack, CaseState } from './state.ts';

/** What the requester said last in this round, to a caller or by his own hand; null when he has said nothing. */
export function lastAnswer(state: CaseState): Answer | null {
  const told = state.callBacks.filter((call) => call.round === state.round && call.answer !== null).at(-1);
  const rated = state.ratings.filter((rating) => rating.round === state.round).at(-1);
  if (rated && (!told || rated.at >= told.at)) return { solved: rated.solved, satisfaction: rated.satisfaction };
  return told?.answer ?? null;
}

/** Whoever declined was reached. */
export const isMissed = (call: CallBack): boolean => call.answer === null && call.declined !== true;

/** Asked in this round, he did not want to answer, and has not said anything since. */
export function hasDeclined(state: CaseState): boolean {
  const declined = state.callBacks.some((call) => call.round === state.round && call.declined === true);
  return declined && lastAnswer(state) === null;
}

export type Missed = { readonly tries: number; readonly days: number; readonly parts: number };

/** Tries of this round that reached nobody: how many, on how many different days and in how many parts of the day. */
export function missedCalls(state: CaseState): Missed {
  const missed = state.callBacks.filter((call) => call.round === state.round && isMissed(call));
  const moments = missed.map((call) => new Date(call.at));
  return { tries: missed.length, days: new Set(moments.map(dayOf)).size, parts: new Set(moments.map(partOfDay)).size };
}

/** Whoever is never at home in the morning may be in the evening: parts of the day in China. */
export function partOfDay(at: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(shanghaiText(at).slice(11, 13));
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** He counts as unreachable: enough tries over enough days and parts of the day, and no answer. */
export function isUnreachable(state: CaseState, settings: CaseSettings): boolean {
  const { tries, days, parts } = missedCalls(state);
  const enough = tries >= settings.callBackTries && days >= settings.callBackDays && parts >= settings.callBackParts;
  return lastAnswer(state) === null && !hasDeclined(state) && enough;
}

export function ratedThisRound(state: CaseState): boolean {
  return state.ratings.some((rating) => rating.round === state.round);
}
