/** What the processes behind one port say to the one that keeps them. */
export type ToKeeper =
  | { readonly say: 'listening'; readonly port: number }
  | { readonly say: 'ask_metrics'; readonly question: string }
  | { readonly say: 'metrics'; readonly question: string; readonly metrics: object };

/** What it says to them. */
export type ToMember =
  | { readonly say: 'stop' }
  | { readonly say: 'give_metrics'; readonly question: string }
  | { readonly say: 'all_metrics'; readonly question: string; readonly metrics: readonly object[] };

/** Number of a process among its like, from 1; the processes that replace it have the same. */
export const MEMBER_NUMBER = 'GONGZHI_PROCESS_NUMBER';
