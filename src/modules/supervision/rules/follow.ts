import type { Order } from './order.ts';
import type { Ending, Ground } from './words.ts';
import { gravity } from './words.ts';

/** What supervision reads of a case. */
export type CaseLines = {
  readonly state: string;
  readonly leadId: string | null;
  /** Who answers for the next step: the owner while a case is shelved. */
  readonly responsibleId: string;
  readonly stage: { readonly name: string; readonly startedAt: Date; readonly dueAt: Date } | null;
  readonly totalDueAt: Date;
};

/** What a step of a case does to the open order about it. */
export type Follow =
  | { readonly kind: 'keep' }
  | { readonly kind: 'end'; readonly why: Ending }
  /** The limit moves to the later of its own and this one. */
  | { readonly kind: 'move'; readonly dueAt: Date }
  /** The limit of its colour counts anew from now. */
  | { readonly kind: 'restart' }
  /** The limit stands still: what was demanded is said to be done. */
  | { readonly kind: 'hold' };

const KEEP: Follow = { kind: 'keep' };

/** Stages in which an organisation works on a case, with the ground when it lets them run out. */
const WORKED: Readonly<Record<string, Ground>> = {
  acceptance: 'not_accepted',
  handling: 'late',
  rework: 'late',
  review: 'shelving_over',
};

/** The stage in which a blue order warns before the end; a review has a reminder of its own. */
export function isWarned(stage: string | undefined): boolean {
  return stage === 'acceptance' || stage === 'handling' || stage === 'rework';
}

/** When `percent` of a stage's time is used. */
export function nearAt(startedAt: Date, dueAt: Date, percent: number): Date {
  const length = dueAt.getTime() - startedAt.getTime();
  return new Date(startedAt.getTime() + Math.floor((length * percent) / 100));
}

/** The ground of a lateness that still stands: this deadline is the stage's own or the whole's; null when it moved on. */
export function latenessGround(of: CaseLines, dueAt: Date): Ground | null {
  const ground = of.stage ? WORKED[of.stage.name] : undefined;
  if (!of.stage || !ground) return null;
  if (of.stage.dueAt.getTime() === dueAt.getTime()) return ground;
  return of.totalDueAt.getTime() === dueAt.getTime() && of.stage.name !== 'review' ? 'late' : null;
}

/** What the open order about a case comes to when `kind` happened to the case, which now stands as `of` says. */
export function follow(kind: string, order: Order, of: CaseLines): Follow {
  if (order.state !== 'open' && order.state !== 'answered') return KEEP;
  const blue = gravity(order.colour) === 0 && order.ground !== 'by_hand';
  switch (kind) {
    case 'case.closed':
      // A rating that closes a case and calls for an order is not answered by the closing.
      return order.ground === 'bad_rating' ? KEEP : { kind: 'end', why: 'case_over' };
    case 'case.withdrawn':
    case 'case.voided':
    case 'case.rejected':
    case 'case.referred':
    case 'case.merged':
      return { kind: 'end', why: 'case_over' };
    case 'case.dispatched':
    case 'case.ruled':
      return order.addresseeId === of.leadId && !blue ? KEEP : { kind: 'end', why: 'passed_on' };
    case 'case.objected':
      return { kind: 'end', why: 'objected' };
    case 'case.accepted':
    case 'case.rework_started':
      return blue && kind === 'case.accepted' ? { kind: 'end', why: 'done_in_time' } : KEEP;
    case 'case.extension_decided':
      if (!of.stage || order.dueAt === null || of.stage.dueAt <= order.dueAt) return KEEP;
      return blue ? { kind: 'end', why: 'extended' } : { kind: 'move', dueAt: of.stage.dueAt };
    case 'case.shelved':
      if (blue) return { kind: 'end', why: 'shelved' };
      return of.stage ? { kind: 'move', dueAt: of.stage.dueAt } : KEEP;
    case 'case.resumed':
      return blue ? { kind: 'end', why: 'passed_on' } : { kind: 'restart' };
    case 'case.reported_done':
    case 'case.settled':
      return blue ? { kind: 'end', why: 'done_in_time' } : { kind: 'hold' };
    default:
      return KEEP;
  }
}
