import type { Deadline } from '../../../kit/deadline.ts';
import type { Answer, Day, Instant, Point } from './state.ts';
import type {
  Channel,
  ClockName,
  ContactWay,
  JointStep,
  RejectionReason,
  Route,
  RouteOutcome,
  Satisfaction,
  ShelvingGround,
  Solved,
  Urgency,
  VerificationWay,
} from './words.ts';

/** Ids of files already stored; their hashes enter the chain. */
export type FileIds = readonly string[];

/** What a grid worker settled at once. */
export type Settlement = { readonly result: string; readonly beforeFiles: FileIds; readonly afterFiles: FileIds };

/** A new request. Ids, number, command centre and commitments are made by the store; the words are the requester's. */
export type RegisterCommand = {
  readonly action: 'register';
  readonly caseId: string;
  readonly number: string;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly channel: Channel;
  readonly urgency: Urgency;
  /** The requester may ask for secrecy; a class may be sealed besides. */
  readonly confidential: boolean;
  readonly commandCentreId: string;
  readonly requesterId: string | null;
  /** Salted digest of who asked, so that the chain can vouch for it without holding it. */
  readonly requesterCommitment: string | null;
  readonly contactable: boolean;
  readonly publicConsent: boolean;
  /** When it was said, if not now; never in the future. */
  readonly openedAt: Instant | null;
  readonly title: string;
  readonly description: string;
  readonly place: string | null;
  readonly files: FileIds;
  /** Reported and settled in one step (即查即办). */
  readonly settlement: Settlement | null;
};

/** A case that comes from elsewhere with its own history. */
export type ImportCommand = {
  readonly action: 'import';
  readonly caseId: string;
  readonly number: string;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly urgency: Urgency;
  readonly commandCentreId: string;
  readonly source: string;
  readonly sourceId: string;
  readonly openedAt: Instant;
  readonly handledAt: Instant | null;
  /** Null: still open; it joins the queue with clocks that start now. */
  readonly closedAt: Instant | null;
  readonly solved: Solved | null;
  readonly satisfaction: Satisfaction | null;
  readonly title: string;
  readonly description: string;
  readonly place: string | null;
  readonly answer: string | null;
};

/** Where somebody is sent who is not helped here: an office or line by name, and how it is reached. Public. */
export type Elsewhere = {
  readonly where: string | null;
  readonly phone: string | null;
  readonly address: string | null;
};

