import type { Grants } from '../../platform/auth/permission.ts';
import type { Role } from '../../platform/auth/actor.ts';
import { LEGAL_ACTIONS } from './rules/actions.ts';
import type { Party } from './rules/words.ts';
import { OFFICE_ACTIONS } from './steps-contract.ts';

/** The roles by which an officer can be a party; `standing.ts` says when he is. */
const ROLES_OF_PARTY: Readonly<Partial<Record<Party, readonly Role[]>>> = {
  dispatcher: ['dispatcher'],
  lead: ['handler', 'community_worker'],
  assist: ['handler', 'community_worker'],
  grid_worker: ['grid_worker'],
  community_worker: ['community_worker'],
  verifier: ['verifier'],
  supervisor: ['supervisor'],
  evaluator: ['evaluator'],
  administrator: ['administrator'],
  auditor: ['auditor'],
};

const READING: Grants = {
  grid_worker: ['cases.read', 'cases.read_area', 'cases.report'],
  community_worker: ['cases.read', 'cases.read_area', 'cases.report', 'cases.register'],
  dispatcher: [
    'cases.read',
    'cases.read_area',
    'cases.read_sealed',
    'cases.read_late',
    'cases.register',
    'cases.unmask',
  ],
  handler: ['cases.read'],
  verifier: ['cases.read', 'cases.read_area', 'cases.unmask'],
  supervisor: ['cases.read', 'cases.read_area', 'cases.read_sealed', 'cases.read_late'],
  evaluator: ['cases.read', 'cases.read_area', 'cases.read_late'],
};

/** Role → actions of cases: reading as above, steps derived from the one table of legal actions. */
export function caseGrants(): Grants {
  const grants = new Map<Role, Set<string>>();
  const add = (role: Role, action: string) => {
    const set = grants.get(role) ?? new Set<string>();
    grants.set(role, set.add(action));
  };
  for (const [role, actions] of Object.entries(READING) as [Role, readonly string[]][]) {
    for (const action of actions) add(role, action);
  }
  const office = new Set<string>(OFFICE_ACTIONS);
  for (const { action, parties } of LEGAL_ACTIONS.filter((rule) => office.has(rule.action))) {
    for (const role of parties.flatMap((party) => ROLES_OF_PARTY[party] ?? [])) add(role, `cases.${action}`);
  }
  return Object.fromEntries([...grants].map(([role, actions]) => [role, [...actions]]));
}
