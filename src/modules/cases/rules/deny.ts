import { type Refusal, type RefusalDetails, refuse } from '../../../kit/result.ts';
import type { CaseRefusalCode } from '../refusals.ts';

/** Refuses with a code that has a status and texts; any other does not compile. */
export function deny(code: CaseRefusalCode, details: RefusalDetails = {}): Refusal {
  return refuse(code, details);
}
