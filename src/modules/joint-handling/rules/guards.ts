import type { RefusalDetails } from '../../../kit/result.ts';
import type { JointRefusalCode } from '../refusals.ts';
import type { Context } from './context.ts';
import type { Joint, Member } from './state.ts';
import { isSettled } from './words.ts';

/** A condition beside state and party; it looks at facts alone, so that the screen can tell it in advance. */
export type Guard = {
  readonly code: JointRefusalCode;
  readonly holds: (joint: Joint, context: Context, member: Member | null) => boolean;
  readonly details?: (joint: Joint, context: Context, member: Member | null) => RefusalDetails;
};

const unsettled = (joint: Joint) => joint.members.filter((member) => !isSettled(member.state));

export const nobodyArrived: Guard = {
  code: 'joint_handling.someone_arrived',
  holds: (joint) => joint.members.every((member) => member.arrivedAt === null),
};
/** Who rules belongs neither to the town that whistled nor to who refused. */
export const independentRuler: Guard = {
  code: 'joint_handling.ruler_not_independent',
  holds: (joint, { acting }, member) =>
    !acting.organisationIds.some((id) => id === joint.whistlerId || id === member?.organisationId),
};
export const placeKnown: Guard = {
  code: 'joint_handling.no_point',
  holds: (joint) => joint.point !== null,
};
export const arrivalMissed: Guard = {
  code: 'joint_handling.not_absent_yet',
  holds: (_joint, { now }, member) => member !== null && now > new Date(member.arriveDueAt),
};
export const leadLost: Guard = {
  code: 'joint_handling.lead_still_there',
  holds: (joint) => {
    const lead = joint.members.find((member) => member.organisationId === joint.leadId);
    return !lead || ['left', 'excused', 'absent', 'replaced', 'gone'].includes(lead.state);
  },
};
export const partsSettled: Guard = {
  code: 'joint_handling.parts_open',
  holds: (joint) => unsettled(joint).length === 0,
  details: (joint, { organisations }) => ({
    count: unsettled(joint).length,
    names: unsettled(joint)
      .map((member) => organisations.get(member.organisationId)?.name ?? '')
      .join('、'),
  }),
};
export const somebodyCame: Guard = {
  code: 'joint_handling.nobody_came',
  holds: (joint) => joint.members.some((member) => member.arrivedAt !== null),
};
export const memberNotRated: Guard = {
  code: 'joint_handling.already_rated',
  holds: (_joint, _context, member) => member?.rating === null,
};
export const whistleNotRated: Guard = {
  code: 'joint_handling.already_rated',
  holds: (_joint, _context, member) => member?.whistleRating === null,
};
export const centreNotRated: Guard = {
  code: 'joint_handling.already_rated',
  holds: (joint) => joint.centreRating === null,
};
