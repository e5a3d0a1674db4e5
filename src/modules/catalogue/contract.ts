import { z } from 'zod';
import { LANES } from '../../platform/auth/actor.ts';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, day, instant, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { SENSITIVITIES, URGENCIES } from './rules/case-class.ts';
import { CLOCK_TYPES, DEADLINE_STAGES } from './rules/deadlines.ts';
import { ENTRY_LEVELS } from './rules/dispatch.ts';
import { SETTING_NAMES } from './rules/settings.ts';

const lane = z.enum(LANES);
const classCode = z.string().regex(/^\d{2}(\d{2})?$/);
const codeParams = z.object({ code: classCode });
const stage = z.enum(DEADLINE_STAGES);
const clock = z.enum(CLOCK_TYPES);
const level = z.enum(ENTRY_LEVELS);
const kind = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** The first day of a change; today, or left out, means at once. */
const from = day.optional();
const manage = { kind: 'action', action: 'catalogue.manage', target: 'tenant' } as const;
const read = { kind: 'action', action: 'catalogue.read', target: 'visible' } as const;
/** A county or town may have a list of its own, so the scope is asked where the area is known: in the handler. */
const manageList = { kind: 'action', action: 'catalogue.manage_dispatch_list', target: 'visible' } as const;

const className = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const deadlineView = z.object({
  stage,
  amount: z.number(),
  clock,
  source: z.enum(['own', 'parent', 'default']),
  basis: z.string(),
});
export type DeadlineView = z.output<typeof deadlineView>;

const classFacts = {
  nameZh: z.string(),
  nameEn: z.string(),
  keywords: z.array(z.string()),
  lane,
  sensitivity: z.enum(SENSITIVITIES),
  defaultUrgency: z.enum(URGENCIES),
  petition: z.boolean(),
  settleOnSpot: z.boolean(),
  needsPhoto: z.boolean(),
  callBackBefore: z.boolean(),
};
const classItem = z.object({
  code: z.string(),
  parentCode: z.string().nullable(),
  ...classFacts,
  fallback: z.boolean(),
  deadlines: z.array(deadlineView),
  /** The day on which a change already laid down takes effect. */
  plannedFrom: z.string().nullable(),
});
export type ClassItem = z.output<typeof classItem>;

/** Names for the residents' pick list; `private` tells that only the office in charge will see the request. */
export const listPublicClasses = defineContract({
  id: 'catalogue.list_public_classes',
  method: 'GET',
  path: '/api/public/classes',
  summary: 'What can be reported: classes on two levels',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      className.extend({ parentCode: z.string().nullable(), private: z.boolean(), needsPhoto: z.boolean() }),
    ),
  }),
  refusals: [],
});

const matches = z.object({
  items: z.array(
    className.extend({ words: z.array(z.string()), score: z.number(), confidence: z.number().nullable() }),
  ),
});

export const matchPublicClasses = defineContract({
  id: 'catalogue.match_public_classes',
  method: 'POST',
  path: '/api/public/class-matches',
  summary: 'Classes that the words of a request point to, best first, with those words',
  access: { kind: 'public' },
  effect: 'read',
  body: z.strictObject({ text: text(2000) }),
  answer: matches,
  refusals: [],
  perMinute: 60,
});

export const listClasses = defineContract({
  id: 'catalogue.list_classes',
  method: 'GET',
  path: '/api/catalogue/classes',
  summary: 'All classes of a day with their deadlines and where each comes from',
  access: read,
  effect: 'read',
  query: z.strictObject({ on: day.optional(), lane: lane.optional() }),
  answer: z.object({
    version: z.number().int().nullable(),
    items: z.array(classItem),
    defaults: z.array(deadlineView),
  }),
  refusals: [],
});

const classVersion = z.object({
  version: z.number().int(),
  ...classFacts,
  validFrom: instant,
  validTo: instant.nullable(),
  state: z.enum(['current', 'future', 'over']),
  note: z.string(),
});

const deadlineHistory = z.object({
  stage,
  amount: z.number(),
  clock,
  basis: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
});

