import { queryOptions, useQuery } from '@tanstack/react-query';
import { me } from '../../auth/contract.ts';
import { call } from '../client.ts';

/** Who is signed in and what his posts allow. Kept until somebody signs in or out. */
export const signedIn = queryOptions({
  queryKey: ['auth', 'me'],
  queryFn: ({ signal }) => call(me, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Whether one of the reader's posts allows any of the actions somewhere: decides what is offered. What is allowed in a
 * particular place the server decides.
 */
export function useMay(...actions: readonly string[]): boolean {
  const { data } = useQuery(signedIn);
  return data !== undefined && actions.some((action) => data.permissions.includes(action));
}
