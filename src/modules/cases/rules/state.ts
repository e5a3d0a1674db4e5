import type { Deadline } from '../../../kit/deadline.ts';
import type { Lane } from '../../../platform/auth/actor.ts';
import type {
  Channel,
  ClockName,
  ClosureKind,
  PauseReason,
  RejectionReason,
  ReopeningGround,
  Route,
  RouteOutcome,
  Satisfaction,
  Sensitivity,
  ShelvingGround,
  Solved,
  Stage,
  Urgency,
  VerificationWay,
} from './words.ts';

/** A moment as ISO text in UTC: state and events are plain JSON, equal before and after storage. */
export type Instant = string;
/** A day of Asia/Shanghai, yyyy-mm-dd. */
export type Day = string;
/** Longitude, latitude (WGS 84). */
export type Point = readonly [number, number];

/** What the rules need of a class, kept as it was when the case was opened or corrected. */
export type ClassFacts = {
  readonly code: string;
  readonly version: number;
  readonly lane: Lane;
  readonly sensitivity: Sensitivity;
  /** A petition (信访): registered and passed to its lawful route, never handled here. */
  readonly petition: boolean;
  readonly settleOnSpot: boolean;
  /** Reporting done needs a photo. */
  readonly photosRequired: boolean;
  /** The requester is asked before it closes, else afterwards. Cases older than this fact lack it: asked before. */
  readonly callBackBefore?: boolean;
};

export type StageClock = {
  readonly name: Stage;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** A year on the way is unknown to the holiday calendar; the due time may move. */
  readonly uncertain: boolean;
};
export type ContactClock = { readonly startedAt: Instant; readonly dueAt: Instant; readonly uncertain: boolean };
export type Pause = { readonly from: Instant; readonly to: Instant | null; readonly reason: PauseReason };
/** Time added by an approved extension, in units of the total clock. */
export type Extension = { readonly at: Instant; readonly amount: number; readonly from: Instant; readonly to: Instant };

export type TotalClock = {
  readonly startedAt: Instant;
  /** The due time as it stands, pauses that ended and extensions counted in. */
  readonly dueAt: Instant;
  readonly base: Deadline;
  readonly uncertain: boolean;
  /** Every standstill, itemised; the last one may still be open. */
  readonly pauses: readonly Pause[];
  readonly extensions: readonly Extension[];
};

/** A deadline that passed, kept once each. */
export type Lateness = { readonly clock: ClockName; readonly name: string; readonly dueAt: Instant };

export type Clocks = {
  /** The stage's own clock; null when nothing is waited for. */
  readonly stage: StageClock | null;
  /** Runs beside the stage from the first dispatch until somebody spoke with the requester. */
  readonly contact: ContactClock | null;
  readonly total: TotalClock;
};

/** To whom the case was given, and under what. */
export type Dispatch = {
  readonly leadId: string;
  readonly assistIds: readonly string[];
  readonly entryId: string | null;
  readonly entryNumber: string | null;
  /** By ruling; may be neither objected to nor given back. */
  readonly designated: boolean;
  readonly at: Instant;
  /** Until when an objection is heard; null when there is no right to one. */
  readonly objectionUntil: Instant | null;
};

export type Objection = { readonly organisationId: string; readonly at: Instant };
export type Ruling = { readonly kind: 'designate' | 'redirect'; readonly at: Instant; readonly leadId: string };
export type ExtensionRequest = {
  readonly amount: number;
  readonly askedBy: string;
  readonly organisationId: string;
  readonly at: Instant;
};
export type Shelving = {
  readonly ground: ShelvingGround;
  readonly ownerOrganisationId: string;
  readonly reviewOn: Day;
  readonly endOn: Day;
  readonly since: Instant;
};
export type Referral = {
  readonly route: Route;
  readonly at: Instant;
  /** That route's own clock; only petitions carry one. */
  readonly dueAt: Instant | null;
  readonly outcome: RouteOutcome | null;
  readonly outcomeAt: Instant | null;
};
export type VerifierClaim = { readonly userId: string; readonly organisationId: string | null; readonly at: Instant };
export type Verification = {
  readonly round: number;
  readonly passed: boolean;
  readonly how: VerificationWay;
  readonly verifierId: string;
  readonly organisationId: string | null;
  readonly at: Instant;
};
/** What the requester said, in his own words to a caller or by his own hand. */
export type Answer = { readonly solved: Solved; readonly satisfaction: Satisfaction };
export type CallBack = {
  readonly round: number;
  readonly at: Instant;
  readonly callerId: string;
  /** Null: he was not reached, or did not want to answer. */
  readonly answer: Answer | null;
  /** Reached, and did not want to answer. */
  readonly declined?: true;
};
export type Rating = Answer & { readonly round: number; readonly at: Instant };

