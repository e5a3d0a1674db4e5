import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { day, instant, noContent, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { COLOURS, LEADER_OUTCOMES, ORDER_ACTIONS, ORDER_EVENTS, ORDER_STATES, WATCHED_QUEUES } from './rules/words.ts';

const id = z.object({ id: uuid });
const colour = z.enum(COLOURS);
const organisation = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const className = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const place = z.object({ code: z.string(), path: z.string() });

const action = z.object({
  action: z.enum(ORDER_ACTIONS),
  allowed: z.boolean(),
  /** Why not, in the reader's language. */
  reason: z.string().nullable(),
});

const orderRow = z.object({
  id: uuid,
  version: z.int(),
  colour,
  state: z.enum(ORDER_STATES),
  ground: z.string(),
  queue: z.enum(WATCHED_QUEUES).nullable(),
  /** For a queue: how many wait beyond the limit now, at most 1,000. */
  overdue: z.int().nullable(),
  case: z.object({
    id: uuid,
    number: z.string(),
    /** Null when the case is sealed. */
    title: z.string().nullable(),
    class: className.nullable(),
  }),
  place,
  addressee: organisation,
  /** Null: issued by the clock. */
  issuer: organisation.nullable(),
  reviewer: organisation,
  demand: z.string().nullable(),
  issuedAt: instant,
  colourSince: instant,
  dueAt: instant.nullable(),
  lapsed: z.boolean(),
  liftAsked: z.boolean(),
  liftReason: z.string().nullable(),
  endedAt: instant.nullable(),
});

const orderEvent = z.object({
  seq: z.int(),
  kind: z.enum(ORDER_EVENTS),
  at: instant,
  /** Null: the clock did it. */
  actor: z.string().nullable(),
  organisation: organisation.nullable(),
  colour,
  ground: z.string().nullable(),
  words: z.string().nullable(),
  dueAt: instant.nullable(),
});

const orderView = orderRow.extend({ history: z.array(orderEvent), actions: z.array(action) });
export type OrderView = z.input<typeof orderView>;
export type OrderLine = z.input<typeof orderRow>;

const read = { kind: 'action', action: 'supervision.read', target: 'visible' } as const;
const ofCase = (name: string) => ({ kind: 'action', action: name, target: 'case', param: 'id' }) as const;

export const listOrders = defineContract({
  id: 'supervision.list_orders',
  method: 'GET',
  path: '/api/supervision/orders',
  summary: 'Orders: those to my organisation, those it issued or reviews, or those of my area; newest first',
  access: read,
  effect: 'read',
  query: z.strictObject({
    ...pageQuery,
    box: z.enum(['mine', 'issued', 'area']).default('mine'),
    colour: colour.optional(),
    addressee: uuid.optional(),
    over: z.enum(['true', 'false']).optional(),
  }),
  answer: pageOf(orderRow),
  refusals: [],
});

export const getOrder = defineContract({
  id: 'supervision.get_order',
  method: 'GET',
  path: '/api/supervision/orders/:id',
  summary: 'One order with its history and what the reader may do with it',
  access: read,
  effect: 'read',
  params: id,
  answer: orderView,
  refusals: ['supervision.order_not_found'],
});

const version = z.int().min(1);
const STEP_REFUSALS = [
  'supervision.order_not_found',
  'supervision.stale',
  'supervision.not_your_part',
  'supervision.order_over',
  'supervision.wrong_state',
] as const;

/** A step on an order: who may is decided on the order itself. */
function step<B extends z.ZodType>(
  name: string,
  of: {
    readonly action: string;
    readonly resource: string;
    readonly summary: string;
    readonly body: B;
    readonly refusals?: readonly string[];
  },
) {
  return defineContract({
    id: `supervision.${name}`,
    method: 'POST',
    path: `/api/supervision/orders/:id/${of.resource}`,
    summary: of.summary,
    access: { kind: 'action', action: of.action, target: 'visible' },
    effect: 'write',
    params: id,
    body: of.body,
    answer: orderView,
    refusals: [...STEP_REFUSALS, ...(of.refusals ?? [])],
  });
}

export const answerOrder = step('answer', {
  action: 'supervision.answer',
  resource: 'answer',
  summary: 'The addressee answers an order',
  body: z.strictObject({ version, words: text(2000, 4) }),
});
export const acceptAnswer = step('accept', {
  action: 'supervision.review',
  resource: 'acceptance',
  summary: 'Accept the answer; the order is over',
  body: z.strictObject({ version, words: optionalText(500) }),
  refusals: ['supervision.own_answer', 'supervision.own_order'],
});
export const sendBackAnswer = step('send_back', {
  action: 'supervision.review',
  resource: 'sending-back',
  summary: 'Send the answer back with a reason; the limit counts anew',
  body: z.strictObject({ version, reason: text(500, 4) }),
  refusals: ['supervision.own_answer', 'supervision.own_order'],
});
export const climbOrder = step('climb', {
  action: 'supervision.review',
  resource: 'climbing',
  summary: 'Make an order graver by hand, with a reason',
  body: z.strictObject({ version, colour, reason: text(500, 4) }),
  refusals: ['supervision.already_red', 'supervision.own_order', 'supervision.not_graver'],
});
export const liftOrder = step('lift', {
  action: 'supervision.lift',
  resource: 'lifting',
  summary: 'Lift an order with a reason; a red one by a second person',
  body: z.strictObject({ version, reason: text(500, 4) }),
  refusals: ['supervision.second_person_needed'],
});
export const refuseLiftOfOrder = step('refuse_lift', {
  action: 'supervision.lift',
  resource: 'lifting-refusal',
  summary: 'The second person does not lift a red order',
  body: z.strictObject({ version, reason: text(500, 4) }),
  refusals: ['supervision.second_person_needed', 'supervision.no_lift_asked'],
});

export const readBoard = defineContract({
  id: 'supervision.read_board',
  method: 'GET',
  path: '/api/supervision/board',
  summary: 'How many open orders of each colour each office has, counted now',
  access: { kind: 'action', action: 'supervision.read_area', target: 'visible' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        organisation,
        blue: z.int(),
        yellow: z.int(),
        red: z.int(),
        /** Of these, answered and waiting for review. */
        answered: z.int(),
        oldestAt: instant,
      }),
    ),
    at: instant,
  }),
  refusals: [],
});

