import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { day, instant, noContent, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { caseRow, SATISFACTION, SOLVED } from '../cases/contract.ts';
import { SUM_NAMES } from './rules/figures.ts';
import { ENTRY_STATES, TIMINGS } from './rules/standing.ts';

/** `:id` is the case's: the round to be asked about is its present one. */
const id = z.object({ id: uuid });
const onCase = { kind: 'action', action: 'call-backs.call', target: 'case', param: 'id' } as const;
const answer = z.strictObject({ solved: z.enum(SOLVED), satisfaction: z.enum(SATISFACTION) });
const said = answer.nullable();

export { SUM_NAMES } from './rules/figures.ts';
/** Languages a caller may be asked for. */
export const LANGUAGES = ['zh-CN', 'dialect', 'en', 'sign'] as const;
export const LISTS = ['due', 'later', 'mine', 'ended'] as const;
export const OUTCOMES = ['reached', 'declined', 'no_answer', 'busy', 'wrong_number', 'later'] as const;

const row = z.object({
  case: caseRow,
  timing: z.enum(TIMINGS),
  state: z.enum(ENTRY_STATES),
  /** Whose work is asked about. */
  office: z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() }).nullable(),
  openedAt: instant,
  dueAt: instant,
  nextAt: instant,
  tries: z.int(),
  language: z.string(),
  claim: z.object({ mine: z.boolean(), until: instant }).nullable(),
  said,
  answeredBy: z.enum(['caller', 'requester']).nullable(),
  endedAt: instant.nullable(),
});
export type CallBackRow = z.output<typeof row>;

const option = z.strictObject({ value: z.string().regex(/^[a-z][a-z0-9_]{0,19}$/), zh: text(40), en: text(60) });
const question = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,19}$/),
  zh: text(120, 2),
  en: text(200, 2),
  options: z.array(option).min(2).max(8),
});
const script = z.strictObject({
  openingZh: text(500, 4),
  openingEn: text(800, 4),
  closingZh: text(300, 2),
  closingEn: text(500, 2),
  questions: z.array(question).max(8),
});

export const listCallBacks = defineContract({
  id: 'call-backs.list_call_backs',
  method: 'GET',
  path: '/api/call-backs',
  summary: 'Whom to call: due, later, taken on by me, or ended; never about the work of one’s own office',
  access: { kind: 'action', action: 'call-backs.call', target: 'visible' },
  effect: 'read',
  query: z.object({ ...pageQuery, list: z.enum(LISTS).default('due') }),
  answer: pageOf(row),
  refusals: [],
});

export const getCallBack = defineContract({
  id: 'call-backs.get_call_back',
  method: 'GET',
  path: '/api/call-backs/:id',
  summary: 'One call-back: what was asked, what the office says it did, the script, the calls so far',
  access: onCase,
  effect: 'read',
  params: id,
  answer: z.object({
    row,
    body: z.string(),
    /** The office's last words to the requester. */
    result: z.string().nullable(),
    note: z.string().nullable(),
    script,
    attempts: z.array(
      z.object({ at: instant, caller: z.string().nullable(), outcome: z.enum(OUTCOMES), nextAt: instant.nullable() }),
    ),
    /** How many tries, days and parts of the day are needed before he counts as unreachable, and how many there were. */
    missed: z.object({ tries: z.int(), days: z.int(), parts: z.int() }),
    needed: z.object({ tries: z.int(), days: z.int(), parts: z.int() }),
  }),
  refusals: ['call-backs.none_due'],
});

export const claimCallBack = defineContract({
  id: 'call-backs.claim',
  method: 'POST',
  path: '/api/call-backs/:id/claim',
  summary: 'Take a call-back on, so that nobody else calls the same person',
  access: onCase,
  effect: 'write',
  params: id,
  answer: z.object({ until: instant }),
  refusals: ['call-backs.none_due', 'call-backs.claimed', 'cases.caller_not_independent'],
});

export const releaseCallBack = defineContract({
  id: 'call-backs.release',
  method: 'POST',
  path: '/api/call-backs/:id/claim-end',
  summary: 'Leave a call-back to others',
  access: onCase,
  effect: 'write',
  params: id,
  answer: noContent,
  refusals: ['call-backs.none_due', 'call-backs.not_claimed'],
});

export const showNumber = defineContract({
  id: 'call-backs.show_number',
  method: 'POST',
  path: '/api/call-backs/:id/number',
  summary: 'The number to call, for whoever took the call on; each look is recorded',
  access: onCase,
  effect: 'write',
  unkept: true,
  params: id,
  answer: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  refusals: ['call-backs.none_due', 'call-backs.not_claimed'],
});

