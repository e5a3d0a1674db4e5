import type { Clock, Ground, JointState, Mark, MemberState } from './words.ts';

/** A moment as ISO text in UTC: the state is plain JSON. */
export type Instant = string;
/** Longitude, latitude (WGS 84). */
export type Point = readonly [number, number];

/** Limits as they were when the whistle was blown, in minutes around the clock; the radius in metres. */
export type Limits = {
  readonly answer: number;
  readonly arrive: number;
  readonly part: number;
  readonly ruling: number;
  readonly radius: number;
};

export type MemberRating = { readonly timeliness: Mark; readonly result: Mark; readonly at: Instant };
/** What those called say of the whistle: was there ground for it, and were they needed. */
export type WhistleRating = { readonly justified: boolean; readonly needed: boolean; readonly at: Instant };

/** One called organisation with its part and its clocks. */
export type Member = {
  readonly organisationId: string;
  readonly state: MemberState;
  /** What it is to do: its part. */
  readonly task: string;
  readonly calledAt: Instant;
  readonly answerDueAt: Instant;
  readonly arriveDueAt: Instant;
  readonly partMinutes: number;
  /** Runs from arrival. */
  readonly partDueAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly refusedAt: Instant | null;
  readonly rulingDueAt: Instant | null;
  readonly ruling: 'must_come' | 'excused' | null;
  readonly arrivedAt: Instant | null;
  /** Distance to the place at arrival; null when the whistler vouched for it. */
  readonly arrivalMetres: number | null;
  readonly doneAt: Instant | null;
  readonly leftAt: Instant | null;
  readonly successorId: string | null;
  /** Deadlines that passed, each told once. */
  readonly late: readonly Clock[];
  readonly rating: MemberRating | null;
  readonly whistleRating: WhistleRating | null;
};

/** One joint handling, whole. */
export type Joint = {
  readonly id: string;
  readonly caseId: string;
  /** Number of steps so far; every command names the version it saw. */
  readonly version: number;
  readonly state: JointState;
  readonly ground: Ground;
  /** What it is about, in the whistler's words. */
  readonly matter: string;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly place: string | null;
  /** The town's centre that whistles, and the community that asked it to. */
  readonly whistlerId: string;
  readonly askerId: string | null;
  readonly leadId: string;
  /** The county's centre, which rules on refusals. */
  readonly centreId: string;
  readonly limits: Limits;
  readonly openedAt: Instant;
  readonly whistledAt: Instant | null;
  /** When everybody is asked to be there, as the whistler said; null: as the limits say. */
  readonly arriveBy: Instant | null;
  readonly confirmDueAt: Instant | null;
  readonly confirmLate: boolean;
  readonly members: readonly Member[];
  readonly endedAt: Instant | null;
  /** Called off after somebody had said that he comes. */
  readonly cancelledLate: boolean;
  readonly centreRating: WhistleRating | null;
};
