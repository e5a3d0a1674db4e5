import { z } from 'zod';
import { type Contract, defineContract } from '../../platform/http/contract.ts';
import {
  areaCode,
  day,
  instant,
  noContent,
  optionalText,
  pageOf,
  pageQuery,
  point,
  text,
  uuid,
} from '../../platform/http/fields.ts';
import { type Action, CALL_STATES, RESOURCES } from './rules/words.ts';

const id = z.object({ id: uuid });
const named = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const person = z.object({ postId: uuid, name: z.string(), organisation: named });
const kind = z.object({ kind: z.string(), nameZh: z.string(), nameEn: z.string(), takes: z.array(z.string()) });

const shift = z.object({
  id: uuid,
  startsAt: instant,
  endsAt: instant,
  line: z.array(person),
  handoverNote: z.string().nullable(),
  handedOverAt: instant.nullable(),
});
const team = z.object({
  id: uuid,
  kind: z.string(),
  name: z.string(),
  areaCode,
  areaName: z.string(),
  members: z.array(person),
  /** The shift that runs now; null: nobody is on duty. */
  now: shift.nullable(),
  /** True where the reader may change the roster. */
  manages: z.boolean(),
});
export type TeamView = z.output<typeof team>;
export type ShiftView = z.output<typeof shift>;

const follow = { kind: 'action', action: 'duty.follow', target: 'visible' } as const;
const manage = { kind: 'action', action: 'duty.manage', target: 'visible' } as const;

export const listTeams = defineContract({
  id: 'duty.list_teams',
  method: 'GET',
  path: '/api/duty/teams',
  summary: 'Teams in the actor’s area, their members and who is on duty now',
  access: follow,
  effect: 'read',
  answer: z.object({ teams: z.array(team), kinds: z.array(kind) }),
  refusals: [],
});

export const setKind = defineContract({
  id: 'duty.set_kind',
  method: 'PUT',
  path: '/api/duty/kinds/:kind',
  summary: 'Name a kind of team and which urgent matters go to it by themselves, from now on',
  access: { kind: 'action', action: 'duty.manage', target: 'tenant' },
  effect: 'write',
  params: z.object({ kind: z.string().regex(/^[a-z_]{2,30}$/) }),
  body: z.strictObject({
    nameZh: text(20, 2),
    nameEn: text(40, 2),
    takes: z.array(z.string().regex(/^(\*|\d{2,4})$/)).max(50),
  }),
  answer: kind,
  refusals: [],
});

export const addTeam = defineContract({
  id: 'duty.add_team',
  method: 'POST',
  path: '/api/duty/teams',
  summary: 'Form a team of a town or the county',
  access: manage,
  effect: 'write',
  status: 201,
  body: z.strictObject({ kind: z.string().max(30), name: text(40, 2), areaCode }),
  answer: id,
  refusals: ['duty.out_of_scope', 'duty.kind_unknown', 'duty.area_unknown'],
});

export const endTeam = defineContract({
  id: 'duty.end_team',
  method: 'POST',
  path: '/api/duty/teams/:id/closure',
  summary: 'Dissolve a team that has no shifts to come',
  access: manage,
  effect: 'write',
  params: id,
  body: z.strictObject({}),
  answer: noContent,
  refusals: ['duty.team_unknown', 'duty.shifts_to_come'],
});

export const addMember = defineContract({
  id: 'duty.add_member',
  method: 'POST',
  path: '/api/duty/teams/:id/members',
  summary: 'Add the holder of a post',
  access: manage,
  effect: 'write',
  status: 201,
  params: id,
  body: z.strictObject({ postId: uuid }),
  answer: noContent,
  refusals: ['duty.team_unknown', 'duty.post_unknown'],
});

export const removeMember = defineContract({
  id: 'duty.remove_member',
  method: 'DELETE',
  path: '/api/duty/teams/:id/members/:postId',
  summary: 'Take a member off the team; not while he stands in a shift to come',
  access: manage,
  effect: 'write',
  params: z.object({ id: uuid, postId: uuid }),
  answer: noContent,
  refusals: ['duty.team_unknown', 'duty.shifts_to_come'],
});

export const readRoster = defineContract({
  id: 'duty.read_roster',
  method: 'GET',
  path: '/api/duty/teams/:id/roster',
  summary: 'A team’s week: its shifts and the gaps between them',
  access: follow,
  effect: 'read',
  params: id,
  query: z.object({ week: day }),
  answer: z.object({
    /** Monday of the week. */
    week: z.string(),
    shifts: z.array(shift),
    gaps: z.array(z.object({ startsAt: instant, endsAt: instant })),
  }),
  refusals: ['duty.team_unknown'],
});

