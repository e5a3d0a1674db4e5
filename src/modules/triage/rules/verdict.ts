/** How sure the model may be said to be: below the threshold it says that it does not know. */
export type Verdict = 'sure' | 'likely' | 'unknown';

/** From here on a suggestion counts as sure, whatever the threshold. */
const SURE = 0.85;

/** `threshold` is a share from 0 to 1, a dated setting of the catalogue. */
export function verdictOf(confidence: number, threshold: number): Verdict {
  if (confidence < threshold) return 'unknown';
  return confidence >= Math.max(SURE, threshold) ? 'sure' : 'likely';
}

export type Decision = {
  readonly classCode: string;
  readonly urgency: string;
  readonly organisationId: string | null;
};
export type Suggested = {
  readonly classCode: string | null;
  readonly urgency: string;
  readonly organisationId: string | null;
};

/** Whether a person decided otherwise. What was not suggested cannot be corrected. */
export function isCorrection(suggested: Suggested, decided: Decision): boolean {
  return (
    (suggested.classCode !== null && suggested.classCode !== decided.classCode) ||
    suggested.urgency !== decided.urgency ||
    (suggested.organisationId !== null &&
      decided.organisationId !== null &&
      suggested.organisationId !== decided.organisationId)
  );
}

/** A new model takes over by itself unless it is clearly worse than the one in use. */
const MAY_BE_WORSE = 0.02;

export function takesOver(fresh: number | null, inUse: number | null): boolean {
  return fresh === null || inUse === null || fresh >= inUse - MAY_BE_WORSE;
}
