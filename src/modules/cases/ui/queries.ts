import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { call, isProblem } from '../../../platform/web/client.ts';
import { useMay } from '../../../platform/web/office/me.ts';
import { dispatchSuggestions, findCaseByNumber, getCase, listCases, listQueues } from '../contract.ts';

export type CaseListQuery = Omit<z.input<NonNullable<typeof listCases.query>>, 'after' | 'limit'>;
export type CaseListItem = z.input<typeof listCases.answer>['items'][number];
export type CaseDetail = z.input<typeof getCase.answer>;
export type QueueCount = z.input<typeof listQueues.answer>['queues'][number];
export type QueueName = QueueCount['queue'];
type Page = z.input<typeof listCases.answer>;

const PAGE = 40;

export const queueCounts = queryOptions({
  queryKey: ['cases', 'queues', null],
  queryFn: async ({ signal }) => (await call(listQueues, { signal })).queues,
});

/** The reader's queues; none for those whose posts have nothing to do with cases. */
export function useQueueCounts() {
  return useQuery({ ...queueCounts, enabled: useMay('cases.read') });
}

type Lane = NonNullable<CaseListQuery['lane']>;

/** The same counts within one lane, for a queue's tabs. */
export const laneCounts = (lane: Lane) =>
  queryOptions({
    queryKey: ['cases', 'queues', lane],
    queryFn: async ({ signal }) => (await call(listQueues, { query: { lane }, signal })).queues,
  });

/** A list as it was when opened; it grows by 'more' and does not move under the reader's eyes. */
export const caseList = (filter: CaseListQuery) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, {
        query: { ...filter, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** The list's first page as it would be now; compared with what is shown, it says how many are new. */
export const freshPage = (filter: CaseListQuery) =>
  queryOptions({
    queryKey: ['cases', 'fresh', filter],
    queryFn: ({ signal }) => call(listCases, { query: { ...filter, limit: PAGE }, signal }),
    staleTime: 0,
  });

export const caseDetail = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'case', id],
    queryFn: ({ signal }) => call(getCase, { params: { id }, signal }),
  });

export const suggestionsFor = (id: string, version: number) =>
  queryOptions({
    queryKey: ['cases', 'suggestions', id, version],
    queryFn: ({ signal }) => call(dispatchSuggestions, { params: { id }, signal }),
  });

export type QuickHit = { readonly id: string; readonly number: string; readonly title: string };

/** Digits and dashes alone, long enough to be a number or its end. */
function looksLikeNumber(words: string): boolean {
  return /^[\d\s-]{8,}$/.test(words);
}

/** The first matches of the search box: the case of that number, or cases with those words. */
export const quickSearch = (words: string) =>
  queryOptions({
    queryKey: ['cases', 'quick', words],
    queryFn: async ({ signal }): Promise<readonly QuickHit[]> => {
      if (looksLikeNumber(words)) {
        const hit = await call(findCaseByNumber, { params: { number: words }, signal }).catch((error: unknown) => {
          if (isProblem(error) && error.status < 500 && error.status !== 401) return null;
          throw error;
        });
        if (hit) return [hit];
      }
      return (await call(listCases, { query: { q: words, limit: 6 }, signal })).items;
    },
  });

/**
 * Asks again for what may have changed: these cases, or any when null. An open list is compared, not replaced. Settles
 * when everything on the screen is answered.
 */
export function casesChanged(queries: QueryClient, ids: ReadonlySet<string> | null): Promise<unknown> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: ['cases', 'queues'] }),
    queries.invalidateQueries({ queryKey: ['cases', 'fresh'] }),
    queries.invalidateQueries({
      queryKey: ['cases', 'case'],
      predicate: ({ queryKey }) => ids === null || ids.has(String(queryKey[2])),
    }),
  ]);
}

/** Shows a list anew, e.g. after one's own step moved a case out of it. */
export function useRenewLists(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['cases', 'list'] });
    void casesChanged(queries, null);
  };
}

/** Puts the fresh first page in place of what is shown. */
export function showFresh(queries: QueryClient, filter: CaseListQuery, page: Page): void {
  queries.setQueryData(caseList(filter).queryKey, { pages: [page], pageParams: [null] } satisfies InfiniteData<
    Page,
    string | null
  >);
}
