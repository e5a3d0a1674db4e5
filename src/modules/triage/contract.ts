import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, instant, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';

const share = z.number().min(0).max(1);
const className = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const named = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const urgency = z.enum(['normal', 'urgent']);

/** What the machine proposes for a request, with its reasons. A person decides. */
const suggestion = z.object({
  /** The model that was asked; null where words of the catalogue alone speak. */
  modelVersion: z.int().nullable(),
  /** `unknown` below the threshold: then the first class is no suggestion. */
  verdict: z.enum(['sure', 'likely', 'unknown']),
  threshold: share,
  classes: z.array(className.extend({ confidence: share, words: z.array(z.string()) })),
  urgency: z.object({ value: urgency, words: z.array(z.string()) }),
  places: z.array(z.object({ code: z.string(), path: z.string(), matched: z.string() })),
  leads: z.array(
    z.object({
      organisation: named,
      /** Number of the entry of the dispatch list that names it; null where only former cases speak for it. */
      entryNumber: z.string().nullable(),
      /** Of the last requests of this class in the town, how many it was given. */
      given: z.int(),
      of: z.int(),
    }),
  ),
});
export type Suggestion = z.output<typeof suggestion>;

const suggest = { kind: 'action', action: 'triage.suggest' } as const;
const manage = { kind: 'action', action: 'triage.manage', target: 'tenant' } as const;

export const suggestForText = defineContract({
  id: 'triage.suggest',
  method: 'POST',
  path: '/api/triage/suggestions',
  summary: 'Class, urgency, place and lead office that the words of a request point to',
  access: { ...suggest, target: 'visible' },
  effect: 'read',
  body: z.strictObject({ title: optionalText(80), body: text(2000), areaCode: areaCode.nullish() }),
  answer: suggestion,
  refusals: [],
  perMinute: 120,
});

export const suggestForCase = defineContract({
  id: 'triage.suggest_for_case',
  method: 'GET',
  path: '/api/cases/:id/triage',
  summary: 'What the model proposes for a case, beside what stands in it',
  access: { ...suggest, target: 'case', param: 'id' },
  effect: 'read',
  params: z.object({ id: uuid }),
  answer: suggestion.extend({ current: className.extend({ urgency }) }),
  refusals: ['cases.not_found'],
});

const model = z.object({
  version: z.int(),
  kind: z.enum(['base', 'county']),
  madeAt: instant,
  examples: z.int(),
  confirmed: z.int(),
  macroF1: share.nullable(),
  accuracy: share.nullable(),
  seconds: z.number(),
  active: z.boolean(),
});

export const readModels = defineContract({
  id: 'triage.read_models',
  method: 'GET',
  path: '/api/triage/models',
  summary: 'Versions of the model with their figures, what people corrected, and a training that runs',
  access: manage,
  effect: 'read',
  answer: z.object({
    models: z.array(model),
    threshold: share,
    /** Decisions and corrections of the last 30 days. */
    decided: z.int(),
    corrected: z.int(),
    training: z
      .object({ state: z.enum(['running', 'done', 'failed']), share, askedAt: instant, version: z.int().nullable() })
      .nullable(),
  }),
  refusals: [],
});

export const startTraining = defineContract({
  id: 'triage.start_training',
  method: 'POST',
  path: '/api/triage/trainings',
  summary: 'Trains the next version from the confirmed cases, beside the running platform',
  access: manage,
  effect: 'write',
  status: 202,
  body: z.strictObject({}),
  answer: z.object({ id: uuid }),
  refusals: ['triage.training_runs'],
});

export const activateModel = defineContract({
  id: 'triage.activate_model',
  method: 'POST',
  path: '/api/triage/models/:version/activation',
  summary: 'Puts a version of the model into use, also an older one',
  access: manage,
  effect: 'write',
  params: z.object({ version: z.coerce.number().int().min(1).max(1_000_000) }),
  body: z.strictObject({}),
  answer: z.object({ version: z.int() }),
  refusals: ['triage.no_such_model'],
});

export const listCorrections = defineContract({
  id: 'triage.list_corrections',
  method: 'GET',
  path: '/api/triage/corrections',
  summary: 'Cases in which a person decided otherwise than was suggested, newest first',
  access: manage,
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.object({
      caseId: uuid,
      number: z.string(),
      suggestedClass: className.nullable(),
      confidence: share.nullable(),
      class: className,
      suggestedUrgency: urgency,
      urgency,
      suggestedOrganisation: named.nullable(),
      organisation: named.nullable(),
      at: instant,
    }),
  ),
  refusals: ['http.bad_request'],
});