export const recordAttempt = defineContract({
  id: 'call-backs.record_attempt',
  method: 'POST',
  path: '/api/call-backs/:id/attempts',
  summary: 'What came of a call: the requester’s words, that he declines, nobody reached, or another time agreed',
  access: onCase,
  effect: 'write',
  params: id,
  body: z.strictObject({
    outcome: z.enum(OUTCOMES),
    answer: said.optional(),
    /** Sends it back, or opens it again, when it is not solved. */
    sendBack: z.boolean().default(false),
    remark: optionalText(500),
    /** Question → option, of the script. */
    answers: z.record(z.string().max(20), z.string().max(20)).default({}),
    /** When to call again; worked out when absent. */
    nextAt: instant.nullish(),
    language: z.enum(LANGUAGES).nullish(),
    /** For the next caller: when he is in, who answers. */
    note: optionalText(200),
  }),
  status: 201,
  answer: z.object({ state: z.enum(ENTRY_STATES), nextAt: instant.nullable(), caseState: z.string() }),
  refusals: [
    'call-backs.none_due',
    'call-backs.not_claimed',
    'call-backs.answer_missing',
    'call-backs.time_missing',
    'call-backs.time_wrong',
    'call-backs.unknown_answer',
  ],
});

const sums = z.object(
  Object.fromEntries(SUM_NAMES.map((name) => [name, z.int()])) as Record<(typeof SUM_NAMES)[number], z.ZodInt>,
);
const figures = sums.extend({
  answered: z.int(),
  enough: z.boolean(),
  solvedRate: z.number().nullable(),
  satisfiedRate: z.number().nullable(),
  reachedRate: z.number().nullable(),
});

export const readFigures = defineContract({
  id: 'call-backs.read_figures',
  method: 'GET',
  path: '/api/call-back-figures',
  summary: 'Solved, satisfied, declined, unreachable and not asked in time, by office, over the days named',
  access: { kind: 'action', action: 'call-backs.read', target: 'visible' },
  effect: 'read',
  query: z.object({ from: day, to: day }),
  answer: z.object({
    items: z.array(
      figures.extend({
        office: z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() }),
        /** Still to be asked. */
        waiting: z.int(),
      }),
    ),
    total: figures.extend({ waiting: z.int() }),
  }),
  refusals: ['call-backs.days_wrong'],
});

export const listScripts = defineContract({
  id: 'call-backs.list_scripts',
  method: 'GET',
  path: '/api/call-back-scripts',
  summary: 'What callers read out and ask, by class; `*` is for all others',
  access: { kind: 'action', action: 'call-backs.read', target: 'visible' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        classCode: z.string(),
        class: z.object({ nameZh: z.string(), nameEn: z.string() }).nullable(),
        since: instant.nullable(),
        script,
      }),
    ),
  }),
  refusals: [],
});

export const setScript = defineContract({
  id: 'call-backs.set_script',
  method: 'POST',
  path: '/api/call-back-scripts',
  summary: 'Put a script in place for a class, from now on; what was read out before stays on record',
  access: { kind: 'action', action: 'call-backs.manage', target: 'tenant' },
  effect: 'write',
  body: z.strictObject({ classCode: z.string().max(40), script }),
  status: 201,
  answer: noContent,
  refusals: ['call-backs.class_unknown', 'call-backs.named_twice'],
});

const code = z.object({ code: z.string().regex(/^[\w-]{10,40}$/) });

export const readLink = defineContract({
  id: 'call-backs.read_link',
  method: 'GET',
  path: '/api/public/call-backs/:code',
  summary: 'What the link in a message asks about; nothing of who asked',
  access: { kind: 'public' },
  effect: 'read',
  params: code,
  perMinute: 30,
  answer: z.object({
    number: z.string(),
    title: z.string(),
    filedAt: instant,
    office: z.string().nullable(),
    result: z.string().nullable(),
    /** False once it was answered, by this link or otherwise, or asked too late. */
    open: z.boolean(),
    /** It has closed: 'not solved' may ask for it to be taken up again. */
    closed: z.boolean(),
  }),
  refusals: ['call-backs.link_unknown'],
});

export const answerLink = defineContract({
  id: 'call-backs.answer_link',
  method: 'POST',
  path: '/api/public/call-backs/:code',
  summary: 'The requester’s own word by the link he was sent; it works once',
  access: { kind: 'public' },
  effect: 'write',
  params: code,
  perMinute: 10,
  body: z.strictObject({
    solved: z.enum(SOLVED),
    satisfaction: z.enum(SATISFACTION),
    reason: optionalText(500),
    /** Asks for a closed request to be taken up again; needs a reason. */
    reopen: z.boolean().default(false),
  }),
  answer: z.object({ number: z.string(), caseState: z.string() }),
  refusals: ['call-backs.link_unknown', 'call-backs.link_used', 'call-backs.reason_missing'],
});
