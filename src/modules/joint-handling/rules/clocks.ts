import { MINUTE } from '../../../kit/time.ts';
import type { Instant, Joint, Member } from './state.ts';
import type { Clock } from './words.ts';

export function after(from: Date, minutes: number): Instant {
  return new Date(from.getTime() + minutes * MINUTE).toISOString();
}

export type Running = { readonly clock: Clock; readonly organisationId: string | null; readonly dueAt: Instant };

/** Every deadline that runs now and has not been told late; each becomes one timer. */
export function runningClocks(joint: Joint): readonly Running[] {
  if (joint.state === 'asked') {
    const { confirmDueAt, confirmLate } = joint;
    return confirmDueAt && !confirmLate ? [{ clock: 'confirmation', organisationId: null, dueAt: confirmDueAt }] : [];
  }
  return joint.state === 'called' ? joint.members.flatMap(ofMember) : [];
}

function ofMember(member: Member): Running[] {
  const { organisationId, late } = member;
  const due: readonly (readonly [Clock, Instant | null])[] = dueOf(member);
  return due.flatMap(([clock, dueAt]) =>
    dueAt === null || late.includes(clock) ? [] : [{ clock, organisationId, dueAt }],
  );
}

function dueOf(member: Member): (readonly [Clock, Instant | null])[] {
  switch (member.state) {
    case 'called':
      return [
        ['answer', member.answerDueAt],
        ['arrival', member.arriveDueAt],
      ];
    case 'coming':
      return [['arrival', member.arriveDueAt]];
    case 'refused':
      return [['ruling', member.rulingDueAt]];
    case 'arrived':
    case 'leave_asked':
      return [['part', member.partDueAt]];
    case 'done':
    case 'left':
    case 'excused':
    case 'absent':
    case 'replaced':
    case 'gone':
      return [];
  }
}

/** Who is late with a clock: the county's centre with a ruling, the town with a confirmation, else who was called. */
export function owes(joint: Joint, clock: Clock, organisationId: string | null): string {
  if (clock === 'ruling') return joint.centreId;
  return clock === 'confirmation' || organisationId === null ? joint.whistlerId : organisationId;
}
