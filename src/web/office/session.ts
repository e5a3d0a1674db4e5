import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { settings } from '../../modules/open/contract.ts';
import { listMyPosts } from '../../modules/organisations/contract.ts';

import { call } from '../../platform/web/client.ts';
import { signedIn } from '../../platform/web/office/me.ts';

/** What the jurisdiction is called, and whether this is a demo. */
export const openSettings = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call(settings, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

async function loadSession(queries: QueryClient, signal: AbortSignal) {
  const [{ user, permissions }, posts] = await Promise.all([
    queries.fetchQuery(signedIn),
    // Without the names of one's posts the office still works.
    call(listMyPosts, { signal }).then(
      (answer) => answer.items,
      () => [],
    ),
  ]);
  return { user, permissions: new Set(permissions), posts };
}
export type Session = Awaited<ReturnType<typeof loadSession>>;

/** Who is signed in, with posts. Kept until somebody signs in or out. */
export const mySession = queryOptions({
  queryKey: ['session'],
  queryFn: ({ client, signal }) => loadSession(client, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useSession(): Session | undefined {
  return useQuery(mySession).data;
}

/** Whether one of the posts allows any of the actions; what is offered, not what is allowed: the server decides. */
export function may(session: Session | undefined, actions: readonly string[]): boolean {
  return session !== undefined && actions.some((action) => session.permissions.has(action));
}

/** Forgets all that the last person saw; used on signing in and out. */
export function useFreshStart(): () => void {
  const queries = useQueryClient();
  return () => queries.clear();
}
