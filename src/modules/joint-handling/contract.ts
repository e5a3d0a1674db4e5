import { z } from 'zod';
import { type Contract, defineContract } from '../../platform/http/contract.ts';
import { areaCode, instant, optionalText, pageOf, pageQuery, point, text, uuid } from '../../platform/http/fields.ts';
import { type Action, GROUNDS, JOINT_STATES, MARKS, MEMBER_STATES, RESOURCES } from './rules/words.ts';

const id = z.object({ id: uuid });
const named = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const reason = text(500, 2);
const files = z.array(uuid).max(10).default([]);
const place = z.object({ areaCode, path: z.array(z.string()), text: z.string().nullable(), point: point.nullable() });

const memberRow = z.object({
  organisation: named,
  state: z.enum(MEMBER_STATES),
  /** Of an organisation in which the reader holds a post. */
  mine: z.boolean(),
  /** What runs now: its name, beginning and end; null when nothing is owed. */
  clock: z.object({ name: z.string(), startedAt: instant, dueAt: instant, late: z.boolean() }).nullable(),
});

export const jointRow = z.object({
  id: uuid,
  caseId: uuid,
  caseNumber: z.string(),
  version: z.int(),
  state: z.enum(JOINT_STATES),
  ground: z.enum(GROUNDS),
  matter: z.string(),
  place,
  whistler: named,
  lead: named,
  openedAt: instant,
  whistledAt: instant.nullable(),
  endedAt: instant.nullable(),
  members: z.array(memberRow),
});
export type JointRow = z.output<typeof jointRow>;

const mark = z.enum(MARKS);
const whistleRating = z.object({ justified: z.boolean(), needed: z.boolean(), at: instant });