export type Closure = {
  readonly kind: ClosureKind;
  readonly at: Instant;
  readonly round: number;
  /** What the requester said; null when he was not reached or could not be asked. */
  readonly solved: Solved | null;
  readonly satisfaction: Satisfaction | null;
  readonly rateUntil: Instant | null;
  readonly reopenUntil: Instant | null;
};

/** All that the rules know of a case, whatever its state. */
export type CaseFacts = {
  readonly id: string;
  readonly number: string;
  /** Number of events so far; every command names the version it saw. */
  readonly version: number;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly caseClass: ClassFacts;
  /** The stricter of the class's and the requester's wish. */
  readonly sensitivity: Sensitivity;
  readonly urgency: Urgency;
  readonly channel: Channel;
  /** When it was said; `registeredAt` is when it was written down, from which the clocks run. */
  readonly openedAt: Instant;
  readonly registeredAt: Instant;
  readonly requesterId: string | null;
  /** The requester left a way to reach him; without one a verified case closes with no call-back. */
  readonly contactable: boolean;
  /** The requester asked that his request be kept confidential. */
  readonly askedSecrecy: boolean;
  readonly publicConsent: boolean;
  readonly publicState: 'private' | 'released';
  /** The centre that owns the queue and answers for every step no one else answers for. */
  readonly commandCentreId: string;
  /** First receiver (首接): the first organisation it was dispatched to, until then the command centre. */
  readonly firstReceiverId: string;
  readonly dispatch: Dispatch | null;
  readonly objections: readonly Objection[];
  readonly rulings: readonly Ruling[];
  readonly extensionRequest: ExtensionRequest | null;
  readonly shelving: Shelving | null;
  readonly referral: Referral | null;
  readonly rejection: RejectionReason | null;
  readonly masterCaseId: string | null;
  /** Duplicates joined to this case. */
  readonly duplicateIds: readonly string[];
  /** Everyone who ever handled it; none of them may verify it. */
  readonly handlerIds: readonly string[];
  /** Every organisation that took it on, earlier ones included. */
  readonly handlingOrganisationIds: readonly string[];
  /** Organisations that take part in a joint handling now; absent in cases that never had one. */
  readonly jointOrganisationIds?: readonly string[];
  readonly claim: VerifierClaim | null;
  /** Counts every attempt at solving it: up by one with each return and each reopening. */
  readonly round: number;
  readonly verifications: readonly Verification[];
  readonly callBacks: readonly CallBack[];
  readonly ratings: readonly Rating[];
  readonly contactedAt: Instant | null;
  readonly settledOnSpot: boolean;
  readonly imported: boolean;
  /** Sent back and not dispatched anew since: the rework deadline holds instead of the total one. */
  readonly inRework: boolean;
  readonly reworkCount: number;
  readonly reopenCount: number;
  readonly reopenedFor: ReopeningGround | null;
  readonly closure: Closure | null;
  readonly clocks: Clocks;
  readonly late: readonly Lateness[];
};

/** Narrows a fact to what a state makes certain. */
type Holding<K extends keyof CaseFacts> = { readonly [P in K]: NonNullable<CaseFacts[P]> };
type In<S extends string, K extends keyof CaseFacts = never> = CaseFacts & Holding<K> & { readonly state: S };

/** One case. `state` tells the variants apart; what a state makes certain is not null in it. */
export type CaseState =
  | In<'registered'>
  | In<'rejected', 'rejection'>
  | In<'referred', 'referral'>
  | In<'merged', 'masterCaseId'>
  | In<'dispatched', 'dispatch'>
  | In<'accepted', 'dispatch'>
  | In<'objected', 'dispatch'>
  | In<'adjudicating', 'dispatch'>
  | In<'in_progress', 'dispatch'>
  | In<'extension_requested', 'dispatch' | 'extensionRequest'>
  | In<'shelved', 'dispatch' | 'shelving'>
  | In<'reported_done', 'dispatch'>
  | In<'verifying', 'dispatch' | 'claim'>
  | In<'call_back', 'dispatch'>
  | In<'closed', 'closure'>
  | In<'returned', 'dispatch'>
  | In<'withdrawn'>
  | In<'voided'>
  | In<'reopened'>;