export const readClass = defineContract({
  id: 'catalogue.read_class',
  method: 'GET',
  path: '/api/catalogue/classes/:code',
  summary: 'One class with its versions, deadlines and dispatch entries',
  access: read,
  effect: 'read',
  params: codeParams,
  answer: z.object({
    code: z.string(),
    parent: className.nullable(),
    children: z.array(className),
    versions: z.array(classVersion),
    deadlines: z.array(deadlineView),
    /** Own deadlines through time, newest first. */
    history: z.array(deadlineHistory),
    /** Why it cannot be closed now; null when it can. */
    closeRefusal: z.string().nullable(),
  }),
  refusals: ['catalogue.class_unknown'],
});
export type ClassDetail = z.output<typeof readClass.answer>;

const keywords = z.array(text(20)).max(60);
const editable = {
  nameZh: text(30),
  nameEn: text(80),
  keywords,
  lane,
  sensitivity: z.enum(SENSITIVITIES),
  defaultUrgency: z.enum(URGENCIES),
  petition: z.boolean(),
  settleOnSpot: z.boolean(),
  needsPhoto: z.boolean(),
  callBackBefore: z.boolean(),
  from,
  /** Why, for those who read the history. */
  note: optionalText(200),
};
const changed = z.object({ version: z.number().int() });
const DATED = ['catalogue.in_past', 'catalogue.change_planned'];
const FAMILY = ['catalogue.two_levels_only', 'catalogue.sealed_parent', 'catalogue.petition_parent'];

export const createClass = defineContract({
  id: 'catalogue.create_class',
  method: 'POST',
  path: '/api/catalogue/classes',
  summary: 'Add a class; a code is never used twice',
  access: manage,
  effect: 'write',
  body: z.strictObject({ code: classCode, ...editable }),
  answer: changed,
  status: 201,
  refusals: [...DATED, ...FAMILY, 'catalogue.code_taken', 'catalogue.class_unknown'],
});

export const changeClass = defineContract({
  id: 'catalogue.change_class',
  method: 'POST',
  path: '/api/catalogue/classes/:code/versions',
  summary: 'Make a new version of a class; cases keep the version they were opened under',
  access: manage,
  effect: 'write',
  params: codeParams,
  /** `seen`: the version the editor started from. */
  body: z.strictObject({ seen: z.number().int(), ...editable }),
  answer: changed,
  refusals: [...DATED, ...FAMILY, 'catalogue.class_unknown', 'catalogue.stale', 'catalogue.children_not_sealed'],
});

export const closeClass = defineContract({
  id: 'catalogue.close_class',
  method: 'POST',
  path: '/api/catalogue/classes/:code/closure',
  summary: 'Close a class to new cases; its dispatch entries end with it',
  access: manage,
  effect: 'write',
  params: codeParams,
  body: z.strictObject({ from, note: text(200) }),
  answer: z.object({ version: z.number().int(), endedEntries: z.number().int() }),
  refusals: [...DATED, 'catalogue.class_unknown', 'catalogue.has_children', 'catalogue.fallback_needed'],
});

export const setDeadline = defineContract({
  id: 'catalogue.set_deadline',
  method: 'POST',
  path: '/api/catalogue/deadlines',
  summary: 'Lay down a deadline of a class (or of all, `*`) and stage; without `amount` the class inherits again',
  access: manage,
  effect: 'write',
  body: z.strictObject({
    classCode: z.union([classCode, z.literal('*')]),
    stage,
    deadline: z.strictObject({ amount: z.number(), clock }).nullable(),
    basis: optionalText(200),
    from,
    note: optionalText(200),
  }),
  answer: changed,
  refusals: [
    ...DATED,
    'catalogue.class_unknown',
    'catalogue.amount_range',
    'catalogue.amount_whole_days',
    'catalogue.default_needed',
    'catalogue.inherits_already',
  ],
});

const orgName = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const kindName = z.object({ kind: z.string(), nameZh: z.string(), nameEn: z.string() });
const lead = z.union([
  z.object({ by: z.literal('kind'), kind: kindName }),
  z.object({ by: z.literal('organisation'), organisation: orgName }),
]);
const entryItem = z.object({
  id: uuid,
  number: z.number().int(),
  class: className,
  level,
  area: z.object({ code: z.string(), name: z.string(), path: z.string() }),
  lead,
  assists: z.array(lead),
  legalBasis: z.string(),
  decidedBy: z.string(),
  /** Came with the software and waits to be replaced by the place's own. */
  sample: z.boolean(),
  validFrom: instant,
  validTo: instant.nullable(),
  state: z.enum(['current', 'future', 'over']),
  endReason: z.string().nullable(),
  /** Why the reader cannot end it; null when he can. */
  endRefusal: z.string().nullable(),
});
export type EntryItem = z.output<typeof entryItem>;