export const addShift = defineContract({
  id: 'duty.add_shift',
  method: 'POST',
  path: '/api/duty/teams/:id/shifts',
  summary: 'Put people on duty for a span: the first is called first, the others are next in line',
  access: manage,
  effect: 'write',
  status: 201,
  params: id,
  body: z.strictObject({ startsAt: instant, endsAt: instant, line: z.array(uuid).min(1).max(6) }),
  answer: id,
  refusals: ['duty.team_unknown', 'duty.shift_order', 'duty.shift_overlap', 'duty.person_busy', 'duty.not_a_member'],
});

export const removeShift = defineContract({
  id: 'duty.remove_shift',
  method: 'DELETE',
  path: '/api/duty/shifts/:id',
  summary: 'Take a shift that has not begun off the roster',
  access: manage,
  effect: 'write',
  params: id,
  answer: noContent,
  refusals: ['duty.shift_unknown', 'duty.shift_begun'],
});

export const copyWeek = defineContract({
  id: 'duty.copy_week',
  method: 'POST',
  path: '/api/duty/teams/:id/roster-copies',
  summary: 'Copy the shifts of one week to another; refused whole when one would overlap',
  access: manage,
  effect: 'write',
  params: id,
  body: z.strictObject({ from: day, to: day }),
  answer: z.object({ copied: z.int() }),
  refusals: ['duty.team_unknown', 'duty.shift_overlap', 'duty.person_busy', 'duty.nothing_to_copy'],
});

export const handShiftOver = defineContract({
  id: 'duty.hand_shift_over',
  method: 'POST',
  path: '/api/duty/shifts/:id/handover',
  summary: 'Who is on duty leaves a note for the next shift',
  access: follow,
  effect: 'write',
  params: id,
  body: z.strictObject({ note: text(500, 2) }),
  answer: noContent,
  refusals: ['duty.shift_unknown', 'duty.not_your_part'],
});

const clock = z.object({ name: z.string(), startedAt: instant, dueAt: instant, late: z.boolean() });
export const callRow = z.object({
  id: uuid,
  caseId: uuid,
  caseNumber: z.string(),
  title: z.string(),
  version: z.int(),
  state: z.enum(CALL_STATES),
  place: z.object({ areaCode, path: z.array(z.string()), point: point.nullable() }),
  team: z.object({ id: uuid, name: z.string() }),
  sentAt: instant,
  endedAt: instant.nullable(),
  /** Who has it: whoever took it up, or is called now; null at the centre. */
  with: person.nullable(),
  clock: clock.nullable(),
  mine: z.boolean(),
});
export type CallRow = z.output<typeof callRow>;

export const callView = callRow.extend({
  seesCase: z.boolean(),
  line: z.array(person.extend({ reached: z.boolean() })),
  clocks: z.array(z.object({ name: z.string(), dueAt: instant, doneAt: instant.nullable(), late: z.boolean() })),
  arrivalMetres: z.number().nullable(),
  radius: z.number(),
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
    z.object({ action: z.string(), resource: z.string(), allowed: z.boolean(), code: z.string().nullable() }),
  ),
  handovers: z.array(z.object({ id: uuid, reference: z.string() })),
});
export type CallView = z.output<typeof callView>;

export const listCalls = defineContract({
  id: 'duty.list_calls',
  method: 'GET',
  path: '/api/duty/calls',
  summary: 'Urgent matters sent to the actor, or all he may see; newest first',
  access: follow,
  effect: 'read',
  passive: true,
  query: z.object({
    ...pageQuery,
    side: z.enum(['mine', 'all']).optional(),
    open: z.enum(['true', 'false']).optional(),
  }),
  answer: pageOf(callRow),
  refusals: ['http.bad_request'],
});

export const getCall = defineContract({
  id: 'duty.get_call',
  method: 'GET',
  path: '/api/duty/calls/:id',
  summary: 'One call with its clocks, its line, its steps and what the actor can do',
  access: { kind: 'action', action: 'duty.follow', target: 'duty_call', param: 'id' },
  effect: 'read',
  params: id,
  answer: callView,
  refusals: ['duty.not_found'],
});

const stepAnswer = z.object({ id: uuid, version: z.int(), state: z.enum(CALL_STATES) });

export const callsOfCase = defineContract({
  id: 'duty.calls_of_case',
  method: 'GET',
  path: '/api/cases/:id/duty-calls',
  summary: 'The duty calls of a case, newest first',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  params: id,
  answer: z.object({ items: z.array(callRow), maySend: z.boolean(), areaCode }),
  refusals: ['cases.not_found'],
});