export const listShelvedCases = defineContract({
  id: 'supervision.list_shelved',
  method: 'GET',
  path: '/api/supervision/shelved',
  summary: 'Shelved cases with owner, next review and end; those to be reviewed first first',
  access: read,
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.object({
      id: uuid,
      number: z.string(),
      title: z.string(),
      place,
      ground: z.string(),
      owner: organisation,
      lead: organisation.nullable(),
      since: instant,
      reviewOn: day,
      endOn: day,
      reviewPassed: z.boolean(),
      endPassed: z.boolean(),
    }),
  ),
  refusals: [],
});

const leaderView = z.object({
  id: uuid,
  caseId: uuid,
  leader: z.string(),
  organisation,
  aim: z.string(),
  takenAt: instant,
  dueOn: day,
  reportEveryDays: z.int(),
  nextReportOn: day,
  late: z.boolean(),
  endedAt: instant.nullable(),
  outcome: z.enum(LEADER_OUTCOMES).nullable(),
  result: z.string().nullable(),
  reports: z.array(z.object({ at: instant, words: z.string() })),
  /** The reader is this leader and may report and end. */
  yours: z.boolean(),
});
export type LeaderView = z.input<typeof leaderView>;

export const caseSupervision = defineContract({
  id: 'supervision.of_case',
  method: 'GET',
  path: '/api/cases/:id/supervision',
  summary: 'Orders about a case, its leaders, and what the reader may begin',
  access: ofCase('supervision.read'),
  effect: 'read',
  params: id,
  answer: z.object({
    orders: z.array(orderView),
    leaders: z.array(leaderView),
    mayIssue: z.boolean(),
    mayLead: z.boolean(),
    urgent: z.boolean(),
    /** Whom an order may ask: the organisations that have a part in the case. */
    addressees: z.array(organisation),
  }),
  refusals: [],
});

export const issueOrder = defineContract({
  id: 'supervision.issue',
  method: 'POST',
  path: '/api/cases/:id/supervision-orders',
  summary: 'Issue an order about a case to an organisation that has a part in it',
  access: ofCase('supervision.issue'),
  effect: 'write',
  params: id,
  body: z.strictObject({
    addresseeId: uuid,
    colour,
    demand: text(1000, 4),
    /** Days the addressee has, in working days; the colour's own limit unless told. */
    workingDays: z.int().min(1).max(30).nullish(),
  }),
  status: 201,
  answer: orderView,
  refusals: [
    'supervision.out_of_scope',
    'supervision.case_over',
    'supervision.not_involved',
    'supervision.to_itself',
    'supervision.already_open',
    'supervision.red_only_urgent',
  ],
});

export const takeAsLeader = defineContract({
  id: 'supervision.take_case',
  method: 'POST',
  path: '/api/cases/:id/leader',
  summary: 'Take a case as its responsible leader',
  access: ofCase('supervision.lead'),
  effect: 'write',
  params: id,
  body: z.strictObject({ aim: text(500, 4), dueOn: day, reportEveryDays: z.int().min(1).max(60) }),
  status: 201,
  answer: z.object({ id: uuid }),
  refusals: [
    'supervision.out_of_scope',
    'supervision.case_over',
    'supervision.leader_there',
    'supervision.leader_day_wrong',
  ],
});

export const reportAsLeader = defineContract({
  id: 'supervision.leader_report',
  method: 'POST',
  path: '/api/cases/:id/leader-reports',
  summary: 'The responsible leader reports',
  access: ofCase('supervision.lead'),
  effect: 'write',
  params: id,
  body: z.strictObject({ words: text(2000, 4) }),
  status: 201,
  answer: z.object({ nextReportOn: day }),
  refusals: ['supervision.no_leader', 'supervision.not_your_part'],
});

export const endAsLeader = defineContract({
  id: 'supervision.leader_end',
  method: 'POST',
  path: '/api/cases/:id/leader-end',
  summary: 'The responsible leader ends with a result',
  access: ofCase('supervision.lead'),
  effect: 'write',
  params: id,
  body: z.strictObject({ outcome: z.enum(LEADER_OUTCOMES), result: text(2000, 4) }),
  answer: noContent,
  refusals: ['supervision.no_leader', 'supervision.not_your_part'],
});

export const listLeaderCases = defineContract({
  id: 'supervision.list_leader_cases',
  method: 'GET',
  path: '/api/supervision/leader-cases',
  summary: 'The cases the reader has taken as responsible leader',
  access: { kind: 'action', action: 'supervision.lead', target: 'visible' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        id: uuid,
        caseId: uuid,
        number: z.string(),
        title: z.string(),
        aim: z.string(),
        dueOn: day,
        nextReportOn: day,
        late: z.boolean(),
        endedAt: instant.nullable(),
        outcome: z.enum(LEADER_OUTCOMES).nullable(),
      }),
    ),
  }),
  refusals: [],
});
