import { isRefusal, type RefusalDetails } from '../../../kit/result.ts';
import { legalParty } from './actions.ts';
import type { Context } from './context.ts';
import type { CaseState } from './state.ts';
import { type Action, ACTIONS, RESOURCES } from './words.ts';

/** What the screen shows of one action: enabled, or the code of the reason why not. */
export type ActionView = {
  readonly action: Action;
  /** Path part under `/api/cases/:id/`; null for what only the system does. */
  readonly resource: (typeof RESOURCES)[Action];
  readonly allowed: boolean;
  readonly code: string | null;
  readonly details: RefusalDetails;
};

/**
 * All actions of a case for one person, from the same table that `decide` obeys. An allowed action may still be
 * refused for what the command says (a text missing, an organisation closed).
 */
export function availableActions(state: CaseState, context: Context): ActionView[] {
  return ACTIONS.map((action) => {
    const found = legalParty(action, state, context);
    const resource = RESOURCES[action];
    return isRefusal(found)
      ? { action, resource, allowed: false, code: found.code, details: found.details }
      : { action, resource, allowed: true, code: null, details: {} };
  });
}