export const sendCall = defineContract({
  id: 'duty.send_call',
  method: 'POST',
  path: '/api/cases/:id/duty-calls',
  summary: 'A dispatcher sends a case to a team that is on duty',
  access: { kind: 'action', action: 'duty.send', target: 'case', param: 'id' },
  effect: 'write',
  status: 201,
  params: id,
  body: z.strictObject({ teamId: uuid, reason: optionalText(300) }),
  answer: stepAnswer,
  refusals: ['cases.not_found', 'duty.team_unknown', 'duty.nobody_on_duty', 'duty.already_sent', 'duty.case_over'],
});

const BODIES = {
  acknowledge: {},
  arrive: { point },
  report: { text: text(1000, 2), files: z.array(uuid).max(10).default([]) },
  close: { result: text(1000, 2) },
  hand_over: { matter: text(300, 4), place: optionalText(200), theirReference: optionalText(60) },
  reassign: { teamId: uuid, reason: text(300, 2) },
  stand_down: { reason: text(300, 2) },
} as const satisfies Partial<Record<Action, z.core.$ZodLooseShape>>;
export type OfficeAction = keyof typeof BODIES;
export const OFFICE_ACTIONS = Object.keys(BODIES) as readonly OfficeAction[];
const SUMMARIES: Readonly<Record<OfficeAction, string>> = {
  acknowledge: 'Whoever is called takes it up',
  arrive: 'Is at the place',
  report: 'First report from the place, with photos',
  close: 'The danger is settled; the case goes on',
  hand_over: 'Handed to the police line 110: place and matter alone',
  reassign: 'The centre sends it to another team',
  stand_down: 'The centre calls it off',
};

function stepContract<A extends OfficeAction>(action: A) {
  return defineContract({
    id: `duty.${action}`,
    method: 'POST',
    path: `/api/duty/calls/:id/${RESOURCES[action]}`,
    summary: SUMMARIES[action],
    access: { kind: 'action', action: `duty.${action}`, target: 'duty_call', param: 'id' },
    effect: 'write',
    params: id,
    body: z.strictObject({ expectedVersion: z.int().min(1), ...BODIES[action] }) as z.ZodType,
    answer: stepAnswer,
    refusals: [
      'duty.not_found',
      'duty.stale_version',
      'duty.wrong_state',
      'duty.not_your_part',
      'duty.too_far',
      'duty.nobody_on_duty',
      'duty.identity_in_text',
    ],
  });
}
export const steps = Object.fromEntries(OFFICE_ACTIONS.map((action) => [action, stepContract(action)])) as Readonly<
  Record<OfficeAction, ReturnType<typeof stepContract>>
>;

const handover = z.object({
  id: uuid,
  reference: z.string(),
  direction: z.enum(['to_110', 'from_110']),
  theirReference: z.string().nullable(),
  caseId: uuid,
  at: instant,
  place: z.object({ areaCode, path: z.array(z.string()), text: z.string().nullable(), point: point.nullable() }),
  matter: z.string(),
  /** The whole as one text to print or read out, in the reader's language. */
  text: z.string(),
});

const police = { kind: 'action', action: 'duty.police', target: 'visible' } as const;

export const listHandovers = defineContract({
  id: 'duty.list_handovers',
  method: 'GET',
  path: '/api/duty/police-handovers',
  summary: 'What was handed to the police line 110 or taken from it, newest first',
  access: police,
  effect: 'read',
  query: z.object(pageQuery),
  answer: pageOf(handover),
  refusals: ['http.bad_request'],
});

export const takeHandover = defineContract({
  id: 'duty.take_handover',
  method: 'POST',
  path: '/api/duty/police-handovers',
  summary:
    'Takes a matter over from 110: place and matter alone; an urgent case is registered and goes to who is on duty',
  access: police,
  effect: 'write',
  status: 201,
  body: z.strictObject({
    theirReference: text(60, 2),
    matter: text(300, 4),
    place: optionalText(200),
    areaCode,
    point: point.nullish(),
    classCode: z.string().max(40).nullish(),
  }),
  answer: z.object({ id: uuid, reference: z.string(), caseId: uuid, caseNumber: z.string() }),
  refusals: ['duty.out_of_scope', 'duty.identity_in_text', 'cases.class_unknown', 'cases.place_outside'],
});

export const dutyContracts: readonly Contract[] = [
  listTeams,
  setKind,
  addTeam,
  endTeam,
  addMember,
  removeMember,
  readRoster,
  addShift,
  removeShift,
  copyWeek,
  handShiftOver,
  listCalls,
  getCall,
  callsOfCase,
  sendCall,
  ...Object.values(steps),
  listHandovers,
  takeHandover,
];
