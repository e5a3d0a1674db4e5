import type { WatchedQueue } from './words.ts';

/** The dated setting that says how long, by its key in the catalogue. */
export type WatchSetting =
  | 'watchDispatchHours'
  | 'watchDisputeHours'
  | 'watchVerifyHours'
  | 'watchCallBackHours'
  | 'watchAnswerHours';

/** How long a queue's oldest may wait, and in which states a case waits in it. */
export type Watch = { readonly setting: WatchSetting; readonly states: readonly string[] };

export const WATCHES: Readonly<Record<WatchedQueue, Watch>> = {
  to_dispatch: { setting: 'watchDispatchHours', states: ['registered', 'reopened'] },
  disputes: { setting: 'watchDisputeHours', states: ['objected'] },
  to_verify: { setting: 'watchVerifyHours', states: ['reported_done'] },
  to_call_back: { setting: 'watchCallBackHours', states: ['call_back'] },
  answers: { setting: 'watchAnswerHours', states: [] },
};

const QUEUE_OF_STATE: ReadonlyMap<string, WatchedQueue> = new Map(
  Object.entries(WATCHES).flatMap(([queue, { states }]) => states.map((state) => [state, queue as WatchedQueue])),
);

/** The watched queue in which a case of this state waits; null where somebody has taken it. */
export function queueOf(state: string): WatchedQueue | null {
  return QUEUE_OF_STATE.get(state) ?? null;
}
