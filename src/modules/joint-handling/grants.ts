import type { Role } from '../../platform/auth/actor.ts';
import type { Grants } from '../../platform/auth/permission.ts';
import { OFFICE_ACTIONS } from './contract.ts';
import { LEGAL_ACTIONS } from './rules/actions.ts';
import type { Party } from './rules/words.ts';

/** The roles by which an officer can be a party; `standing.ts` says when he is. */
const ROLES_OF_PARTY: Readonly<Record<Party, readonly Role[]>> = {
  asker: ['community_worker'],
  whistler: ['dispatcher'],
  centre: ['dispatcher'],
  lead: ['handler', 'dispatcher'],
  member: ['handler', 'dispatcher'],
  system: [],
};

const READING: Grants = {
  community_worker: ['joint_handling.read', 'joint_handling.whistle'],
  dispatcher: [
    'joint_handling.read',
    'joint_handling.whistle',
    'joint_handling.whistle_anew',
    'joint_handling.figures',
  ],
  handler: ['joint_handling.read'],
  supervisor: ['joint_handling.read', 'joint_handling.figures'],
  evaluator: ['joint_handling.read', 'joint_handling.figures'],
};

/** Role → actions: reading as above, steps derived from the one table of legal actions. */
export function jointGrants(): Grants {
  const grants = new Map<Role, Set<string>>();
  for (const [role, actions] of Object.entries(READING) as [Role, readonly string[]][]) {
    grants.set(role, new Set(actions));
  }
  const office = new Set<string>(OFFICE_ACTIONS);
  for (const { action, parties } of LEGAL_ACTIONS.filter((rule) => office.has(rule.action))) {
    for (const role of parties.flatMap((party) => ROLES_OF_PARTY[party])) {
      grants.set(role, (grants.get(role) ?? new Set()).add(`joint_handling.${action}`));
    }
  }
  return Object.fromEntries([...grants].map(([role, actions]) => [role, [...actions]]));
}
