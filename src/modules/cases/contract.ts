import { z } from 'zod';
import { LANES } from '../../platform/auth/actor.ts';
import { defineContract } from '../../platform/http/contract.ts';
import {
  areaCode,
  instant,
  noContent,
  optionalText,
  pageOf,
  pageQuery,
  point,
  text,
  uuid,
} from '../../platform/http/fields.ts';
import { QUEUES } from './rules/queues.ts';
import { CHANNELS, STATES, URGENCIES } from './rules/words.ts';

export { CHANNELS, SATISFACTION, SOLVED, STATES } from './rules/words.ts';

/** The office's way to cases. Residents come through the module `open`. */

const id = z.object({ id: uuid });
const named = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const lane = z.enum(LANES);

const className = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const place = z.object({
  areaCode,
  /** Names from the town down, without the jurisdiction's own. */
  path: z.array(z.string()),
  text: z.string().nullable(),
  point: point.nullable(),
});

const clock = z.object({
  /** `dispatch`, `acceptance`, `contact`, `total` … (texts `cases.stage.<name>`). */
  name: z.string(),
  startedAt: instant,
  dueAt: instant,
  /** Share of counted time used, 0 to 1 and above when late. */
  used: z.number(),
  late: z.boolean(),
  /** Days between start and due that do not count, `yyyy-mm-dd`. */
  skipped: z.array(z.string()),
  /** True when the calendar does not know a year the clock runs through. */
  uncertain: z.boolean(),
});

export const caseRow = z.object({
  id: uuid,
  number: z.string(),
  version: z.int(),
  state: z.enum(STATES),
  lane,
  class: className,
  urgency: z.enum(URGENCIES),
  title: z.string(),
  place: place.omit({ text: true }),
  channel: z.enum(CHANNELS),
  openedAt: instant,
  stage: z.string(),
  stageStartedAt: instant.nullable(),
  stageDueAt: instant.nullable(),
  totalDueAt: instant.nullable(),
  closedAt: instant.nullable(),
  lead: named.nullable(),
  settledOnSpot: z.boolean(),
  imported: z.boolean(),
});

/** Cases chosen in a list, each with the version that was seen there; at most 20 a request, so that it is quick. */
export const chosenCases = z
  .array(z.strictObject({ id: uuid, expectedVersion: z.int().min(1) }))
  .min(1)
  .max(20);
export type ChosenCase = z.output<typeof chosenCases>[number];

/** What became of one of them. Number, version and state are null for what the actor cannot see. */
export const eachResult = z.object({
  id: uuid,
  number: z.string().nullable(),
  done: z.boolean(),
  version: z.int().nullable(),
  state: z.enum(STATES).nullable(),
  /** Why not, and what to do next, in the caller's language. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  next: z.string(),
});
export type EachResult = z.output<typeof eachResult>;

const file = z.object({
  id: uuid,
  type: z.string(),
  size: z.int(),
  image: z.boolean(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});

export const timelineEntry = z.object({
  seq: z.int(),
  kind: z.string(),
  at: instant,
  actor: z.object({ kind: z.enum(['officer', 'resident', 'anonymous', 'system']), name: z.string().nullable() }),
  organisation: named.nullable(),
  tone: z.enum(['step', 'internal', 'public', 'machine']),
  payload: z.record(z.string(), z.unknown()),
  content: z.record(z.string(), z.string()).nullable(),
  /** Names the order by which the words were erased. */
  erasedBy: z.string().nullable(),
  files: z.array(file),
});

