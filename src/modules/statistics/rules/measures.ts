import { SUM_NAMES } from '../../call-backs/rules/figures.ts';
import { STATES } from '../../cases/rules/words.ts';

/** Everything that is counted. Each is a column of a cell; a new one needs a migration that adds it. */
export const MEASURES: readonly string[] = [
  ...STATES.map((state) => `state.${state}`),
  'contact.in_time',
  'contact.late',
  'closing.all',
  'closing.in_time',
  'closing.late',
  ...SUM_NAMES.map((name) => `call_back.${name}`),
];

/** The column a measure is kept in. */
export function columnOf(measure: string): string {
  return measure.replace('.', '_');
}
