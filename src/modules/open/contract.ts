import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import {
  areaCode,
  instant,
  latitude,
  longitude,
  optionalText,
  pageOf,
  pageQuery,
  text,
  uuid,
} from '../../platform/http/fields.ts';

/**
 * The residents' way in, under `/api/public`. No account: a request is followed with its number and secret query code,
 * or after a code sent to the phone. Answers are worded in the language of `Accept-Language`.
 */

export const MAX_TEXT = 2000;
export const MAX_FILES = 10;

/** As people type it: spaces, full-width digits and missing dashes are forgiven by the rules. */
const typedNumber = z.string().min(1).max(40);
const publicNumber = z.string().regex(/^\d{8}-\d{6,12}-\d$/);

/** As in the catalogue: digits, at most two levels. */
const classCode = z.string().regex(/^\d{2,8}$/);

export const PLACE_KINDS = ['point', 'area', 'unknown'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

const filingPlace = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('point'),
    lon: longitude,
    lat: latitude,
    /** Chosen from the list beside the point, where no boundary tells the area. */
    areaCode: areaCode.nullish(),
    detail: optionalText(200),
  }),
  z.strictObject({ kind: z.literal('area'), areaCode, detail: optionalText(200) }),
  z.strictObject({ kind: z.literal('unknown'), detail: optionalText(200) }),
]);

const filing = z.strictObject({
  text: text(MAX_TEXT, 4),
  classCode: classCode.nullable(),
  place: filingPlace,
  name: optionalText(50),
  phone: optionalText(30),
  /** Keeps the name from every office; the command centre alone may ask for it, with a reason that is logged. */
  anonymous: z.boolean(),
  /** Agrees that an officer may publish an edited version without name, with the place made coarse. */
  publishConsent: z.boolean(),
  /** Agrees by itself that what such a class is about (health, a child under 14 …) is handled; needed for sealed classes. */
  sensitiveConsent: z.boolean().default(false),
  fileIds: z.array(uuid).max(MAX_FILES),
  /** A released request about the same matter that he chose to follow: his own is joined to it. */
  follows: z.string().max(40).nullish(),
});

const receipt = z.object({
  number: publicNumber,
  queryCode: z.string(),
  officeName: z.string(),
  /** When the first step (passing it to the office in charge) is due. */
  dispatchDueAt: instant.nullable(),
  /** When an answer is due. */
  dueAt: instant.nullable(),
  /** The request it was joined to, as he chose; null when it is dealt with by itself. */
  joined: publicNumber.nullable(),
});

const caseToken = z.object({ token: z.string(), expiresAt: instant, number: publicNumber });

export const PHASES = ['received', 'assigned', 'working', 'paused', 'checking', 'asking', 'closed', 'ended'] as const;
/** What residents are told of a state: eight words instead of nineteen. */
export type Phase = (typeof PHASES)[number];

export const OUTCOMES = [
  'solved',
  'partly',
  'unsolved',
  'unreachable',
  'verified',
  'referred',
  'declined',
  'withdrawn',
] as const;
/** How it ended; `solved` is said by the requester alone. */
export type Outcome = (typeof OUTCOMES)[number];

const image = z.object({
  id: uuid,
  url: z.string(),
  thumbnailUrl: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});

const paper = z.object({ id: uuid, url: z.string(), size: z.number() });

const step = z.object({
  id: z.string(),
  /** The finished sentence in the caller's language. */
  title: z.string(),
  at: instant.nullable(),
  /** By when, for a step that is still to come. */
  dueAt: instant.nullable(),
  note: z.string().nullable(),
  state: z.enum(['done', 'now', 'todo']),
  late: z.boolean(),
  /** Words for the requester, framed: an office's answer or result. */
  answer: z.object({ text: z.string(), office: z.string().nullable() }).nullable(),
  /** Where to go instead, when the request is not handled here. */
  elsewhere: z.object({ name: z.string(), phone: z.string().nullable(), address: z.string().nullable() }).nullable(),
  images: z.array(image),
  papers: z.array(paper),
});

