import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { listOwnSessions, readSafety, readWays } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';

export const ownSafety = queryOptions({
  queryKey: ['auth', 'safety'],
  queryFn: ({ signal }) => call(readSafety, { signal }),
});

export const ownSessions = queryOptions({
  queryKey: ['auth', 'sessions'],
  queryFn: ({ signal }) => call(listOwnSessions, { signal }),
});

/** By what one can sign in here beside the password. */
export const waysIn = queryOptions({
  queryKey: ['ways-in'],
  queryFn: ({ signal }) => call(readWays, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Asks anew for everything about the own sign-in. */
export function useRenewSafety(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['auth'] });
}
