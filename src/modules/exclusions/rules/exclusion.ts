import { type Refusal, refuse } from '../../../kit/result.ts';

export const EXCLUSION_STATES = ['asked', 'granted', 'refused', 'revoked'] as const;
export type ExclusionState = (typeof EXCLUSION_STATES)[number];

export type Exclusion = {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly organisationId: string;
  readonly areaCode: string;
  readonly ground: string;
  readonly words: string;
  readonly state: ExclusionState;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly askedByOrganisationId: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedByOrganisationId: string | null;
  readonly decisionWords: string | null;
  readonly publicWords: string | null;
  readonly revokedAt: Date | null;
  readonly revokedByOrganisationId: string | null;
  readonly revocationWords: string | null;
};

/** Who decides or revokes: a person with all his organisations, by the one in whose name he acts. */
export type Decider = { readonly userId: string; readonly organisationIds: readonly string[] };

/** Why this person may not decide now, or null: another person, of no organisation that has a part in it. */
export function refuseDeciding(exclusion: Exclusion, decider: Decider): Refusal | null {
  if (exclusion.state !== 'asked') return refuse('exclusions.already_decided', { state: exclusion.state });
  if (decider.userId === exclusion.askedBy) return refuse('exclusions.second_person_needed');
  const parties = [exclusion.organisationId, exclusion.askedByOrganisationId];
  return decider.organisationIds.some((id) => parties.includes(id))
    ? refuse('exclusions.decider_not_independent')
    : null;
}

/** Why it cannot be revoked now, or null. Whoever decided may see his mistake; the office it favours may not keep it. */
export function refuseRevoking(exclusion: Exclusion, decider: Decider): Refusal | null {
  if (exclusion.state !== 'granted') return refuse('exclusions.not_in_force', { state: exclusion.state });
  return decider.organisationIds.includes(exclusion.organisationId)
    ? refuse('exclusions.decider_not_independent')
    : null;
}

/** Digits like a telephone or identity number have no place in what the public reads. */
export function looksPersonal(words: string): boolean {
  return /\d[\d\s-]{9,}\d/.test(words) || /1[3-9]\d{9}/.test(words);
}
