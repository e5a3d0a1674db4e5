import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { optionalText, text, uuid } from '../../platform/http/fields.ts';
import { caseFilter, caseRow, chosenCases, eachResult } from '../cases/contract.ts';
import { MOST_CHOSEN } from './rules/limits.ts';

/** The most lines of one export. */
export const MOST_EXPORTED = 5000;

const results = z.object({ results: z.array(eachResult) });
const ids = z.array(uuid).min(1).max(MOST_CHOSEN);

export const dispatchMany = defineContract({
  id: 'bulk.dispatch',
  method: 'POST',
  path: '/api/bulk/dispatches',
  summary: 'Dispatches cases, each decided by itself: to one office, or each to the first that the dispatch list names',
  access: { kind: 'action', action: 'cases.dispatch', target: 'visible' },
  effect: 'write',
  body: z.strictObject({
    cases: chosenCases,
    /** Null: as the dispatch list says for each case, with the assisting offices it names. */
    leadId: uuid.nullable(),
    /** Needed for each case for which the list names another office first. */
    reason: optionalText(500),
    instruction: optionalText(500),
  }),
  answer: results,
  refusals: [],
});

export const noteMany = defineContract({
  id: 'bulk.note',
  method: 'POST',
  path: '/api/bulk/notes',
  summary: 'Writes the same internal note into cases, each decided by itself',
  access: { kind: 'action', action: 'cases.note', target: 'visible' },
  effect: 'write',
  body: z.strictObject({ cases: chosenCases, text: text(1000) }),
  answer: results,
  refusals: [],
});

export const printMany = defineContract({
  id: 'bulk.print',
  method: 'POST',
  path: '/api/bulk/sheets',
  summary: 'What was asked in each of the cases, with state and clocks, without who asked; in the order of the ids',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'write',
  // Nothing but the record of the reading is written, and the words are not kept for repeats.
  unkept: true,
  perMinute: 30,
  body: z.strictObject({ ids }),
  answer: z.object({
    items: z.array(caseRow.extend({ body: z.string(), placeText: z.string().nullable() })),
    /** How many of them are not there, or not the actor's to see. */
    left: z.int(),
  }),
  refusals: [],
});

export const exportMany = defineContract({
  id: 'bulk.export',
  method: 'POST',
  path: '/api/bulk/exports',
  summary: 'The columns of a list as CSV, of chosen cases or of everything a filter shows the actor',
  access: { kind: 'action', action: 'bulk.export', target: 'visible' },
  effect: 'write',
  fresh: true,
  unkept: true,
  perMinute: 10,
  body: z.union([z.strictObject({ ids }), z.strictObject({ filter: caseFilter })]),
  answer: z.object({
    filename: z.string(),
    content: z.string(),
    rows: z.int(),
    /** There were more than `MOST_EXPORTED`; the rest is not in the file. */
    cut: z.boolean(),
  }),
  refusals: [],
});
