import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { instant, text, uuid } from '../../platform/http/fields.ts';
import { ANSWER_STEPS, FIELDS } from './rules/template.ts';

export { ANSWER_STEPS, type AnswerStep, EVERY_CLASS, FIELDS } from './rules/template.ts';

const both = z.object({ 'zh-CN': z.string(), en: z.string() });
const className = z.object({ nameZh: z.string(), nameEn: z.string() }).nullable();

const template = z.object({
  id: uuid,
  version: z.int(),
  /** A class, an upper class, or `*`. */
  classCode: z.string(),
  class: className,
  step: z.enum(ANSWER_STEPS),
  name: both,
  words: both,
  ended: z.boolean(),
  /** Null for a shipped one. */
  since: instant.nullable(),
});
export type TemplateView = z.input<typeof template>;

const reads = { kind: 'action', action: 'answers.read', target: 'visible' } as const;
const manages = { kind: 'action', action: 'answers.manage', target: 'tenant' } as const;
const id = z.object({ id: uuid });
const words = {
  classCode: z.string().regex(/^(\*|\d{2,8})$/),
  step: z.enum(ANSWER_STEPS),
  name: z.strictObject({ 'zh-CN': text(40, 2), en: text(80, 2) }),
  words: z.strictObject({ 'zh-CN': text(1000, 4), en: text(2000, 4) }),
};

export const listTemplates = defineContract({
  id: 'answers.list_templates',
  method: 'GET',
  path: '/api/answers/templates',
  summary: 'Every answer template as it stands now, ended ones too',
  access: reads,
  effect: 'read',
  answer: z.object({ items: z.array(template) }),
  refusals: [],
});

export const listVersions = defineContract({
  id: 'answers.list_versions',
  method: 'GET',
  path: '/api/answers/templates/:id/versions',
  summary: 'All versions of an answer template, newest first',
  access: reads,
  effect: 'read',
  params: id,
  answer: z.object({ items: z.array(template) }),
  refusals: ['answers.not_found'],
});

export const addTemplate = defineContract({
  id: 'answers.add_template',
  method: 'POST',
  path: '/api/answers/templates',
  summary: 'Add an answer template for a step and a class',
  access: manages,
  effect: 'write',
  body: z.strictObject(words),
  status: 201,
  answer: template,
  refusals: ['answers.unknown_field', 'answers.class_unknown'],
});

export const changeTemplate = defineContract({
  id: 'answers.change_template',
  method: 'PUT',
  path: '/api/answers/templates/:id',
  summary: 'Put a new version of an answer template in place; former versions stay',
  access: manages,
  effect: 'write',
  params: id,
  body: z.strictObject({ ...words, version: z.int() }),
  answer: template,
  refusals: ['answers.not_found', 'answers.stale', 'answers.unknown_field', 'answers.class_unknown'],
});

export const endTemplate = defineContract({
  id: 'answers.end_template',
  method: 'POST',
  path: '/api/answers/templates/:id/ending',
  summary: 'End an answer template; a later change brings it back',
  access: manages,
  effect: 'write',
  params: id,
  body: z.strictObject({ version: z.int() }),
  answer: template,
  refusals: ['answers.not_found', 'answers.stale', 'answers.already_ended'],
});

export const previewTemplate = defineContract({
  id: 'answers.preview_template',
  method: 'POST',
  path: '/api/answers/previews',
  summary: 'Words of a template filled in from a case the reader sees, or from an invented one',
  access: reads,
  effect: 'read',
  body: z.strictObject({ words: words.words, number: z.string().max(40).nullish() }),
  answer: z.object({ text: both, missing: z.array(z.enum(FIELDS)) }),
  refusals: ['answers.unknown_field', 'answers.case_not_found'],
});

export const templatesForCase = defineContract({
  id: 'answers.list_for_case',
  method: 'GET',
  path: '/api/cases/:id/answer-templates',
  summary: 'Templates for a step of a case, filled in from it; those of its class first',
  access: { kind: 'action', action: 'answers.use', target: 'case', param: 'id' },
  effect: 'read',
  params: id,
  query: z.strictObject({ step: z.enum(ANSWER_STEPS).default('reply') }),
  answer: z.object({
    items: z.array(z.object({ id: uuid, version: z.int(), name: both, text: both, missing: z.array(z.enum(FIELDS)) })),
  }),
  refusals: [],
});

/** Words of a machine: shown as such, kept nowhere, sent by nobody but a person. */
const machineWords = z.object({
  text: z.string(),
  machineMade: z.literal(true),
  model: z.string(),
  at: instant,
});
export type MachineHelp = z.input<typeof machineWords>;

const usesOnCase = { kind: 'action', action: 'answers.use', target: 'case', param: 'id' } as const;
const MACHINE_REFUSALS = ['answers.machine_off', 'answers.machine_confidential', 'answers.machine_failed'] as const;

export const machineHelp = defineContract({
  id: 'answers.get_machine_help',
  method: 'GET',
  path: '/api/answers/machine-help',
  summary: 'Whether a machine elsewhere is configured for summaries and drafts; off unless told',
  access: { kind: 'action', action: 'answers.use', target: 'visible' },
  effect: 'read',
  answer: z.object({ on: z.boolean() }),
  refusals: [],
});

export const machineSummary = defineContract({
  id: 'answers.make_machine_summary',
  method: 'POST',
  path: '/api/cases/:id/machine-summaries',
  summary: 'A summary by the configured machine, told without identity and contact data; kept nowhere',
  access: usesOnCase,
  effect: 'none',
  params: id,
  perMinute: 10,
  answer: machineWords,
  refusals: ['cases.not_found', ...MACHINE_REFUSALS],
});

export const machineReply = defineContract({
  id: 'answers.make_machine_reply',
  method: 'POST',
  path: '/api/cases/:id/machine-replies',
  summary: 'A draft of an answer by the configured machine, for a person to check and send',
  access: usesOnCase,
  effect: 'none',
  params: id,
  perMinute: 10,
  answer: machineWords,
  refusals: ['cases.not_found', ...MACHINE_REFUSALS],
});
