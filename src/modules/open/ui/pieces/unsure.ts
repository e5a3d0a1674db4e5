import { isProblem } from '../../../../platform/web/client.ts';

/** No readable answer: it may have arrived. A refusal (4xx) is certain, except that the first try still runs. */
export function isUnsure(error: unknown): boolean {
  if (!isProblem(error)) return true;
  return error.status === 0 || error.status >= 500 || error.code === 'http.idempotency_in_progress';
}
