import type { Module } from '../../platform/app.ts';
import { importsTexts } from './texts.ts';

const CODES = [
  'no_source_id',
  'empty',
  'forbidden_characters',
  'too_long',
  'bad_time',
  'closed_without_time',
  'in_future',
  'handled_before_opened',
  'closed_before_opened',
  'class_not_mapped',
  'bad_point',
  'ragged',
  'repeated_id',
  'area_unknown',
  'area_ambiguous',
] as const;

/** Bulk import is a command, not a route: its refusals go into the report of rejected rows. */
export const importsModule: Module = {
  name: 'imports',
  texts: importsTexts,
  refusals: Object.fromEntries(CODES.map((code) => [`imports.${code}`, 422])),
  grants: {},
  contracts: [],
  routes: () => [],
};

export { type ImportOutcome, importCommand, importFile, readMapping } from './command.ts';
export { ImportError } from './import-error.ts';
export { type ImportCounts, importCases } from './import-cases.ts';
export { type Mapping, mappingSchema } from './rules/mapping.ts';
export { openTable } from './table.ts';
