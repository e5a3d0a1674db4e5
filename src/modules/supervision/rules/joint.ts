import type { Ending } from './words.ts';

/** What a step of a joint handling or a duty call does to orders about it: to one office's, or to all of them. */
export type JointFollow =
  | { readonly kind: 'keep' }
  | { readonly kind: 'raise'; readonly addresseeId: string }
  | { readonly kind: 'hold' | 'end'; readonly addresseeId: string; readonly why: Ending }
  | { readonly kind: 'hand_over'; readonly fromId: string; readonly addresseeId: string }
  | { readonly kind: 'end_all'; readonly why: Ending };

export type JointFacts = {
  readonly organisationId: string | null;
  /** Of a deadline that passed: who owed it; the centre a ruling, the town a confirmation. */
  readonly owesId: string | null;
  readonly centreId: string;
  readonly clock: string | null;
  /** Whose part was taken over. */
  readonly formerId: string | null;
};

const KEEP: JointFollow = { kind: 'keep' };

/** The one table of what supervision makes of the events of joint handling and duty. */
export function followJoint(
  kind: string,
  { organisationId, owesId, centreId, clock, formerId }: JointFacts,
): JointFollow {
  switch (kind) {
    case 'joint.overdue':
      return owesId === null ? KEEP : { kind: 'raise', addresseeId: owesId };
    case 'duty.overdue':
      // Who does not acknowledge within a minute is passed over for the next in line; that is no lateness of an office.
      return organisationId === null || clock === 'acknowledge' ? KEEP : { kind: 'raise', addresseeId: organisationId };
    case 'joint.part_done':
      return organisationId === null ? KEEP : { kind: 'hold', addresseeId: organisationId, why: 'handling_over' };
    case 'joint.must_come':
    case 'joint.excused':
      return { kind: 'end', addresseeId: centreId, why: 'decided' };
    case 'joint.replaced':
      return organisationId === null || formerId === null
        ? KEEP
        : { kind: 'hand_over', fromId: formerId, addresseeId: organisationId };
    case 'joint.left':
    case 'joint.gone':
      return organisationId === null ? KEEP : { kind: 'end', addresseeId: organisationId, why: 'passed_on' };
    case 'joint.closed':
    case 'joint.cancelled':
    case 'joint.ended':
    case 'joint.declined':
    case 'duty.closed':
    case 'duty.handed_over':
    case 'duty.stood_down':
      return { kind: 'end_all', why: 'handling_over' };
    default:
      return KEEP;
  }
}
