import type { CaseState } from './state.ts';
import type { StateName } from './words.ts';

/** The one organisation that answers for the next step; for a case that is over, the centre that keeps it. */
export function responsibleOrganisation(state: CaseState): string {
  switch (state.state) {
    case 'dispatched':
    case 'accepted':
    case 'in_progress':
    case 'extension_requested':
    case 'returned':
      return state.dispatch.leadId;
    case 'shelved':
      return state.shelving.ownerOrganisationId;
    case 'registered':
    case 'objected':
    case 'adjudicating':
    case 'reported_done':
    case 'verifying':
    case 'call_back':
    case 'reopened':
    case 'referred':
    case 'rejected':
    case 'merged':
    case 'closed':
    case 'withdrawn':
    case 'voided':
      return state.commandCentreId;
  }
}

/** States in which a case is not over, whatever became of a referral. */
export function isOpenState(state: StateName): boolean {
  switch (state) {
    case 'rejected':
    case 'referred':
    case 'merged':
    case 'closed':
    case 'withdrawn':
    case 'voided':
      return false;
    default:
      return true;
  }
}

/** True while somebody owes a step: not over, and a petition as long as its route has not answered. */
export function isOpen(state: CaseState): boolean {
  return state.state === 'referred' ? state.clocks.stage !== null : isOpenState(state.state);
}
