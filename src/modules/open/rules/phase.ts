import type { ClosureKind, Solved, StateName } from '../../cases/rules/words.ts';
import type { Outcome, Phase } from '../contract.ts';

/** What residents are told of a state: eight words instead of nineteen. */
export function phaseOf(state: StateName): Phase {
  switch (state) {
    case 'registered':
    case 'reopened':
      return 'received';
    case 'dispatched':
    case 'objected':
    case 'adjudicating':
      return 'assigned';
    case 'accepted':
    case 'in_progress':
    case 'extension_requested':
    case 'returned':
    case 'merged':
      return 'working';
    case 'shelved':
      return 'paused';
    case 'reported_done':
    case 'verifying':
      return 'checking';
    case 'call_back':
      return 'asking';
    case 'closed':
      return 'closed';
    case 'rejected':
    case 'referred':
    case 'withdrawn':
    case 'voided':
      return 'ended';
  }
}

export type Ending = {
  readonly state: StateName;
  readonly closure: ClosureKind | null;
  readonly solved: Solved | null;
};

/** How it ended; null while it is open, and for what came closed from elsewhere. Only the requester says 'solved'. */
export function outcomeOf({ state, closure, solved }: Ending): Outcome | null {
  if (state === 'rejected') return 'declined';
  if (state === 'referred') return 'referred';
  if (state === 'withdrawn') return 'withdrawn';
  if (state !== 'closed') return null;
  if (solved !== null) return solved;
  switch (closure) {
    case 'unreachable':
      return 'unreachable';
    case 'requester':
    case 'verification':
      return 'verified';
    case 'imported':
    case null:
      return null;
  }
}