const permission = z.object({
  allowed: z.boolean(),
  /** Why not, in a sentence. */
  reason: z.string().nullable(),
  /** Until when it is allowed, where that is limited. */
  until: instant.nullable(),
});

export const SOLVED = ['solved', 'partly', 'unsolved'] as const;
export const SATISFACTION = ['satisfied', 'basically', 'unsatisfied'] as const;

const progress = z.object({
  number: publicNumber,
  title: z.string(),
  text: z.string(),
  className: z.string().nullable(),
  place: z.string().nullable(),
  filedAt: instant,
  phase: z.enum(PHASES),
  phaseText: z.string(),
  dueAt: instant.nullable(),
  late: z.boolean(),
  lead: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  images: z.array(image),
  steps: z.array(step),
  rating: z
    .object({ solved: z.enum(SOLVED), satisfaction: z.enum(SATISFACTION), reason: z.string().nullable(), at: instant })
    .nullable(),
  can: z.object({
    rate: permission,
    reopen: permission,
    withdraw: permission,
    supplement: permission,
    takeDown: permission,
  }),
  /** Its edited version can be read by everybody. */
  released: z.boolean(),
});

const mine = z.object({
  number: publicNumber,
  title: z.string(),
  place: z.string().nullable(),
  filedAt: instant,
  phase: z.enum(PHASES),
  phaseText: z.string(),
  late: z.boolean(),
  /** Waits for the requester's word. */
  asks: z.boolean(),
});

const released = z.object({
  number: publicNumber,
  title: z.string(),
  place: z.string(),
  className: z.string().nullable(),
  filedAt: instant,
  closedAt: instant.nullable(),
  phase: z.enum(PHASES),
  phaseText: z.string(),
  outcome: z.enum(OUTCOMES).nullable(),
  outcomeText: z.string().nullable(),
  officeName: z.string().nullable(),
});

const releasedDetail = released.extend({
  text: z.string(),
  /** What the office answered, edited for everybody; null while there is none. */
  answer: z.object({ text: z.string(), office: z.string().nullable() }).nullable(),
  images: z.array(image),
  /** Rounded to about 100 m; null when the place is unknown or kept back. */
  point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
  /** The town or village that holds it. */
  areaCode: z.string(),
});

const releasedFilter = {
  area: areaCode.optional(),
  classCode: classCode.optional(),
  state: z.enum(['open', 'closed']).optional(),
};

export const settings = defineContract({
  id: 'open.get_settings',
  method: 'GET',
  path: '/api/public/settings',
  summary: 'What the portal needs to know at first: the jurisdiction, limits, whether this is a demo',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({
    jurisdiction: z.object({ code: z.string(), name: z.string(), shortName: z.string() }),
    demo: z.boolean(),
    phoneSignIn: z.boolean(),
    limits: z.object({ textLength: z.number(), photos: z.number(), photoBytes: z.number() }),
  }),
  refusals: [],
});

export const summary = defineContract({
  id: 'open.get_summary',
  method: 'GET',
  path: '/api/public/summary',
  summary: 'Figures of the home page and a few released requests closed in the last seven days',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({
    /** Released requests; beyond `cap` one more than it. */
    released: z.number(),
    open: z.number(),
    cap: z.number(),
    closedThisWeek: z.array(released),
  }),
  refusals: [],
});

export const fileRequest = defineContract({
  id: 'open.file_request',
  method: 'POST',
  path: '/api/public/cases',
  summary: 'File a request without an account; answers its number and secret query code',
  access: { kind: 'public' },
  effect: 'write',
  body: filing,
  answer: receipt,
  status: 201,
  refusals: [
    'cases.place_outside',
    'cases.area_closed',
    'cases.class_unknown',
    'cases.class_closed',
    'open.consent_needed',
    'requesters.bad_phone',
    'requesters.phone_needs_area_code',
    'files.not_found',
    'files.already_attached',
    'files.too_many',
  ],
  perMinute: 20,
});

