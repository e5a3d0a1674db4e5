import { z } from 'zod';
import { type Contract, defineContract } from '../../platform/http/contract.ts';
import { areaCode, day, optionalText, point, text, uuid } from '../../platform/http/fields.ts';
import {
  type Action,
  CONTACT_WAYS,
  REJECTION_REASONS,
  RESOURCES,
  ROUTE_OUTCOMES,
  ROUTES,
  SATISFACTION,
  SHELVING_GROUNDS,
  SOLVED,
  STATES,
  URGENCIES,
  VERIFICATION_WAYS,
} from './rules/words.ts';

/** One contract per legal action an officer can take: `POST /api/cases/:id/<resource>`. */

const reason = text(500, 2);
const share = z.number().min(0).max(1);
const files = z.array(uuid).max(10).default([]);
const requesterAnswer = z.strictObject({ solved: z.enum(SOLVED), satisfaction: z.enum(SATISFACTION) });

/** Where to go instead; the rules say which of it must be there. */
const elsewhere = { where: optionalText(100), phone: optionalText(40), address: optionalText(200) };

/** What each step takes beside `expectedVersion`, the version its author saw. */
const BODIES = {
  reject: { reason: z.enum(REJECTION_REASONS), answer: text(1000, 4), ...elsewhere },
  refer: { route: z.enum(ROUTES), answer: text(1000, 4), ...elsewhere },
  record_route: { outcome: z.enum(ROUTE_OUTCOMES), report: text(1000, 2) },
  merge: { masterCaseId: uuid, reason },
  dispatch: {
    leadId: uuid,
    assistIds: z.array(uuid).max(10).default([]),
    reason: optionalText(500),
    instruction: optionalText(500),
  },
  accept: {},
  object: { legalBasis: text(300, 4), reason },
  take_up: {},
  rule: { kind: z.enum(['designate', 'redirect']), leadId: uuid, assistIds: z.array(uuid).max(10).default([]), reason },
  start: {},
  request_extension: { amount: z.number().positive().max(365), reason },
  decide_extension: { granted: z.boolean(), amount: z.number().positive().max(365).nullish(), reason },
  shelve: {
    ground: z.enum(SHELVING_GROUNDS),
    ownerOrganisationId: uuid.nullish(),
    reviewOn: day.nullish(),
    endOn: day.nullish(),
    reason,
  },
  resume: { reason },
  report_done: { result: text(2000, 4), files },
  begin_verification: {},
  record_verification: {
    passed: z.boolean(),
    how: z.enum(VERIFICATION_WAYS),
    point: point.nullish(),
    answer: requesterAnswer.nullish(),
    finding: text(1000, 2),
    files,
  },
  record_call_back: {
    answer: requesterAnswer.nullish(),
    /** He was reached and does not want to answer. */
    declined: z.boolean().default(false),
    sendBack: z.boolean().default(false),
    remark: optionalText(500),
  },
  close: { explanation: optionalText(500) },
  rework: { reason: optionalText(500) },
  void: { reason },
  reopen: { reason, files },
  note: { text: text(1000), contact: z.enum(CONTACT_WAYS).nullish(), files },
  reply: { text: text(2000, 2), files },
  settle: {
    result: text(1000, 2),
    beforeFiles: z.array(uuid).max(5).default([]),
    afterFiles: z.array(uuid).max(5).default([]),
  },
  correct: {
    areaCode: areaCode.nullish(),
    point: point.nullish(),
    classCode: z.string().max(40).nullish(),
    urgency: z.enum(URGENCIES).nullish(),
    reason,
  },
  release: {
    title: text(80, 2),
    text: text(2000, 4),
    answer: optionalText(2000),
    files,
    /** What is made unreadable in the public versions: boxes in shares of a photo's width and height. */
    covers: z
      .array(z.strictObject({ fileId: uuid, x: share, y: share, width: share, height: share }))
      .max(200)
      .default([]),
  },
  unrelease: { reason },
  attach: { files, text: optionalText(500) },
} as const satisfies Partial<Record<Action, Record<string, z.ZodType>>>;

export type OfficeAction = keyof typeof BODIES;
export const OFFICE_ACTIONS = Object.keys(BODIES) as readonly OfficeAction[];

export const stepAnswer = z.object({ id: uuid, version: z.int(), state: z.enum(STATES) });

type Shape<A extends OfficeAction> = { -readonly [K in keyof (typeof BODIES)[A]]: (typeof BODIES)[A][K] };
type StepBody<A extends OfficeAction> = z.ZodObject<Shape<A> & { expectedVersion: z.ZodInt }, z.core.$strict>;

function step<A extends OfficeAction>(action: A) {
  return defineContract({
    id: `cases.${action}`,
    method: 'POST',
    path: `/api/cases/:id/${RESOURCES[action]}`,
    summary: `Case step: ${action.replaceAll('_', ' ')}`,
    access: { kind: 'action', action: `cases.${action}`, target: 'case', param: 'id' },
    effect: 'write',
    params: z.object({ id: uuid }),
    body: z.strictObject({ expectedVersion: z.int().min(1), ...BODIES[action] }) as unknown as StepBody<A>,
    answer: stepAnswer,
    refusals: ['cases.not_found', 'cases.stale_version'],
  });
}

type Steps = { readonly [A in OfficeAction]: ReturnType<typeof step<A>> };

/** Action → its contract, so that a screen can call `steps.dispatch`. */
export const steps = Object.fromEntries(OFFICE_ACTIONS.map((action) => [action, step(action)])) as unknown as Omit<
  Steps,
  'release'
> & {
  /** Draws the public versions of photos first, so it opens a transaction of its own. */
  readonly release: Omit<Steps['release'], 'effect'> & { readonly effect: 'none' };
};
Object.assign(steps.release, { effect: 'none' });

export const stepContracts: readonly Contract[] = Object.values(steps) as unknown as readonly Contract[];
