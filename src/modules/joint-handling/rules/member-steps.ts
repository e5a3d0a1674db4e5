import type { Result } from '../../../kit/result.ts';
import { metresBetween } from '../../cases/rules/distance.ts';
import { calledMember } from './calls.ts';
import { after, runningClocks } from './clocks.ts';
import type { JointCommand } from './commands.ts';
import type { Context } from './context.ts';
import { deny } from './deny.ts';
import type { Joint, Member } from './state.ts';
import { type Decision, type Told, told } from './told.ts';

type MemberCommand = Extract<JointCommand, { readonly organisationId: string | null }>;

/** What a step of or about one called organisation comes to; the table has allowed it. */
export function memberStep(joint: Joint, command: MemberCommand, context: Context): Result<Decision> {
  const member = joint.members.find((one) => one.organisationId === command.organisationId);
  if (!member) return deny('joint_handling.member_unknown');
  const { organisationId } = member;
  const { now } = context;
  const at = now.toISOString();
  const becomes = (change: Partial<Member>, ...said: Told[]): Decision => ({
    joint: {
      ...joint,
      members: joint.members.map((one) => (one.organisationId === organisationId ? { ...one, ...change } : one)),
    },
    told: said,
  });
  switch (command.action) {
    case 'answer':
      return becomes({ state: 'coming', answeredAt: at }, told('answered', organisationId, { remark: command.remark }));
    case 'refuse': {
      const { legalBasis, reason } = command;
      const rulingDueAt = after(now, joint.limits.ruling);
      return becomes(
        { state: 'refused', answeredAt: at, refusedAt: at, rulingDueAt },
        told('refused', organisationId, { legalBasis, reason }),
      );
    }
    case 'rule': {
      const { ruling, reason } = command;
      if (ruling === 'excused') {
        const leaves = [organisationId];
        return becomes({ state: 'excused', ruling }, told('excused', organisationId, { reason }, { leaves }));
      }
      // The time the ruling took is not the refuser's to keep: he has the limit anew, or what is left when that is more.
      const anew = after(now, joint.limits.arrive);
      const arriveDueAt = anew > member.arriveDueAt ? anew : member.arriveDueAt;
      return becomes({ state: 'coming', ruling, arriveDueAt }, told('must_come', organisationId, { reason }));
    }
    case 'arrive': {
      if (joint.point === null) return deny('joint_handling.no_point');
      const metres = Math.round(metresBetween(joint.point, command.point));
      const { radius } = joint.limits;
      if (metres > radius) return deny('joint_handling.too_far', { metres, limit: radius });
      return becomes(arrived(member, now, metres), told('arrived', organisationId));
    }
    case 'confirm_arrival':
      return becomes(arrived(member, now, null), told('arrived', organisationId, { reason: command.reason }));
    case 'release': {
      const leaves = [organisationId];
      return becomes({ state: 'absent' }, told('absent', organisationId, { reason: command.reason }, { leaves }));
    }
    case 'assign': {
      const minutes = command.minutes ?? member.partMinutes;
      if (minutes < 10 || minutes > 60 * 1440) return deny('joint_handling.part_limit_wrong');
      const partDueAt = member.arrivedAt === null ? null : after(new Date(member.arrivedAt), minutes);
      if (partDueAt !== null && new Date(partDueAt) <= now) return deny('joint_handling.part_limit_wrong');
      const moved = partDueAt !== member.partDueAt;
      const late = moved ? member.late.filter((clock) => clock !== 'part') : member.late;
      return becomes(
        { task: command.task, partMinutes: minutes, partDueAt, late },
        told('assigned', organisationId, { task: command.task }),
      );
    }
    case 'finish_part': {
      const { result, files } = command;
      return becomes({ state: 'done', doneAt: at }, told('part_done', organisationId, { result }, { files }));
    }
    case 'ask_leave':
      return becomes({ state: 'leave_asked' }, told('leave_asked', organisationId, { reason: command.reason }));
    case 'decide_leave': {
      const { granted, reason } = command;
      if (granted) {
        const leaves = [organisationId];
        return becomes({ state: 'left', leftAt: at }, told('left', organisationId, { reason }, { leaves }));
      }
      if (!reason) return deny('joint_handling.reason_missing');
      return becomes({ state: 'arrived' }, told('leave_refused', organisationId, { reason }));
    }
    case 'rate_member': {
      const { timeliness, result, reason } = command;
      if ((timeliness === 'poor' || result === 'poor') && !reason) return deny('joint_handling.reason_missing');
      return becomes({ rating: { timeliness, result, at } }, told('rated', organisationId, { reason }));
    }
    case 'rate_whistle': {
      const { justified, needed, reason } = command;
      if (!(justified && needed) && !reason) return deny('joint_handling.reason_missing');
      return becomes({ whistleRating: { justified, needed, at } }, told('whistle_rated', organisationId, { reason }));
    }
    case 'record_overdue': {
      const due = runningClocks(joint).find(
        (one) => one.clock === command.clock && one.organisationId === organisationId,
      );
      if (!due || now < new Date(due.dueAt)) return deny('joint_handling.not_late');
      const who = command.clock === 'ruling' ? joint.centreId : organisationId;
      return becomes({ late: [...member.late, command.clock] }, told('overdue', who));
    }
    case 'succeed':
      return succeeded(joint, member, command.successorId, now);
    case 'call':
    case 'name_lead':
      throw new Error(`${command.action} is a step of the whole`);
  }
}

function arrived(member: Member, now: Date, metres: number | null): Partial<Member> {
  const at = now.toISOString();
  return {
    state: 'arrived',
    // Whoever stands there has answered.
    answeredAt: member.answeredAt ?? at,
    arrivedAt: at,
    arrivalMetres: metres,
    partDueAt: after(now, member.partMinutes),
  };
}

/**
 * A called organisation is no more. Its successor takes over the part as it stands, with fresh limits where the old ones
 * have passed; without one, the part is gone and the whistler has to call somebody else.
 */
function succeeded(joint: Joint, member: Member, successorId: string | null, now: Date): Decision {
  const { organisationId } = member;
  const rest = (state: 'replaced' | 'gone') =>
    joint.members.map((one) => (one.organisationId === organisationId ? { ...one, state, successorId } : one));
  if (successorId === null) {
    const gone = told('gone', organisationId, {}, { leaves: [organisationId] });
    return { joint: { ...joint, members: rest('gone') }, told: [gone] };
  }
  const leadId = joint.leadId === organisationId ? successorId : joint.leadId;
  const replaced = told('replaced', successorId, {}, { joins: [successorId], leaves: [organisationId] });
  const there = joint.members.some((one) => one.organisationId === successorId);
  const members = there ? rest('replaced') : [...rest('replaced'), heir(joint, member, successorId, now)];
  return { joint: { ...joint, leadId, members }, told: [replaced] };
}

function heir(joint: Joint, member: Member, successorId: string, now: Date): Member {
  const fresh = calledMember({ organisationId: successorId, task: member.task }, joint.limits, null, now);
  const later = (old: string | null, anew: string) => (old !== null && new Date(old) > now ? old : anew);
  return {
    ...member,
    organisationId: successorId,
    calledAt: fresh.calledAt,
    answerDueAt: later(member.answerDueAt, fresh.answerDueAt),
    arriveDueAt: later(member.arriveDueAt, fresh.arriveDueAt),
    partDueAt: member.partDueAt === null ? null : later(member.partDueAt, after(now, member.partMinutes)),
    rulingDueAt: member.rulingDueAt === null ? null : later(member.rulingDueAt, after(now, joint.limits.ruling)),
    successorId: null,
    late: [],
  };
}
