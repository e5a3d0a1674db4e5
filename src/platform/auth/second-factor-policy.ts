import type { Contract } from '../http/contract.ts';
import { ROLES, type Role, SEPARATE_OFFICES } from './actor.ts';
import type { Permissions } from './permission.ts';

/** Who needs a second factor: a word, or the roles themselves. */
export type SecondFactorSetting = 'sensitive' | 'everyone' | 'optional' | readonly Role[];

/** They can change who may do what, or read who did it. */
const ALWAYS_SENSITIVE: readonly Role[] = SEPARATE_OFFICES;

/**
 * The roles whose holders need a second factor. `sensitive`: administrators, auditors and every role that holds the
 * action of a route that asks for a fresh proof (unmasking, exports, posts, accounts, keys).
 */
export function rolesWithSecondFactor(
  setting: SecondFactorSetting,
  permissions: Permissions,
  contracts: readonly Contract[],
): ReadonlySet<Role> {
  if (setting === 'everyone') return new Set(ROLES);
  if (setting === 'optional') return new Set();
  if (setting !== 'sensitive') return new Set(setting);
  const actions = contracts.flatMap(({ fresh, access }) => (fresh && access.kind === 'action' ? [access.action] : []));
  const holders = ROLES.filter((role) => actions.some((action) => permissions.get(role)?.has(action)));
  return new Set([...ALWAYS_SENSITIVE, ...holders]);
}
