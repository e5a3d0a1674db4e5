import type { Instant, Limits, Point } from './state.ts';
import type { Clock, Ground, Mark } from './words.ts';

export type CallFor = { readonly organisationId: string; readonly task: string };

/** Opens a joint handling; ids, limits and places are made by the store. */
export type WhistleCommand = {
  readonly id: string;
  readonly caseId: string;
  readonly ground: Ground;
  readonly matter: string;
  readonly areaCode: string;
  readonly point: Point | null;
  /** False: real boundaries say that the point lies elsewhere. */
  readonly pointInside: boolean | null;
  readonly place: string | null;
  readonly calls: readonly CallFor[];
  readonly leadId: string;
  readonly arriveBy: Instant | null;
  readonly whistlerId: string;
  /** The community that asks its town to whistle; null when the town whistles itself. */
  readonly askerId: string | null;
  readonly centreId: string;
  readonly limits: Limits;
  /** Who leads the case now; null before it is dispatched. */
  readonly caseLeadId: string | null;
};

type Plain =
  | { readonly action: 'confirm' }
  | { readonly action: 'decline'; readonly reason: string }
  | { readonly action: 'cancel'; readonly reason: string }
  | ({ readonly action: 'call' } & CallFor)
  | { readonly action: 'answer'; readonly organisationId: string; readonly remark: string | null }
  | {
      readonly action: 'refuse';
      readonly organisationId: string;
      readonly legalBasis: string;
      readonly reason: string;
    }
  | {
      readonly action: 'rule';
      readonly organisationId: string;
      readonly ruling: 'must_come' | 'excused';
      readonly reason: string;
    }
  | { readonly action: 'arrive'; readonly organisationId: string; readonly point: Point }
  | { readonly action: 'confirm_arrival'; readonly organisationId: string; readonly reason: string }
  | { readonly action: 'release'; readonly organisationId: string; readonly reason: string }
  | {
      readonly action: 'assign';
      readonly organisationId: string;
      readonly task: string;
      readonly minutes: number | null;
    }
  | {
      readonly action: 'finish_part';
      readonly organisationId: string;
      readonly result: string;
      readonly files: readonly string[];
    }
  | { readonly action: 'ask_leave'; readonly organisationId: string; readonly reason: string }
  | {
      readonly action: 'decide_leave';
      readonly organisationId: string;
      readonly granted: boolean;
      readonly reason: string | null;
    }
  | { readonly action: 'name_lead'; readonly organisationId: string; readonly reason: string }
  | { readonly action: 'close'; readonly result: string }
  | {
      readonly action: 'rate_member';
      readonly organisationId: string;
      readonly timeliness: Mark;
      readonly result: Mark;
      readonly reason: string | null;
    }
  | {
      readonly action: 'rate_whistle';
      /** Null: the county's centre rates it. */
      readonly organisationId: string | null;
      readonly justified: boolean;
      readonly needed: boolean;
      readonly reason: string | null;
    }
  | { readonly action: 'record_overdue'; readonly clock: Clock; readonly organisationId: string | null }
  | { readonly action: 'succeed'; readonly organisationId: string; readonly successorId: string | null }
  | { readonly action: 'end' };

/** Every command to a joint handling that exists names the version its author saw. */
export type JointCommand = Plain & { readonly expectedVersion: number };
export type CommandOf<A extends JointCommand['action']> = Extract<JointCommand, { readonly action: A }>;
