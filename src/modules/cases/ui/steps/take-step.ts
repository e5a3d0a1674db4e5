import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useSubmissionKey } from '../../../../platform/web/keys.ts';
import { type OfficeAction, steps } from '../../steps-contract.ts';
import { type CaseDetail, casesChanged } from '../queries.ts';

type BodyOf<A extends OfficeAction> = z.input<NonNullable<(typeof steps)[A]['body']>>;
/** What a step's form fills in; the version is added when it is sent. */
export type StepInput<A extends OfficeAction> = Omit<BodyOf<A>, 'expectedVersion'>;

/**
 * Takes a step on a case as it was last seen. Afterwards page, counts and lists are asked for anew; also when the
 * server says that somebody else was first, so that the page shows what he did.
 */
export function useStep<A extends OfficeAction>(view: CaseDetail, action: A): (input: StepInput<A>) => Promise<void> {
  const queries = useQueryClient();
  const keyFor = useSubmissionKey();
  return async (input) => {
    const body = { ...input, expectedVersion: view.version };
    // The contract of an action takes exactly this body; the compiler cannot follow it through the union of actions.
    const contract = steps[action] as unknown as (typeof steps)['note'];
    try {
      await call(contract, {
        params: { id: view.id },
        body: body as unknown as BodyOf<'note'>,
        idempotencyKey: keyFor(body),
      });
    } catch (error) {
      if (isProblem(error) && error.status >= 400 && error.status < 500) void casesChanged(queries, new Set([view.id]));
      throw error;
    }
    void casesChanged(queries, new Set([view.id]));
    void queries.invalidateQueries({ queryKey: ['cases', 'list'] });
  };
}