export const jointView = jointRow.extend({
  /** True when the reader may open the case itself. */
  seesCase: z.boolean(),
  asker: named.nullable(),
  centre: named,
  arriveBy: instant.nullable(),
  confirmDueAt: instant.nullable(),
  limits: z.object({
    answer: z.number(),
    arrive: z.number(),
    part: z.number(),
    ruling: z.number(),
    radius: z.number(),
  }),
  cancelledLate: z.boolean(),
  centreRating: whistleRating.nullable(),
  members: z.array(
    memberRow.extend({
      task: z.string(),
      isLead: z.boolean(),
      calledAt: instant,
      answerDueAt: instant,
      answeredAt: instant.nullable(),
      ruling: z.enum(['must_come', 'excused']).nullable(),
      arriveDueAt: instant,
      arrivedAt: instant.nullable(),
      arrivalMetres: z.number().nullable(),
      partMinutes: z.number(),
      partDueAt: instant.nullable(),
      doneAt: instant.nullable(),
      late: z.array(z.string()),
      successor: named.nullable(),
      rating: z.object({ timeliness: mark, result: mark, at: instant }).nullable(),
      whistleRating: whistleRating.nullable(),
    }),
  ),
  timeline: z.array(
    z.object({
      seq: z.int(),
      at: instant,
      step: z.string(),
      organisation: named.nullable(),
      person: z.string().nullable(),
      texts: z.record(z.string(), z.string()),
      files: z.array(z.object({ id: uuid, image: z.boolean() })),
    }),
  ),
  actions: z.array(
    z.object({
      action: z.string(),
      resource: z.string(),
      organisationId: uuid.nullable(),
      allowed: z.boolean(),
      code: z.string().nullable(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
});
export type JointView = z.output<typeof jointView>;

const read = { kind: 'action', action: 'joint_handling.read' } as const;

export const listJoints = defineContract({
  id: 'joint_handling.list_joints',
  method: 'GET',
  path: '/api/joint-handlings',
  summary: 'Joint handlings the actor may see, newest first: called to, whistled for, or waiting for his ruling',
  access: { ...read, target: 'visible' },
  effect: 'read',
  query: z.object({
    ...pageQuery,
    side: z.enum(['called', 'whistled', 'ruling']).optional(),
    open: z.enum(['true', 'false']).optional(),
  }),
  answer: pageOf(jointRow),
  refusals: ['http.bad_request'],
});

export const getJoint = defineContract({
  id: 'joint_handling.get_joint',
  method: 'GET',
  path: '/api/joint-handlings/:id',
  summary: 'One joint handling with its parts, clocks, steps and what the actor can do',
  access: { ...read, target: 'joint', param: 'id' },
  effect: 'read',
  params: id,
  answer: jointView,
  refusals: ['joint_handling.not_found'],
});

export const jointsOfCase = defineContract({
  id: 'joint_handling.joints_of_case',
  method: 'GET',
  path: '/api/cases/:id/joint-handlings',
  summary: 'The joint handlings of one case, newest first, and whether the actor could begin one',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  params: id,
  answer: z.object({
    items: z.array(jointRow),
    /** Code of the reason why the actor cannot whistle here now; null when he can. */
    whistle: z.object({ allowed: z.boolean(), asks: z.boolean(), code: z.string().nullable() }),
    /** Who leads the case now, and so would lead here. */
    lead: named.nullable(),
  }),
  refusals: ['cases.not_found'],
});

const calls = z.array(z.strictObject({ organisationId: uuid, task: text(500, 2) })).max(20);
const whistleBody = {
  ground: z.enum(GROUNDS),
  matter: text(500, 4),
  place: optionalText(200),
  point: point.nullish(),
  calls,
  leadId: uuid,
  arriveBy: instant.nullish(),
};
const whistleRefusals = [
  'joint_handling.towns_only',
  'joint_handling.already_open',
  'joint_handling.case_over',
  'joint_handling.petition_route_only',
  'joint_handling.nobody_called',
  'joint_handling.called_twice',
  'joint_handling.whistle_to_itself',
  'joint_handling.not_to_village',
  'joint_handling.organisation_unknown',
  'joint_handling.organisation_closed',
  'joint_handling.lead_not_called',
  'joint_handling.first_receiver_leads',
  'joint_handling.city_leads',
  'joint_handling.place_outside',
  'joint_handling.arrival_in_past',
  'joint_handling.arrival_too_late',
];
const stepAnswer = z.object({ id: uuid, version: z.int(), state: z.enum(JOINT_STATES) });

export const whistleForCase = defineContract({
  id: 'joint_handling.whistle_for_case',
  method: 'POST',
  path: '/api/cases/:id/joint-handlings',
  summary: 'A town whistles for a case, or a community asks its town to',
  access: { kind: 'action', action: 'joint_handling.whistle', target: 'case', param: 'id' },
  effect: 'write',
  status: 201,
  params: id,
  body: z.strictObject(whistleBody),
  answer: stepAnswer,
  refusals: ['cases.not_found', ...whistleRefusals],
});

export const whistleAnew = defineContract({
  id: 'joint_handling.whistle_anew',
  method: 'POST',
  path: '/api/joint-handlings',
  summary: 'A town whistles for an emergency or joint enforcement that has no case yet; the case is registered with it',
  access: { kind: 'action', action: 'joint_handling.whistle_anew', target: 'visible' },
  effect: 'write',
  status: 201,
  body: z.strictObject({ ...whistleBody, title: text(80, 2), classCode: z.string().max(40), areaCode }),
  answer: stepAnswer.extend({ caseId: uuid, caseNumber: z.string() }),
  refusals: [
    'joint_handling.case_needed',
    'cases.class_unknown',
    'cases.class_closed',
    'cases.place_outside',
    ...whistleRefusals,
  ],
});

const about = { organisationId: uuid };
/** What each step takes beside `expectedVersion`, the version its author saw. */
const BODIES = {
  confirm: {},
  decline: { reason },
  cancel: { reason },
  call: { ...about, task: text(500, 2) },
  answer: { ...about, remark: optionalText(300) },
  refuse: { ...about, legalBasis: text(300, 4), reason },
  rule: { ...about, ruling: z.enum(['must_come', 'excused']), reason },
  arrive: { ...about, point },
  confirm_arrival: { ...about, reason },
  release: { ...about, reason },
  assign: { ...about, task: text(500, 2), minutes: z.int().min(10).max(86_400).nullish() },
  finish_part: { ...about, result: text(1000, 2), files },
  ask_leave: { ...about, reason },
  decide_leave: { ...about, granted: z.boolean(), reason: optionalText(500) },
  name_lead: { ...about, reason },
  close: { result: text(1000, 2) },
  rate_member: { ...about, timeliness: mark, result: mark, reason: optionalText(500) },
  rate_whistle: {
    organisationId: uuid.nullable(),
    justified: z.boolean(),
    needed: z.boolean(),
    reason: optionalText(500),
  },
} as const satisfies Partial<Record<Action, z.core.$ZodLooseShape>>;
export type OfficeAction = keyof typeof BODIES;
export const OFFICE_ACTIONS = Object.keys(BODIES) as readonly OfficeAction[];

const SUMMARIES: Readonly<Record<OfficeAction, string>> = {
  confirm: 'The town confirms what its community asked, and whistles',
  decline: 'The town declines what its community asked',
  cancel: 'Calls the joint handling off while nobody has arrived',
  call: 'Calls one more organisation',
  answer: 'A called organisation says that it comes',
  refuse: 'A called organisation declines; the county centre rules',
  rule: 'The county centre rules that it must come or is excused',
  arrive: 'A called organisation is at the place',
  confirm_arrival: 'The whistler vouches for an arrival that no position shows',
  release: 'The whistler records that it did not come',
  assign: 'Changes the task or the time of a part',
  finish_part: 'A part is done, with result and photos',
  ask_leave: 'Asks to leave before the part is done',
  decide_leave: 'The whistler lets it leave or not',
  name_lead: 'Names another lead in place of one who is no longer there',
  close: 'The lead closes the joint handling',
  rate_member: 'The whistler rates a called organisation',
  rate_whistle: 'A called organisation or the county centre rates the whistle',
};

function stepContract<A extends OfficeAction>(action: A) {
  return defineContract({
    id: `joint_handling.${action}`,
    method: 'POST',
    path: `/api/joint-handlings/:id/${RESOURCES[action]}`,
    summary: SUMMARIES[action],
    access: { kind: 'action', action: `joint_handling.${action}`, target: 'joint', param: 'id' },
    effect: 'write',
    params: id,
    body: z.strictObject({ expectedVersion: z.int().min(1), ...BODIES[action] }) as z.ZodType,
    answer: stepAnswer,
    refusals: [
      'joint_handling.not_found',
      'joint_handling.stale_version',
      'joint_handling.wrong_state',
      'joint_handling.not_your_part',
      'joint_handling.member_unknown',
      'joint_handling.member_state',
      'joint_handling.reason_missing',
      'joint_handling.too_far',
      'joint_handling.no_point',
      'joint_handling.parts_open',
    ],
  });
}

export const steps = Object.fromEntries(OFFICE_ACTIONS.map((action) => [action, stepContract(action)])) as Readonly<
  Record<OfficeAction, ReturnType<typeof stepContract>>
>;
export const stepContracts: readonly Contract[] = Object.values(steps);

const share = z.object({ due: z.int(), inTime: z.int() });
const marks = z.object({ good: z.int(), fair: z.int(), poor: z.int() });

export const figures = defineContract({
  id: 'joint_handling.figures',
  method: 'GET',
  path: '/api/joint-handling-figures/:month',
  summary: 'Both sides counted (双考核): how organisations answered whistles and how towns whistled, in one month',
  access: { kind: 'action', action: 'joint_handling.figures', target: 'tenant' },
  effect: 'read',
  params: z.object({ month: z.string().max(10) }),
  answer: z.object({
    month: z.string(),
    reporters: z.array(
      z.object({
        organisation: named,
        called: z.int(),
        answers: share,
        arrivals: share,
        parts: share,
        refused: z.int(),
        overruled: z.int(),
        absent: z.int(),
        timeliness: marks,
        results: marks,
      }),
    ),
    whistlers: z.array(
      z.object({
        organisation: named,
        whistles: z.int(),
        called: z.int(),
        cancelled: z.int(),
        cancelledLate: z.int(),
        excused: z.int(),
        judged: z.int(),
        justified: z.int(),
        needed: z.int(),
      }),
    ),
  }),
  refusals: ['joint_handling.bad_month'],
});

export const jointContracts: readonly Contract[] = [
  listJoints,
  getJoint,
  jointsOfCase,
  whistleForCase,
  whistleAnew,
  figures,
  ...stepContracts,
];
