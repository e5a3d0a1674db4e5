import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { listSets } from '../../areas/contract.ts';
import type { Contract } from '../../../platform/http/contract.ts';
import { call, type Input } from '../../../platform/web/client.ts';
import * as contract from '../contract.ts';

type QueryOf<C extends Contract> = Omit<NonNullable<Input<C>['query']>, 'after' | 'limit'>;

/** Pages of organisations in the order of areas. */
export function organisationPages(query: QueryOf<typeof contract.listOrganisations>) {
  return infiniteQueryOptions({
    queryKey: ['organisations', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listOrganisations, {
        query: { ...query, limit: 50, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** What one organisation directs, whole: a county's 60 bodies and towns, a town's 40. */
export function directedBy(id: string) {
  return queryOptions({
    queryKey: ['organisations', 'directed', id],
    queryFn: async ({ signal }) => {
      const items: contract.OrganisationItem[] = [];
      let after: string | null = '';
      while (after !== null) {
        const query = { directedBy: id, limit: 100, ...(after === '' ? {} : { after }) };
        const page: { items: contract.OrganisationItem[]; next: string | null } = await call(
          contract.listOrganisations,
          { query, signal },
        );
        items.push(...page.items);
        after = page.next;
      }
      return items;
    },
  });
}

export function organisation(id: string) {
  return queryOptions({
    queryKey: ['organisations', 'one', id],
    queryFn: ({ signal }) => call(contract.readOrganisation, { params: { id }, signal }),
  });
}

export const kinds = queryOptions({
  queryKey: ['organisations', 'kinds'],
  queryFn: async ({ signal }) => (await call(contract.listKinds, { signal })).items,
  staleTime: 10 * 60_000,
});

export function postPages(query: QueryOf<typeof contract.listPosts>) {
  return infiniteQueryOptions({
    queryKey: ['organisations', 'posts', query],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listPosts, {
        query: { ...query, limit: 20, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function teamPages(areaCode: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['organisations', 'teams', areaCode],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listGridTeams, {
        query: { limit: 50, ...(areaCode ? { areaCode } : {}), ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function vacancyPages(kind: 'grid' | 'organisation', areaCode: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['organisations', 'vacancies', kind, areaCode],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listVacancies, {
        query: {
          kind,
          limit: 50,
          ...(areaCode ? { areaCode } : {}),
          ...(pageParam === null ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function peoplePages(q: string) {
  return infiniteQueryOptions({
    queryKey: ['organisations', 'people', q],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listPeople, {
        query: { limit: 25, ...(q ? { q } : {}), ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** Named sets that a scope may follow. */
export const areaSets = queryOptions({
  queryKey: ['areas', 'sets'],
  queryFn: async ({ signal }) => (await call(listSets, { query: { limit: 100 }, signal })).items,
});

/** Forgets what may have changed after something was saved. */
export function organisationsChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['organisations'] });
}
