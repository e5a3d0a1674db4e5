import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import { assistingOrganisations } from './rules/assisting.ts';
import type { StoredCase } from './stored.ts';
import { seesByArea } from './visibility.ts';

/** Whether an officer sees a case: by his organisation's part in it, or by area through a post that reads there. */
export function sees(app: Pick<App, 'permissions'>, actor: Actor, { state }: StoredCase): boolean {
  if (actor.kind !== 'officer') return false;
  const own = new Set(organisationsOf(actor));
  const parts = [state.dispatch?.leadId, ...assistingOrganisations(state)];
  if (parts.some((id) => id !== undefined && own.has(id))) return true;
  const lines = { areaCode: state.areaCode, lane: state.caseClass.lane, sensitivity: state.sensitivity };
  return seesByArea(app.permissions, actor, 'cases.read', lines);
}