const entryFilter = {
  /** Words of class, body or legal basis. */
  q: z.string().max(50).optional(),
  /** A class and the classes below it. */
  classCode: classCode.optional(),
  level: level.optional(),
  organisationId: uuid.optional(),
  areaCode: areaCode.optional(),
  over: flag.optional(),
};

export const listEntries = defineContract({
  id: 'catalogue.list_dispatch_entries',
  method: 'GET',
  path: '/api/catalogue/dispatch-entries',
  summary: 'The dispatch list (派单目录) in the order of its numbers',
  access: read,
  effect: 'read',
  query: z.strictObject({ ...pageQuery, ...entryFilter }),
  answer: pageOf(entryItem),
  refusals: [],
});

const leadInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('kind'), kind }),
  z.strictObject({ by: z.literal('organisation'), id: uuid }),
]);
export type LeadInput = z.output<typeof leadInput>;

const ENTRY_REFUSALS = [
  'catalogue.in_past',
  'catalogue.class_unknown',
  'catalogue.kind_unknown',
  'catalogue.organisation_unknown',
  'catalogue.lead_level',
  'catalogue.area_unknown',
  'catalogue.entry_overlaps',
  'catalogue.number_taken',
];

export const createEntry = defineContract({
  id: 'catalogue.create_dispatch_entry',
  method: 'POST',
  path: '/api/catalogue/dispatch-entries',
  summary: 'Add an entry to the dispatch list, or put it in the place of another',
  access: manageList,
  effect: 'write',
  body: z.strictObject({
    /** The next free number unless told; a replacement takes the number of what it replaces. */
    number: z.number().int().min(1).max(100_000).nullable(),
    classCode,
    level,
    areaCode,
    lead: leadInput,
    assists: z.array(leadInput).max(10),
    legalBasis: text(200),
    decidedBy: optionalText(100),
    from,
    /** The entry that ends when this one begins. */
    replaces: uuid.nullable(),
  }),
  answer: z.object({ id: uuid, number: z.number().int() }),
  status: 201,
  refusals: [...ENTRY_REFUSALS, 'catalogue.entry_unknown', 'catalogue.entry_over'],
});

export type NewEntryBody = z.output<NonNullable<typeof createEntry.body>>;

export const endEntry = defineContract({
  id: 'catalogue.end_dispatch_entry',
  method: 'POST',
  path: '/api/catalogue/dispatch-entries/:id/ending',
  summary: 'Take an entry off the dispatch list from a day on',
  access: manageList,
  effect: 'write',
  params: z.object({ id: uuid }),
  body: z.strictObject({ from, reason: text(200) }),
  answer: z.object({ validTo: instant }),
  refusals: ['catalogue.entry_unknown', 'catalogue.entry_over', 'catalogue.in_past'],
});

const csvFile = z.object({ fileName: z.string(), csv: z.string() });

export const exportEntries = defineContract({
  id: 'catalogue.export_dispatch_entries',
  method: 'GET',
  path: '/api/catalogue/dispatch-list-export',
  summary: 'The dispatch list as CSV, in the columns that the import takes',
  access: read,
  effect: 'read',
  sensitive: true,
  query: z.strictObject({ over: flag.optional() }),
  answer: csvFile,
  refusals: [],
});

export const importEntries = defineContract({
  id: 'catalogue.import_dispatch_entries',
  method: 'POST',
  path: '/api/catalogue/dispatch-list-import',
  summary: 'Take entries from CSV; rows that do not fit come back with their reason, all others are entered',
  access: manageList,
  effect: 'write',
  bodyLimit: 4_194_304,
  body: z.strictObject({
    csv: z.string().min(1).max(4_000_000),
    /** End an entry of the same class, level and area and put the row in its place; otherwise such rows come back. */
    replace: z.boolean(),
    /** Only say what would happen. */
    dryRun: z.boolean(),
    from,
  }),
  answer: z.object({
    added: z.number().int(),
    replaced: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.array(z.object({ row: z.number().int(), code: z.string(), message: z.string() })),
    /** The rejected rows with their reasons, to correct and import again. */
    rejectedCsv: z.string().nullable(),
  }),
  refusals: ['catalogue.in_past', 'catalogue.csv_unreadable', 'catalogue.csv_columns', 'catalogue.csv_too_long'],
});
export type ImportReport = z.output<typeof importEntries.answer>;

