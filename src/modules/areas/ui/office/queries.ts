import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '../../../../platform/web/client.ts';
import * as contract from '../../contract.ts';
import { forgetAreas } from '../reading.ts';

export const top = queryOptions({
  queryKey: ['areas', 'top'],
  queryFn: async ({ signal }) => (await call(contract.readTree, { query: {}, signal })).items,
});

export function children(code: string, closed: boolean) {
  return queryOptions({
    queryKey: ['areas', 'children', code, closed],
    queryFn: async ({ signal }) => {
      const query = closed ? { closed: 'true' as const } : {};
      return (await call(contract.listChildren, { params: { code }, query, signal })).items;
    },
  });
}

export function area(code: string) {
  return queryOptions({
    queryKey: ['areas', 'detail', code],
    queryFn: ({ signal }) => call(contract.readArea, { params: { code }, signal }),
  });
}

export function estates(code: string) {
  return queryOptions({
    queryKey: ['areas', 'estates', code],
    queryFn: async ({ signal }) => (await call(contract.listEstates, { params: { code }, signal })).items,
  });
}

export function found(words: string) {
  return queryOptions({
    queryKey: ['areas', 'found', words],
    queryFn: async ({ signal }) =>
      (await call(contract.searchAreas, { query: { text: words, limit: 20 }, signal })).items,
    enabled: words.trim() !== '',
  });
}

export function setPages(ended: boolean) {
  return infiniteQueryOptions({
    queryKey: ['areas', 'sets', 'pages', ended],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listSets, {
        query: { limit: 50, ...(ended ? { ended: 'true' as const } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function addressPages(code: string | undefined, estate: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['areas', 'addresses', code, estate],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listAddresses, {
        query: {
          limit: 50,
          ...(code ? { area: code } : {}),
          ...(estate ? { estate } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export const importPages = infiniteQueryOptions({
  queryKey: ['areas', 'imports'],
  queryFn: ({ pageParam, signal }) =>
    call(contract.listImports, { query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

export function importReport(id: string) {
  return queryOptions({
    queryKey: ['areas', 'import', id],
    queryFn: ({ signal }) => call(contract.readImport, { params: { id }, signal }),
  });
}

/** Forgets what may have changed after something was saved, the maps' memory too. */
export function areasChanged(queries: QueryClient): Promise<void> {
  forgetAreas();
  return queries.invalidateQueries({ queryKey: ['areas'] });
}
