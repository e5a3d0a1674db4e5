import { type Refusal, type RefusalDetails, refuse } from '../../../kit/result.ts';
import type { JointRefusalCode } from '../refusals.ts';

export function deny(code: JointRefusalCode, details: RefusalDetails = {}): Refusal {
  return refuse(code, details);
}
