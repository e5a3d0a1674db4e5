import type { Actor, Officer, Role } from '../../../../platform/auth/actor.ts';
import type { ClassFacts, Point } from '../state.ts';

/** The named cast of the rule tests: one town of a county, its offices, and people with posts in them. */
export const AREA = '421181001003002';
export const POINT: Point = [115.008, 31.172];

export const ORGANISATIONS = {
  centre: { id: 'org-centre', level: 'town' },
  county: { id: 'org-county', level: 'county' },
  water: { id: 'org-water', level: 'county' },
  power: { id: 'org-power', level: 'county' },
  roads: { id: 'org-roads', level: 'county' },
  village: { id: 'org-village', level: 'village' },
  gone: { id: 'org-gone', level: 'county' },
} as const;
export type OrganisationName = keyof typeof ORGANISATIONS;
export const org = (name: OrganisationName): string => ORGANISATIONS[name].id;

function officer(userId: string, ...posts: readonly (readonly [Role, OrganisationName])[]): Officer {
  return {
    kind: 'officer',
    tenant: 421181,
    userId,
    name: userId,
    posts: posts.map(([role, name]) => ({
      id: `${userId}-${role}-${name}`,
      organisationId: org(name),
      role,
      // A handler's post speaks by its organisation, every other by its area.
      scope: [role === 'handler' ? 'none' : '421181001'],
      lanes: null,
    })),
  };
}

export const CAST = {
  /** Who asked. */
  li: { kind: 'resident', tenant: 421181, caseId: 'case-1', phoneIndex: null },
  /** Dispatcher of the town's centre, and of the county's. */
  dong: officer('dong', ['dispatcher', 'centre']),
  xian: officer('xian', ['dispatcher', 'county']),
  /** Handlers of the water, power and roads bureaus. */
  shui: officer('shui', ['handler', 'water']),
  dian: officer('dian', ['handler', 'power']),
  lu: officer('lu', ['handler', 'roads']),
  /** Grid worker and community worker of the village. */
  wang: officer('wang', ['grid_worker', 'village']),
  cun: officer('cun', ['community_worker', 'village']),
  /** Verifiers: of the county, of the water bureau, and one who is a handler there besides. */
  yan: officer('yan', ['verifier', 'county']),
  heng: officer('heng', ['verifier', 'water']),
  both: officer('both', ['verifier', 'county'], ['handler', 'power']),
  du: officer('du', ['supervisor', 'county']),
  ping: officer('ping', ['evaluator', 'county']),
  guan: officer('guan', ['administrator', 'county']),
  shen: officer('shen', ['auditor', 'county']),
  /** A dispatcher with a handler's post in the water bureau. */
  mix: officer('mix', ['dispatcher', 'centre'], ['handler', 'water']),
  clock: { kind: 'system', tenant: 421181, name: 'clock' },
} as const satisfies Readonly<Record<string, Actor>>;
export type Who = keyof typeof CAST;

const plain: ClassFacts = {
  code: '11-02',
  version: 1,
  lane: 'enforcement',
  sensitivity: 'normal',
  petition: false,
  settleOnSpot: false,
  photosRequired: false,
};

export const CLASSES = {
  lamp: plain,
  rubbish: { ...plain, code: '09-01', settleOnSpot: true },
  pothole: { ...plain, code: '11-03', photosRequired: true },
  petition: { ...plain, code: '01-01', lane: 'safety', petition: true },
  /** Closed by the check, asked afterwards. */
  noise: { ...plain, code: '10-03', callBackBefore: false },
  care: { ...plain, code: '14-01', lane: 'services', sensitivity: 'sealed' },
} as const satisfies Readonly<Record<string, ClassFacts>>;
export type ClassName = keyof typeof CLASSES;