export const similarRequests = defineContract({
  id: 'open.find_similar',
  method: 'POST',
  path: '/api/public/similar-cases',
  summary: 'Released requests nearby that are likely about the same matter as a text, with how they stand',
  access: { kind: 'public' },
  effect: 'read',
  body: z.strictObject({
    text: text(MAX_TEXT, 4),
    areaCode: areaCode.nullish(),
    classCode: classCode.nullish(),
    point: z.strictObject({ lon: longitude, lat: latitude }).nullish(),
  }),
  answer: z.object({
    items: z.array(
      released.extend({
        areaCode: z.string(),
        /** Still open, so that one's own request can be joined to it. */
        joinable: z.boolean(),
        shared: z.array(z.string()),
      }),
    ),
  }),
  refusals: [],
  perMinute: 60,
});

export const track = defineContract({
  id: 'open.open_tracking',
  method: 'POST',
  path: '/api/public/tracking',
  summary: 'Exchange number and query code for a short-lived token of that one request',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ number: typedNumber, queryCode: z.string().min(1).max(40) }),
  answer: caseToken,
  refusals: ['open.no_match', 'open.too_many_tries'],
});

export const myCase = defineContract({
  id: 'open.get_my_case',
  method: 'GET',
  path: '/api/public/my-case',
  summary: 'How the request stands, for the requester',
  access: { kind: 'resident' },
  effect: 'read',
  answer: progress,
  refusals: ['open.case_token_needed', 'cases.not_found'],
});

/** What a step may be refused for beside what it says itself; the codes are those of cases. */
const STEP_REFUSALS = [
  'open.case_token_needed',
  'cases.not_found',
  'cases.wrong_state',
  'cases.not_your_part',
  'cases.text_missing',
];

const onMyCase = { access: { kind: 'resident' }, effect: 'write', answer: progress } as const;

export const rate = defineContract({
  id: 'open.rate_my_case',
  method: 'POST',
  path: '/api/public/my-case/rating',
  summary: 'The requester’s word: solved or not, how satisfied, why',
  ...onMyCase,
  body: z.strictObject({
    solved: z.enum(SOLVED),
    satisfaction: z.enum(SATISFACTION),
    reason: optionalText(500),
    /** Also asks for a closed request to be taken up again; needs a reason. */
    reopen: z.boolean().default(false),
  }),
  refusals: [
    ...STEP_REFUSALS,
    'open.reason_needed',
    'cases.already_rated',
    'cases.rating_window_over',
    'cases.imported_not_rated',
    'cases.reopen_window_over',
  ],
});

export const reopen = defineContract({
  id: 'open.reopen_my_case',
  method: 'POST',
  path: '/api/public/my-case/reopening',
  summary: 'Ask for the request to be taken up again',
  ...onMyCase,
  body: z.strictObject({ reason: text(500, 2), fileIds: z.array(uuid).max(MAX_FILES).default([]) }),
  refusals: [...STEP_REFUSALS, 'cases.reopen_window_over', 'files.not_found', 'files.too_many'],
});

export const withdraw = defineContract({
  id: 'open.withdraw_my_case',
  method: 'POST',
  path: '/api/public/my-case/withdrawal',
  summary: 'Take the request back',
  ...onMyCase,
  body: z.strictObject({ reason: text(500, 2) }),
  refusals: STEP_REFUSALS,
});

export const supplement = defineContract({
  id: 'open.supplement_my_case',
  method: 'POST',
  path: '/api/public/my-case/supplements',
  summary: 'Add words or photos for the office in charge',
  ...onMyCase,
  body: z.strictObject({ text: text(1000, 2), fileIds: z.array(uuid).max(MAX_FILES).default([]) }),
  refusals: [...STEP_REFUSALS, 'files.not_found', 'files.too_many'],
});

