import type { Deadline, WorkClock } from '../../../kit/deadline.ts';
import type { ClassFacts, Instant } from './state.ts';
import type { DeadlineStage, Party, StateName } from './words.ts';

/** Who acts, and as what: `standing` from `standingOf`. */
export type Acting = {
  readonly id: string;
  /** Party → the organisation by whose post he is that; null for requesters and the system. */
  readonly standing: ReadonlyMap<Party, string | null>;
  /** Every organisation in which he holds a post, whatever the role: what independence is judged by. */
  readonly organisationIds: readonly string[];
};

/** An organisation that a command names, as it is today; `entry` is the dispatch-list entry that covers it. */
export type DispatchTarget = {
  readonly organisationId: string;
  readonly level: 'city' | 'county' | 'town' | 'village' | 'grid';
  readonly active: boolean;
  readonly entry: { readonly id: string; readonly number: string } | null;
};

/** What the rules need of the case that another is merged into. */
export type MasterFacts = {
  readonly id: string;
  readonly number: string;
  readonly state: StateName;
  readonly closedAt: Instant | null;
  readonly masterCaseId: string | null;
  /** Who handles or handled it: they do not ask a merged caller how they did. */
  readonly handledBy?: { readonly userIds: readonly string[]; readonly organisationIds: readonly string[] };
};

/** Dated settings; see `defaultSettings` for what they are when nobody changed them. */
export type CaseSettings = {
  /** How far from the case's point an on-site verification may be taken, in metres. */
  readonly verificationRadius: number;
  /** After how many hours another verifier may take over a verification that was begun and not recorded. */
  readonly claimHours: number;
  /** A requester counts as unreachable after this many tries … */
  readonly callBackTries: number;
  /** … made on at least this many different days. */
  readonly callBackDays: number;
  /** … and in at least this many parts of the day: morning, afternoon, evening. */
  readonly callBackParts: number;
  readonly maxExtensions: number;
  /** The most that may be asked for at once, in units of the total clock. */
  readonly maxExtensionAmount: number;
  readonly maxFiles: number;
  /** The longest a case may stay shelved, in days. */
  readonly maxShelvingDays: number;
};

export const defaultSettings: CaseSettings = {
  verificationRadius: 200,
  claimHours: 24,
  callBackTries: 3,
  callBackDays: 2,
  callBackParts: 2,
  maxExtensions: 2,
  maxExtensionAmount: 30,
  maxFiles: 10,
  maxShelvingDays: 365,
};

/**
 * All that a decision may look at beside state and command. The store loads what the command at hand needs and leaves
 * the rest null; nothing here is read from a clock or a database by the rules.
 */
export type Context = {
  readonly now: Date;
  readonly acting: Acting;
  /** Amount and clock for a stage of the class in force: the new one for `register`, `import` and `correct`. */
  readonly deadline: (stage: DeadlineStage) => Deadline;
  readonly clock: WorkClock;
  readonly settings: CaseSettings;
  /** What the last event was, told to whoever comes with a stale version. */
  readonly lastEvent: { readonly kind: string; readonly at: Instant; readonly actorName: string } | null;
  /** `register`, `import`, `correct`: the class named, and whether it is open on that day. */
  readonly classFacts: (ClassFacts & { readonly open: boolean }) | null;
  /** `register`, `import`, `correct`: whether the area is open today and the point inside; null: nobody knows. */
  readonly place: { readonly areaOpen: boolean; readonly pointInside: boolean | null } | null;
  /** `dispatch`, `rule`, `shelve`: the organisations named that exist, in any order. */
  readonly targets: readonly DispatchTarget[];
  /** `dispatch`: the first suggestion of the dispatch list. */
  readonly suggestion: { readonly organisationId: string } | null;
  /** `merge`, and everything done to a merged case. */
  readonly master: MasterFacts | null;
};
