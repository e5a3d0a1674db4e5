import type { FileIds } from './commands.ts';
import type {
  Answer,
  CaseState,
  ClassFacts,
  Clocks,
  Dispatch,
  Extension,
  ExtensionRequest,
  Instant,
  Lateness,
  Point,
  Shelving,
} from './state.ts';
import type {
  Channel,
  ClosureKind,
  ContactWay,
  JointStep,
  Party,
  RejectionReason,
  ReopeningGround,
  Route,
  RouteOutcome,
  Satisfaction,
  Sensitivity,
  Solved,
  Urgency,
  VerificationWay,
} from './words.ts';

/** The clocks an event starts, stops or moves; those it does not name go on. */
export type ClockPatch = Partial<Clocks>;
type Moves = { readonly clocks: ClockPatch };
type Kind<K extends string, P> = { readonly kind: K; readonly payload: P };

/** Where a case stands when it begins, by its own registration or by import. */
export type Opening = {
  readonly caseId: string;
  readonly number: string;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly caseClass: ClassFacts;
  readonly urgency: Urgency;
  readonly sensitivity: Sensitivity;
  readonly askedSecrecy: boolean;
  readonly channel: Channel;
  readonly commandCentreId: string;
  readonly openedAt: Instant;
  readonly clocks: Clocks;
};

/** What happened, in structure alone: free text stands beside it, so that it can be erased without breaking the chain. */
export type EventBody =
  | Kind<
      'registered',
      Opening & {
        readonly requesterId: string | null;
        readonly requesterCommitment: string | null;
        readonly contactable: boolean;
        readonly publicConsent: boolean;
      }
    >
  | Kind<
      'imported',
      Opening & {
        readonly source: string;
        readonly sourceId: string;
        readonly handledAt: Instant | null;
        readonly closedAt: Instant | null;
        readonly solved: Solved | null;
        readonly satisfaction: Satisfaction | null;
      }
    >
  | Kind<
      'corrected',
      Moves & {
        readonly areaCode: string;
        readonly point: Point | null;
        readonly commandCentreId: string;
        readonly caseClass: ClassFacts;
        readonly sensitivity: Sensitivity;
        readonly urgency: Urgency;
      }
    >
  | Kind<'rejected', Moves & { readonly reason: RejectionReason }>
  | Kind<'referred', Moves & { readonly route: Route; readonly dueAt: Instant | null }>
  | Kind<'route_recorded', Moves & { readonly outcome: RouteOutcome }>
  | Kind<'merged', Moves & { readonly masterCaseId: string; readonly masterNumber: string }>
  | Kind<'duplicate_adopted', { readonly duplicateId: string }>
  | Kind<'duplicate_released', { readonly duplicateId: string }>
  | Kind<
      'rehomed',
      {
        readonly areaCode: string;
        readonly commandCentreId: string;
        readonly dispatch: Dispatch | null;
        readonly shelving: Shelving | null;
        readonly handlingOrganisationIds: readonly string[];
      }
    >
  | Kind<
      'dispatched',
      Moves & { readonly dispatch: Dispatch /** The suggestion was not followed. */; readonly overridden: boolean }
    >
  | Kind<'accepted', Moves>
  | Kind<'objected', Moves & { readonly organisationId: string }>
  | Kind<'taken_up', Moves>
  | Kind<'ruled', Moves & { readonly ruling: 'designate' | 'redirect'; readonly dispatch: Dispatch }>
  | Kind<'started', Moves>
  | Kind<'extension_requested', { readonly request: ExtensionRequest }>
  | Kind<'extension_decided', Moves & { readonly granted: boolean; readonly extension: Extension | null }>
  | Kind<'shelved', Moves & { readonly shelving: Shelving }>
  | Kind<'resumed', Moves>
  | Kind<'reported_done', Moves>
  | Kind<
      'settled',
      Moves & { readonly dispatch: Dispatch; readonly beforeFiles: FileIds; readonly afterFiles: FileIds }
    >
  | Kind<'verification_begun', { readonly takenOver: boolean }>
  | Kind<
      'verified',
      Moves & { readonly passed: boolean; readonly how: VerificationWay; readonly metres: number | null }
    >
  | Kind<'called_back', { readonly answer: Answer | null; readonly declined?: true }>
  | Kind<'returned', Moves & { readonly because: 'verification' | 'call_back' | 'rating' | 'officer' }>
  | Kind<'rework_started', Moves>
  | Kind<
      'closed',
      Moves & {
        readonly closure: ClosureKind;
        readonly solved: Solved | null;
        readonly satisfaction: Satisfaction | null;
        readonly rateUntil: Instant;
        readonly reopenUntil: Instant;
      }
    >
  | Kind<'rated', { readonly solved: Solved; readonly satisfaction: Satisfaction }>
  | Kind<'reopened', Moves & { readonly ground: ReopeningGround }>
  | Kind<'withdrawn', Moves>
  | Kind<'voided', Moves>
  | Kind<'noted', { readonly contact: ContactWay | null }>
  | Kind<'replied', Record<string, never>>
  | Kind<'attached', Record<string, never>>
  | Kind<'released', { readonly areaCode: string; readonly point: Point | null }>
  | Kind<'unreleased', Record<string, never>>
  | Kind<'ran_late', { readonly lateness: Lateness }>
  | Kind<
      'joint_step',
      {
        readonly jointId: string;
        readonly step: JointStep;
        readonly organisationId: string | null;
        readonly joins: readonly string[];
        readonly leaves: readonly string[];
        readonly by: string | null;
      }
    >;
export type EventKind = EventBody['kind'];
export type PayloadOf<K extends EventKind> = Extract<EventBody, { readonly kind: K }>['payload'];

/** Free text of an event by field name. */
export type Content = Readonly<Record<string, string>>;

/** An event as decided: not yet numbered, dated or chained. */
export type DecidedEvent = EventBody & { readonly content: Content | null; readonly files: FileIds };

/** Who did it, when, and as what. */
export type EventStamp = {
  readonly seq: number;
  readonly at: Instant;
  readonly actorId: string;
  readonly party: Party | null;
  readonly organisationId: string | null;
};
/** An event as recorded. Folding these gives the state; their text is not needed for it. */
export type CaseEvent = EventBody & EventStamp;

/** What a command came to: the events to append, by whom, and the state after them. */
export type Decision = {
  readonly events: readonly (DecidedEvent & EventStamp)[];
  readonly state: CaseState;
};
