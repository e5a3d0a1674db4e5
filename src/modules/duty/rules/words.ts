/** The words of a duty call: the same in rules, addresses, texts and tests. */
export const CALL_STATES = [
  'sent',
  'at_centre',
  'acknowledged',
  'arrived',
  'reported',
  'closed',
  'handed_over',
  'stood_down',
] as const;
export type CallState = (typeof CALL_STATES)[number];
export const OPEN_CALLS = [
  'sent',
  'at_centre',
  'acknowledged',
  'arrived',
  'reported',
] as const satisfies readonly CallState[];

/** Action → the resource under `/api/duty/calls/:id/`; null for what only the system does. */
export const RESOURCES = {
  acknowledge: 'acknowledgement',
  arrive: 'arrival',
  report: 'report',
  close: 'closure',
  hand_over: 'police-handover',
  reassign: 'reassignment',
  stand_down: 'standing-down',
  run_out: null,
} as const;
export type Action = keyof typeof RESOURCES;
export const ACTIONS = Object.keys(RESOURCES) as readonly Action[];

/** Who is called now or was before; who acknowledged; the command centre. */
export const PARTIES = ['called', 'responder', 'centre', 'system'] as const;
export type Party = (typeof PARTIES)[number];

export const CLOCKS = ['acknowledge', 'arrive', 'report', 'close'] as const;
export type Clock = (typeof CLOCKS)[number];
