import { jointOrganisations } from './assisting.ts';
import type { Acting, Context } from './context.ts';
import type { CaseState } from './state.ts';

/**
 * Closed is not solved: whoever checks, calls back or closes must not be of an organisation that leads, assists or
 * ever took the case on, whatever his post there, and must not have handled it himself.
 */
export function isIndependent(state: CaseState, acting: Acting): boolean {
  if (state.handlerIds.includes(acting.id)) return false;
  const handling = handlingOrganisations(state);
  return !acting.organisationIds.some((id) => handling.includes(id));
}

/** Every organisation that leads, assists, comes along or ever took the case on. */
export function handlingOrganisations(state: CaseState): readonly string[] {
  const now = state.dispatch ? [state.dispatch.leadId, ...state.dispatch.assistIds] : [];
  return [...new Set([...state.handlingOrganisationIds, ...jointOrganisations(state), ...now])];
}

/** As `isIndependent`; of a merged case also from those who handled the one it was joined to. */
export function isIndependentCaller(state: CaseState, { acting, master }: Context): boolean {
  const joined = state.state === 'merged' ? master?.handledBy : undefined;
  if (!isIndependent(state, acting)) return false;
  if (joined === undefined) return true;
  return (
    !joined.userIds.includes(acting.id) && !acting.organisationIds.some((id) => joined.organisationIds.includes(id))
  );
}

/** While an objection is open, what becomes of it is decided by someone who is not of the organisation that objected. */
export function isOutsideObjector(state: CaseState, acting: Acting): boolean {
  if (state.state !== 'objected' && state.state !== 'adjudicating') return true;
  const objector = state.objections.at(-1)?.organisationId;
  return objector === undefined || !acting.organisationIds.includes(objector);
}

/** More time is granted by someone who neither asked for it nor belongs to those who did. */
export function isOutsideAsker(state: CaseState, acting: Acting): boolean {
  const request = state.extensionRequest;
  return (
    request === null || (request.askedBy !== acting.id && !acting.organisationIds.includes(request.organisationId))
  );
}

/** True when a verification that was begun may be taken over: its time is up. */
export function claimExpired(state: CaseState, context: Context): boolean {
  if (state.claim === null) return true;
  return context.now.getTime() - Date.parse(state.claim.at) >= context.settings.claimHours * 3_600_000;
}
