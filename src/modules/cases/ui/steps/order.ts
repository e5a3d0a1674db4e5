import { OFFICE_ACTIONS, type OfficeAction } from '../../steps-contract.ts';
import type { CaseDetail } from '../queries.ts';

type Available = CaseDetail['actions'][number];

/**
 * Actions in the order of likelihood in which officers take them. One order serves all states, since what is not legal
 * falls out of it.
 */
const LIKELY: readonly OfficeAction[] = [
  'dispatch',
  'accept',
  'start',
  'report_done',
  'begin_verification',
  'record_verification',
  'record_call_back',
  'take_up',
  'rule',
  'decide_extension',
  'rework',
  'record_route',
  'resume',
  'settle',
  'close',
  'object',
  'merge',
  'correct',
  'request_extension',
  'shelve',
  'reject',
  'refer',
  'reopen',
];

/** Possible in many states and never the next step of the work. */
const SMALL: readonly OfficeAction[] = ['note', 'reply', 'attach', 'release', 'unrelease', 'void'];

/** Never the one big button, even when nothing else is legal. */
const NEVER_MAIN: readonly OfficeAction[] = [
  'void',
  'shelve',
  'request_extension',
  'object',
  'reopen',
  'release',
  'unrelease',
  'correct',
  'reject',
  'refer',
  'merge',
];

export function isOfficeAction(name: string): name is OfficeAction {
  return OFFICE_ACTIONS.includes(name as OfficeAction);
}

export type Ordered = {
  readonly main: OfficeAction | null;
  readonly others: readonly OfficeAction[];
  readonly small: readonly OfficeAction[];
};

/** The legal actions: the likeliest, the others in order, and the small ones. */
export function orderedActions(actions: readonly Available[]): Ordered {
  const legal = new Set(actions.filter((one) => one.allowed).map((one) => one.action));
  const listed = LIKELY.filter((action) => legal.has(action));
  const main = listed[0] !== undefined && !NEVER_MAIN.includes(listed[0]) ? listed[0] : null;
  return {
    main,
    others: listed.filter((action) => action !== main),
    small: SMALL.filter((action) => legal.has(action)),
  };
}

export type Against = {
  readonly code: string;
  readonly details: Available['details'];
  readonly actions: readonly OfficeAction[];
};

/** What is not legal, gathered by its reason, likeliest first. */
export function reasonsAgainst(actions: readonly Available[]): readonly Against[] {
  const byReason = new Map<string, { code: string; details: Available['details']; actions: OfficeAction[] }>();
  for (const name of [...LIKELY, ...SMALL]) {
    const one = actions.find((each) => each.action === name);
    if (one === undefined || one.allowed || one.code === null) continue;
    const reason = `${one.code} ${JSON.stringify(one.details)}`;
    const found = byReason.get(reason) ?? { code: one.code, details: one.details, actions: [] };
    found.actions.push(name);
    byReason.set(reason, found);
  }
  return [...byReason.values()];
}
