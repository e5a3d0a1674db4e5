import type { StateName } from './words.ts';

/**
 * The queues of daily work, as data: which states wait in them and for whom. `line` says by which line a case comes
 * into a person's queue: `area` by the scope of his post, `lead` because his organisation handles it, `scope_worker`
 * because it lies in a grid or community worker's area.
 */
export const QUEUES = [
  'to_dispatch',
  'disputes',
  'extensions',
  'to_accept',
  'handling',
  'to_verify',
  'to_call_back',
  'shelved',
  'referred',
  'late',
  'mine',
  'all',
] as const;
export type QueueName = (typeof QUEUES)[number];

export type Queue = {
  readonly states: readonly StateName[];
  /** The action a post must grant for the queue to be shown. */
  readonly action: string;
  readonly line: 'area' | 'lead';
  /** Only cases whose stage clock has run out. */
  readonly lateOnly?: boolean;
  /** Without what one's own organisations lead or assist: its work is checked by others. */
  readonly byOthers?: boolean;
};

/** States in which somebody still owes a step. */
export const OPEN_STATES = [
  'registered',
  'reopened',
  'dispatched',
  'accepted',
  'objected',
  'adjudicating',
  'in_progress',
  'extension_requested',
  'shelved',
  'reported_done',
  'verifying',
  'call_back',
  'returned',
  'referred',
] as const satisfies readonly StateName[];

export const QUEUE_TABLE: Readonly<Record<QueueName, Queue>> = {
  to_dispatch: { states: ['registered', 'reopened'], action: 'cases.dispatch', line: 'area' },
  disputes: { states: ['objected', 'adjudicating'], action: 'cases.rule', line: 'area' },
  extensions: { states: ['extension_requested'], action: 'cases.decide_extension', line: 'area' },
  to_accept: { states: ['dispatched'], action: 'cases.accept', line: 'lead' },
  handling: {
    states: ['accepted', 'in_progress', 'extension_requested', 'returned'],
    action: 'cases.report_done',
    line: 'lead',
  },
  to_verify: {
    states: ['reported_done', 'verifying'],
    action: 'cases.begin_verification',
    line: 'area',
    byOthers: true,
  },
  to_call_back: { states: ['call_back'], action: 'cases.record_call_back', line: 'area', byOthers: true },
  shelved: { states: ['shelved'], action: 'cases.shelve', line: 'area' },
  referred: { states: ['referred'], action: 'cases.refer', line: 'area' },
  late: { states: OPEN_STATES, action: 'cases.read_late', line: 'area', lateOnly: true },
  mine: { states: OPEN_STATES, action: 'cases.report', line: 'area' },
  all: { states: [], action: 'cases.read', line: 'area' },
};
