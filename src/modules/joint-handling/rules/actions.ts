import type { Refusal } from '../../../kit/result.ts';
import type { Context } from './context.ts';
import { deny } from './deny.ts';
import * as guard from './guards.ts';
import type { Guard } from './guards.ts';
import type { Joint, Member } from './state.ts';
import { type Action, ACTIONS, type JointState, type MemberState, type Party, RESOURCES } from './words.ts';

/** One row: who may take the action in which states, of the whole and of the part it is about. */
export type ActionRule = {
  readonly action: Action;
  readonly from: readonly JointState[];
  readonly parties: readonly Party[];
  /** States of the called organisation; null when the action is about the whole. */
  readonly member: readonly MemberState[] | null;
  readonly guards: readonly Guard[];
};

function row(
  action: Action,
  from: readonly JointState[],
  parties: readonly Party[],
  member: readonly MemberState[] | null = null,
  guards: readonly Guard[] = [],
): ActionRule {
  return { action, from, parties, member, guards };
}

const CALLED = ['called'] as const;
const ON_THE_WAY = ['called', 'coming'] as const;
const UNSETTLED = ['called', 'refused', 'coming', 'arrived', 'leave_asked'] as const;

/** The one table. The server decides by it, and the screen learns from it which buttons work and why others do not. */
export const LEGAL_ACTIONS: readonly ActionRule[] = [
  row('confirm', ['asked'], ['whistler']),
  row('decline', ['asked'], ['whistler']),
  row('cancel', ['asked'], ['asker', 'whistler']),
  row('cancel', CALLED, ['whistler'], null, [guard.nobodyArrived]),
  row('call', CALLED, ['whistler']),
  row('answer', CALLED, ['member'], ['called']),
  row('refuse', CALLED, ['member'], ['called']),
  row('rule', CALLED, ['centre'], ['refused'], [guard.independentRuler]),
  row('arrive', CALLED, ['member'], ON_THE_WAY, [guard.placeKnown]),
  row('confirm_arrival', CALLED, ['whistler'], ON_THE_WAY),
  row('release', CALLED, ['whistler'], ON_THE_WAY, [guard.arrivalMissed]),
  row('assign', CALLED, ['whistler', 'lead'], ['called', 'refused', 'coming', 'arrived']),
  row('finish_part', CALLED, ['member'], ['arrived']),
  row('ask_leave', CALLED, ['member'], ['arrived']),
  row('decide_leave', CALLED, ['whistler'], ['leave_asked']),
  row('name_lead', CALLED, ['whistler'], [...UNSETTLED, 'done'], [guard.leadLost]),
  row('close', CALLED, ['lead'], null, [guard.partsSettled, guard.somebodyCame]),
  row('rate_member', ['closed'], ['whistler'], ['done', 'left', 'absent'], [guard.memberNotRated]),
  row(
    'rate_whistle',
    ['closed', 'cancelled'],
    ['member'],
    ['called', 'coming', 'done', 'left', 'excused', 'absent'],
    [guard.whistleNotRated],
  ),
  row('rate_whistle', ['closed', 'cancelled'], ['centre'], null, [guard.centreNotRated]),
  row('record_overdue', ['asked', 'called'], ['system']),
  row('succeed', CALLED, ['system'], UNSETTLED),
  row('end', ['asked', 'called'], ['system']),
];

const RULES_OF: ReadonlyMap<Action, readonly ActionRule[]> = Map.groupBy(LEGAL_ACTIONS, (rule) => rule.action);

/** As which party the person may take the action now, about which called organisation; or why he may not. */
export function legalParty(
  action: Action,
  joint: Joint,
  context: Context,
  organisationId: string | null,
): { readonly party: Party } | Refusal {
  const { standing } = context.acting;
  const own = (RULES_OF.get(action) ?? []).filter((rule) =>
    rule.parties.some((party) => (party === 'member' ? speaksFor(context, organisationId) : standing.has(party))),
  );
  if (own.length === 0) return deny('joint_handling.not_your_part', { action });
  const here = own.filter((rule) => rule.from.includes(joint.state));
  if (here.length === 0) return deny('joint_handling.wrong_state', { action, state: joint.state });
  let refusal: Refusal | null = null;
  for (const rule of here) {
    const failed = refusedBy(rule, joint, context, organisationId);
    const party = rule.parties.find((one) =>
      one === 'member' ? speaksFor(context, organisationId) : standing.has(one),
    );
    if (!failed && party) return { party };
    refusal ??= failed;
  }
  return refusal ?? deny('joint_handling.not_your_part', { action });
}

function speaksFor({ acting }: Context, organisationId: string | null): boolean {
  return organisationId !== null && (acting.standing.get('member') ?? []).includes(organisationId);
}

function refusedBy(rule: ActionRule, joint: Joint, context: Context, organisationId: string | null): Refusal | null {
  let member: Member | null = null;
  if (rule.member) {
    member = joint.members.find((one) => one.organisationId === organisationId) ?? null;
    if (!member) return deny('joint_handling.member_unknown');
    if (!rule.member.includes(member.state)) {
      return deny('joint_handling.member_state', { action: rule.action, state: member.state });
    }
  }
  const failed = rule.guards.find((condition) => !condition.holds(joint, context, member));
  return failed ? deny(failed.code, failed.details?.(joint, context, member) ?? {}) : null;
}

/** What the screen shows of one action: enabled, or the code of the reason why not. */
export type ActionView = {
  readonly action: Action;
  readonly resource: string;
  /** The called organisation it is about; null when it is about the whole. */
  readonly organisationId: string | null;
  readonly allowed: boolean;
  readonly code: string | null;
  readonly details: Refusal['details'];
};

/** All actions for one person, from the same table that `decide` obeys; only those in which he has a part at all. */
export function availableActions(joint: Joint, context: Context): ActionView[] {
  return ACTIONS.flatMap((action) => {
    const resource = RESOURCES[action];
    if (resource === null) return [];
    const rules = RULES_OF.get(action) ?? [];
    const about = rules.some((rule) => rule.member !== null) ? joint.members.map((one) => one.organisationId) : [];
    const whole = rules.some((rule) => rule.member === null) ? [null] : [];
    return [...about, ...whole].flatMap((organisationId): ActionView[] => {
      const found = legalParty(action, joint, context, organisationId);
      if (!('refused' in found)) return [{ action, resource, organisationId, allowed: true, code: null, details: {} }];
      if (found.code === 'joint_handling.not_your_part' || found.code === 'joint_handling.member_unknown') return [];
      const { code, details } = found;
      return [{ action, resource, organisationId, allowed: false, code, details }];
    });
  });
}