const action = z.object({
  action: z.string(),
  resource: z.string(),
  allowed: z.boolean(),
  /** Refusal code when not allowed; its text is `refusal.<code>`. */
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const caseView = caseRow.extend({
  body: z.string(),
  placeText: z.string().nullable(),
  classParent: className.nullable(),
  sensitivity: z.enum(['normal', 'confidential', 'sealed']),
  clocks: z.object({ stage: clock.nullable(), total: clock.nullable() }),
  pauses: z.array(z.object({ from: instant, to: instant.nullable(), reason: z.string() })),
  firstReceiver: named,
  responsible: named,
  assists: z.array(named),
  designated: z.boolean(),
  /** Every organisation that the timeline's payloads name by id. */
  organisations: z.array(named),
  /** What the whole time, and so an extension of it, is counted in. */
  totalUnit: z.enum(['round_the_clock', 'office_hours', 'working_days']),
  requester: z
    .object({
      id: uuid,
      name: z.string().nullable(),
      phone: z.string().nullable(),
      anonymous: z.boolean(),
      contactable: z.boolean(),
    })
    .nullable(),
  publicConsent: z.boolean(),
  publicState: z.enum(['private', 'released']),
  closure: z.string().nullable(),
  solved: z.enum(['solved', 'partly', 'unsolved']).nullable(),
  satisfaction: z.enum(['satisfied', 'basically', 'unsatisfied']).nullable(),
  master: z.object({ id: uuid, number: z.string() }).nullable(),
  merged: z.array(z.object({ id: uuid, number: z.string() })),
  files: z.array(file),
  timeline: z.array(timelineEntry),
  actions: z.array(action),
  chain: z.object({ length: z.int(), head: z.string() }),
});
export type CaseView = z.output<typeof caseView>;
export type CaseRow = z.output<typeof caseRow>;

const filterFields = {
  queue: z.enum(QUEUES).optional(),
  lane: lane.optional(),
  state: z.enum(STATES).optional(),
  area: areaCode.optional(),
  classCode: z.string().max(40).optional(),
  organisation: uuid.optional(),
  late: z.enum(['true', 'false']).optional(),
  /** Words of title and text, or a case number. */
  q: z.string().max(100).optional(),
};
/** A list's filter, for what is done with the whole list. */
export const caseFilter = z.strictObject(filterFields);

export const listCases = defineContract({
  id: 'cases.list_cases',
  method: 'GET',
  path: '/api/cases',
  summary: 'A queue or a filtered list of the cases the actor may see, one keyset page',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'read',
  query: z.object({
    ...pageQuery,
    ...filterFields,
  }),
  answer: pageOf(caseRow),
  refusals: ['http.invalid_input'],
});

export const listQueues = defineContract({
  id: 'cases.list_queues',
  method: 'GET',
  path: '/api/queues',
  summary: 'The actor’s queues with counts, capped at 1000',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'read',
  query: z.object({ lane: lane.optional() }),
  answer: z.object({
    queues: z.array(z.object({ queue: z.enum(QUEUES), count: z.int(), capped: z.boolean(), late: z.int() })),
  }),
  refusals: [],
});

export const getCase = defineContract({
  id: 'cases.get_case',
  method: 'GET',
  path: '/api/cases/:id',
  summary: 'One case with clocks, timeline and what the actor may do',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  sensitive: true,
  params: id,
  answer: caseView,
  refusals: ['cases.not_found'],
});

export const findCaseByNumber = defineContract({
  id: 'cases.find_by_number',
  method: 'GET',
  path: '/api/case-numbers/:number',
  summary: 'The id of a case the actor may see, by its public number',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'read',
  params: z.object({ number: z.string().max(40) }),
  answer: z.object({ id: uuid, number: z.string(), title: z.string() }),
  refusals: ['cases.not_found', 'cases.bad_number'],
});

export const dispatchSuggestions = defineContract({
  id: 'cases.suggest_dispatch',
  method: 'GET',
  path: '/api/cases/:id/dispatch-suggestions',
  summary: 'Offices the dispatch list names for the case, with reason and computed deadline',
  access: { kind: 'action', action: 'cases.dispatch', target: 'case', param: 'id' },
  effect: 'read',
  params: id,
  answer: z.object({
    suggestions: z.array(
      z.object({
        entryId: uuid,
        entryNumber: z.string(),
        organisation: named,
        assists: z.array(named),
        legalBasis: z.string(),
        level: z.string(),
        reasonZh: z.string(),
        reasonEn: z.string(),
        /** Closed cases of the same class this office led. */
        similarClosed: z.int(),
      }),
    ),
    deadline: clock.nullable(),
  }),
  refusals: ['cases.not_found'],
});

export const verifyChain = defineContract({
  id: 'cases.verify_chain',
  method: 'GET',
  path: '/api/cases/:id/chain-check',
  summary: 'Recomputes the hash chain of one case',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  params: id,
  answer: z.object({
    ok: z.boolean(),
    length: z.int(),
    head: z.string(),
    brokenAt: z.int().nullable(),
    reason: z.string().nullable(),
    erased: z.array(z.object({ seq: z.int(), order: z.string() })),
  }),
  refusals: ['cases.not_found'],
});

const placeInput = z.strictObject({
  areaCode: areaCode.nullish(),
  point: point.nullish(),
  text: optionalText(200),
});

const filed = z.object({
  id: uuid,
  number: z.string(),
  queryCode: z.string(),
  version: z.int(),
  dueAt: instant.nullable(),
});

export const registerCase = defineContract({
  id: 'cases.register_case',
  method: 'POST',
  path: '/api/cases',
  summary: 'Registers a request on behalf of a caller',
  access: { kind: 'action', action: 'cases.register', target: 'visible' },
  effect: 'write',
  status: 201,
  body: z.strictObject({
    title: text(80, 2),
    body: text(2000, 4),
    classCode: z.string().max(40),
    place: placeInput,
    channel: z.enum(['phone', 'counter', 'letter']),
    urgency: z.enum(URGENCIES).default('normal'),
    confidential: z.boolean().default(false),
    requester: z.strictObject({ name: optionalText(50), phone: optionalText(30) }).nullish(),
    anonymous: z.boolean().default(false),
    publicConsent: z.boolean().default(false),
    /** When it was said, if not now; never in the future. */
    openedAt: instant.nullish(),
    fileIds: z.array(uuid).max(10).default([]),
  }),
  answer: filed,
  refusals: [
    'cases.class_unknown',
    'cases.class_closed',
    'cases.place_outside',
    'cases.place_unknown',
    'cases.in_future',
    'cases.out_of_scope',
    'requesters.bad_phone',
    'files.not_found',
  ],
});

export const reportFromGrid = defineContract({
  id: 'cases.report_from_grid',
  method: 'POST',
  path: '/api/grid/reports',
  summary: 'A grid or community worker reports a matter, or settles a minor one on the spot in one step',
  access: { kind: 'action', action: 'cases.report', target: 'visible' },
  effect: 'write',
  status: 201,
  body: z.strictObject({
    title: text(80, 2),
    body: text(2000, 4),
    classCode: z.string().max(40),
    place: placeInput,
    urgency: z.enum(URGENCIES).default('normal'),
    requester: z.strictObject({ name: optionalText(50), phone: optionalText(30) }).nullish(),
    beforeFileIds: z.array(uuid).max(5).default([]),
    /** Present when the matter was settled on the spot. */
    settlement: z.strictObject({ result: text(1000, 2), afterFileIds: z.array(uuid).min(1).max(5) }).nullish(),
  }),
  answer: filed,
  refusals: [
    'cases.class_unknown',
    'cases.class_closed',
    'cases.place_outside',
    'cases.place_unknown',
    'cases.out_of_scope',
    'cases.class_not_settled_on_spot',
    'cases.photos_missing',
    'requesters.bad_phone',
    'files.not_found',
  ],
});

export const unmaskRequester = defineContract({
  id: 'cases.unmask_requester',
  method: 'POST',
  path: '/api/cases/:id/unmasking',
  summary: 'Shows the requester’s identity for a stated reason; logged',
  access: { kind: 'action', action: 'cases.unmask', target: 'case', param: 'id' },
  effect: 'write',
  fresh: true,
  params: id,
  body: z.strictObject({ reason: text(200, 4) }),
  answer: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    mail: z.string().nullable(),
    /** After this the page takes it away again; a new look needs a new reason. */
    visibleSeconds: z.number(),
  }),
  unkept: true,
  refusals: ['cases.not_found', 'cases.no_requester', 'cases.unmask_not_for_handlers'],
});

export const followEvents = defineContract({
  id: 'cases.follow_events',
  method: 'GET',
  path: '/api/events',
  summary: 'Event stream (text/event-stream) of changes to cases the actor may see',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'none',
  passive: true,
  answer: noContent,
  refusals: [],
});

/** Action → the contract of its step, for screens of modules above. */
export { steps } from './steps-contract.ts';