export const readSuggestions = defineContract({
  id: 'catalogue.read_suggestions',
  method: 'GET',
  path: '/api/catalogue/suggestions',
  summary: 'Whom the dispatch list names for a class at a place today',
  access: read,
  effect: 'read',
  query: z.strictObject({ classCode, areaCode }),
  answer: z.object({
    items: z.array(
      z.object({
        entryId: uuid,
        number: z.number().int(),
        level,
        organisation: orgName,
        assists: z.array(orgName),
        legalBasis: z.string(),
        reason: z.string(),
      }),
    ),
  }),
  refusals: [],
});

export const listSettings = defineContract({
  id: 'catalogue.list_settings',
  method: 'GET',
  path: '/api/catalogue/settings',
  summary: 'The numbers that rules use, with bounds, planned changes and classes that differ',
  access: read,
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        name: z.enum(SETTING_NAMES),
        unit: z.string(),
        least: z.number(),
        most: z.number(),
        value: z.number(),
        planned: z.object({ value: z.number(), from: instant }).nullable(),
        classes: z.array(z.object({ class: className, value: z.number() })),
      }),
    ),
  }),
  refusals: [],
});

export const changeSettings = defineContract({
  id: 'catalogue.change_settings',
  method: 'POST',
  path: '/api/catalogue/settings',
  summary: 'Set numbers for all classes or for one, from a day on; null lets a class follow the general one again',
  access: manage,
  effect: 'write',
  body: z.strictObject({
    classCode: classCode.nullable(),
    values: z
      .array(z.strictObject({ name: z.enum(SETTING_NAMES), value: z.number().nullable() }))
      .min(1)
      .max(20),
    from,
  }),
  answer: z.object({ changed: z.number().int() }),
  refusals: [
    'catalogue.in_past',
    'catalogue.class_unknown',
    'catalogue.setting_range',
    'catalogue.setting_general_only',
    'catalogue.office_hours_order',
    'catalogue.default_needed',
  ],
});

export const readCalendar = defineContract({
  id: 'catalogue.read_calendar',
  method: 'GET',
  path: '/api/catalogue/calendar/:year',
  summary: 'The working calendar of a year: national holidays and make-up days, and where this place differs',
  access: read,
  effect: 'read',
  params: z.object({ year: z.coerce.number().int().min(2004).max(2100) }),
  answer: z.object({
    year: z.number().int(),
    /** False while the State Council has not published the holidays of that year. */
    known: z.boolean(),
    workdays: z.number().int(),
    /** Weekdays off and weekends at work, by the national calendar. */
    national: z.array(z.object({ day: z.string(), kind: z.enum(['holiday', 'workday']) })),
    exceptions: z.array(
      z.object({ day: z.string(), kind: z.enum(['holiday', 'workday']), note: z.string(), removable: z.boolean() }),
    ),
  }),
  refusals: [],
});
export type CalendarYear = z.output<typeof readCalendar.answer>;

export const addException = defineContract({
  id: 'catalogue.add_calendar_exception',
  method: 'POST',
  path: '/api/catalogue/calendar-exceptions',
  summary: 'Make a coming day a holiday or a working day of this place',
  access: manage,
  effect: 'write',
  body: z.strictObject({ day, kind: z.enum(['holiday', 'workday']), note: text(100) }),
  answer: z.object({ day: z.string() }),
  status: 201,
  refusals: ['catalogue.day_in_past', 'catalogue.day_taken', 'catalogue.day_needless'],
});

export const removeException = defineContract({
  id: 'catalogue.remove_calendar_exception',
  method: 'DELETE',
  path: '/api/catalogue/calendar-exceptions/:day',
  summary: 'Take a coming day’s exception back',
  access: manage,
  effect: 'write',
  params: z.object({ day }),
  answer: z.object({ day: z.string() }),
  refusals: ['catalogue.day_in_past', 'catalogue.day_unknown'],
});