type Plain =
  | ({
      readonly action: 'reject';
      readonly reason: RejectionReason /** Public; says why it is not handled here. */;
      readonly answer: string;
    } & Elsewhere)
  | ({
      readonly action: 'refer';
      readonly route: Route;
      readonly answer: string;
      /** That route's limit; a petition without one takes the class's total deadline. */
      readonly routeDeadline: Deadline | null;
    } & Elsewhere)
  | { readonly action: 'record_route'; readonly outcome: RouteOutcome; readonly report: string }
  | { readonly action: 'merge'; readonly masterCaseId: string; readonly reason: string }
  | { readonly action: 'adopt_duplicate'; readonly duplicateId: string }
  | { readonly action: 'release_duplicate'; readonly duplicateId: string }
  | {
      readonly action: 'rehome';
      readonly areaCode: string;
      readonly commandCentreId: string;
      /** The organisation that was abolished and the one that takes over; null when only the area changed. */
      readonly succession: { readonly from: string; readonly to: string } | null;
    }
  | {
      readonly action: 'dispatch';
      readonly leadId: string;
      readonly assistIds: readonly string[];
      /** Needed when the suggestion is not followed. */
      readonly reason: string | null;
      readonly instruction: string | null;
    }
  | { readonly action: 'accept' }
  | { readonly action: 'object'; readonly legalBasis: string; readonly reason: string }
  | { readonly action: 'take_up' }
  | {
      readonly action: 'rule';
      readonly kind: 'designate' | 'redirect';
      readonly leadId: string;
      readonly assistIds: readonly string[];
      readonly reason: string;
    }
  | { readonly action: 'start' }
  | {
      readonly action: 'request_extension';
      /** In units of the total clock. */
      readonly amount: number;
      readonly reason: string;
    }
  | {
      readonly action: 'decide_extension';
      readonly granted: boolean;
      readonly amount: number | null;
      readonly reason: string;
    }
  | {
      readonly action: 'shelve';
      readonly ground: ShelvingGround;
      readonly ownerOrganisationId: string | null;
      readonly reviewOn: Day | null;
      readonly endOn: Day | null;
      readonly reason: string;
    }
  | { readonly action: 'resume'; readonly reason: string }
  | { readonly action: 'report_done'; readonly result: string; readonly files: FileIds }
  | { readonly action: 'begin_verification' }
  | {
      readonly action: 'record_verification';
      readonly passed: boolean;
      readonly how: VerificationWay;
      readonly point: Point | null;
      /** What the requester said; needed when verified by a call. */
      readonly answer: Answer | null;
      readonly finding: string;
      readonly files: FileIds;
    }
  | {
      readonly action: 'record_call_back';
      /** The requester's own words as the caller heard them; null when he was not reached or did not want to answer. */
      readonly answer: Answer | null;
      /** He was reached and does not want to answer. */
      readonly declined?: boolean;
      /** Sends it back to the lead; asked for whenever the answer is not `solved`. */
      readonly sendBack: boolean;
      readonly remark: string | null;
    }
  | { readonly action: 'close'; readonly explanation: string | null }
  | { readonly action: 'rework'; readonly reason: string | null }
  | { readonly action: 'withdraw'; readonly reason: string }
  | { readonly action: 'void'; readonly reason: string }
  | { readonly action: 'reopen'; readonly reason: string; readonly files: FileIds }
  | {
      readonly action: 'rate';
      readonly solved: Solved;
      readonly satisfaction: Satisfaction;
      readonly comment: string | null;
    }
  | {
      readonly action: 'note';
      readonly text: string;
      /** Set when the note tells of a talk with the requester. */
      readonly contact: ContactWay | null;
      readonly files: FileIds;
    }
  | { readonly action: 'reply'; readonly text: string; readonly files: FileIds }
  | ({ readonly action: 'settle' } & Settlement)
  | {
      readonly action: 'correct';
      readonly areaCode: string | null;
      readonly point: Point | null;
      /** The centre of the new area; needed with `areaCode`. */
      readonly commandCentreId: string | null;
      readonly classCode: string | null;
      readonly urgency: Urgency | null;
      readonly reason: string;
    }
  | {
      readonly action: 'release';
      readonly title: string;
      readonly text: string;
      /** What the office answered, edited for everybody; null where nothing is to be shown yet. */
      readonly answer: string | null;
      /** Coarsened by the store: not smaller than a village, not the exact point. */
      readonly areaCode: string;
      readonly point: Point | null;
      readonly files: FileIds;
    }
  | { readonly action: 'unrelease'; readonly reason: string }
  | { readonly action: 'attach'; readonly files: FileIds; readonly text: string | null }
  | { readonly action: 'record_lateness'; readonly clock: ClockName }
  | {
      readonly action: 'record_joint_step';
      readonly jointId: string;
      readonly step: JointStep;
      /** Whom the step is about; null when it is about the whole. */
      readonly organisationId: string | null;
      /** Organisations that take part from now on, and those that no longer do. */
      readonly joins: readonly string[];
      readonly leaves: readonly string[];
      /** The officer who took the step; null for a clock. */
      readonly by: string | null;
      readonly texts: Readonly<Record<string, string | null>>;
      readonly files: FileIds;
    };

/** Every command to a case that exists names the version its author saw. */
export type CaseCommand = Plain & { readonly expectedVersion: number };
export type CommandOf<A extends CaseCommand['action']> = Extract<CaseCommand, { readonly action: A }>;
export type OpeningCommand = RegisterCommand | ImportCommand;
export type Command = CaseCommand | OpeningCommand;