export const takeDown = defineContract({
  id: 'open.take_down_my_case',
  method: 'POST',
  path: '/api/public/my-case/release-end',
  summary: 'Take back the consent: the public version disappears at once',
  ...onMyCase,
  body: z.strictObject({ reason: optionalText(500) }),
  refusals: [...STEP_REFUSALS, 'cases.not_released'],
});

export const endSensitiveConsent = defineContract({
  id: 'open.end_sensitive_consent',
  method: 'POST',
  path: '/api/public/my-case/sensitive-consent-end',
  summary: 'Take back the consent to handling what is sensitive; the office in charge is told while the case is open',
  ...onMyCase,
  refusals: ['open.case_token_needed', 'open.nothing_agreed'],
});

export const myCases = defineContract({
  id: 'open.list_my_cases',
  method: 'GET',
  path: '/api/public/my-cases',
  summary: 'The requests filed with the phone number that was proved by code',
  access: { kind: 'resident' },
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(mine),
  refusals: ['open.phone_session_needed'],
});

export const openMine = defineContract({
  id: 'open.open_one_of_mine',
  method: 'POST',
  path: '/api/public/my-cases/:number/tracking',
  summary: 'Exchange a phone session for the token of one of its requests',
  access: { kind: 'resident' },
  effect: 'none',
  params: z.object({ number: publicNumber }),
  answer: caseToken,
  refusals: ['open.phone_session_needed', 'open.no_match'],
});

export const listReleased = defineContract({
  id: 'open.list_cases',
  method: 'GET',
  path: '/api/public/cases',
  summary: 'Requests made public, newest first',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, ...releasedFilter }),
  answer: pageOf(released),
  refusals: ['http.bad_request'],
});

export const getReleased = defineContract({
  id: 'open.get_case',
  method: 'GET',
  path: '/api/public/cases/:number',
  summary: 'One request made public',
  access: { kind: 'public' },
  effect: 'read',
  params: z.object({ number: z.string().max(40) }),
  answer: releasedDetail,
  refusals: ['open.not_public'],
});

export const mapOfReleased = defineContract({
  id: 'open.get_map',
  method: 'GET',
  path: '/api/public/map',
  summary: 'Where requests made public are: how many in each part of an area, single coarse points within a village',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject(releasedFilter),
  answer: z.object({
    points: z.array(
      z.object({ number: publicNumber, title: z.string(), lon: z.number(), lat: z.number(), phase: z.enum(PHASES) }),
    ),
    areas: z.array(
      z.object({ code: z.string(), name: z.string(), lon: z.number(), lat: z.number(), count: z.number() }),
    ),
  }),
  refusals: [],
});

export const openContracts = {
  settings,
  summary,
  fileRequest,
  similarRequests,
  track,
  myCase,
  rate,
  reopen,
  withdraw,
  supplement,
  takeDown,
  endSensitiveConsent,
  myCases,
  openMine,
  listReleased,
  getReleased,
  mapOfReleased,
} as const;

export type Settings = z.output<typeof settings.answer>;
export type Receipt = z.output<typeof receipt>;
export type FilingBody = z.input<typeof filing>;
/** A filing after it was parsed. */
export type Filed = z.output<typeof filing>;
export type RatingBody = z.output<typeof rate.body & z.ZodType>;
export type Progress = z.output<typeof progress>;
export type ProgressStep = z.output<typeof step>;
export type ReleasedCase = z.output<typeof released>;
export type ReleasedDetail = z.output<typeof releasedDetail>;
export type MyRequest = z.output<typeof mine>;
export type CaseImage = z.output<typeof image>;
export type CasePaper = z.output<typeof paper>;
export type ReleasedMap = z.output<typeof mapOfReleased.answer>;
