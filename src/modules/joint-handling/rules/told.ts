import type { Joint } from './state.ts';

/** The steps that the file of the case tells of; the same words as there. */
export type ToldStep =
  | 'asked'
  | 'declined'
  | 'whistled'
  | 'cancelled'
  | 'called'
  | 'answered'
  | 'refused'
  | 'must_come'
  | 'excused'
  | 'arrived'
  | 'absent'
  | 'assigned'
  | 'part_done'
  | 'leave_asked'
  | 'leave_refused'
  | 'left'
  | 'lead_named'
  | 'overdue'
  | 'replaced'
  | 'gone'
  | 'closed'
  | 'rated'
  | 'whistle_rated'
  | 'ended';

/** One step as the case is told of it. */
export type Told = {
  readonly step: ToldStep;
  readonly organisationId: string | null;
  readonly texts: Readonly<Record<string, string | null>>;
  readonly files: readonly string[];
  readonly joins: readonly string[];
  readonly leaves: readonly string[];
};

export type Decision = { readonly joint: Joint; readonly told: readonly Told[] };

export function told(
  step: ToldStep,
  organisationId: string | null,
  texts: Told['texts'] = {},
  more: Partial<Pick<Told, 'files' | 'joins' | 'leaves'>> = {},
): Told {
  return { step, organisationId, texts, files: [], joins: [], leaves: [], ...more };
}
