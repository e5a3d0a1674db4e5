import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../../platform/web/client.ts';
import { exclusionsOfCase, listExclusions, listGrounds } from '../contract.ts';
import type { ExclusionState } from '../rules/exclusion.ts';

const PAGE = 30;

export const exclusionList = (state: ExclusionState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['exclusions', 'list', state],
    queryFn: ({ pageParam, signal }) =>
      call(listExclusions, {
        query: { limit: PAGE, ...(state ? { state } : {}), ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const grounds = queryOptions({
  queryKey: ['exclusions', 'grounds'],
  queryFn: ({ signal }) => call(listGrounds, { signal }),
});

export const exclusionsAbout = (id: string, version: number) =>
  queryOptions({
    queryKey: ['exclusions', 'case', id, version],
    queryFn: ({ signal }) => call(exclusionsOfCase, { params: { id }, signal }),
    placeholderData: (last) => last,
  });
