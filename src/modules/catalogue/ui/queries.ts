import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Contract } from '../../../platform/http/contract.ts';
import { call, type Input } from '../../../platform/web/client.ts';
import * as contract from '../contract.ts';

type QueryOf<C extends Contract> = Omit<NonNullable<Input<C>['query']>, 'after' | 'limit'>;

/** All classes of today with their deadlines, and the general deadlines. */
export const classes = queryOptions({
  queryKey: ['catalogue', 'classes'],
  queryFn: ({ signal }) => call(contract.listClasses, { query: {}, signal }),
});

export function classDetail(code: string) {
  return queryOptions({
    queryKey: ['catalogue', 'class', code],
    queryFn: ({ signal }) => call(contract.readClass, { params: { code }, signal }),
  });
}

export function entryPages(query: QueryOf<typeof contract.listEntries>, limit = 100) {
  return infiniteQueryOptions({
    queryKey: ['catalogue', 'entries', query, limit],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listEntries, {
        query: { ...query, limit, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function suggestions(classCode: string, areaCode: string) {
  return queryOptions({
    queryKey: ['catalogue', 'suggestions', classCode, areaCode],
    queryFn: ({ signal }) => call(contract.readSuggestions, { query: { classCode, areaCode }, signal }),
  });
}

export const settings = queryOptions({
  queryKey: ['catalogue', 'settings'],
  queryFn: async ({ signal }) => (await call(contract.listSettings, { signal })).items,
});

export function calendar(year: number) {
  return queryOptions({
    queryKey: ['catalogue', 'calendar', year],
    queryFn: ({ signal }) => call(contract.readCalendar, { params: { year: String(year) }, signal }),
  });
}

/** Forgets what may have changed after something was saved. */
export function catalogueChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['catalogue'] });
}
