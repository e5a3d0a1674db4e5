import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../../platform/web/client.ts';
import {
  caseSupervision,
  getOrder,
  listLeaderCases,
  listOrders,
  listShelvedCases,
  type OrderLine,
  type OrderView,
  readBoard,
} from '../contract.ts';

export type { OrderLine, OrderView };
export type Box = 'mine' | 'issued' | 'area';
export type OrderFilter = {
  readonly box: Box;
  readonly over: boolean;
  readonly colour?: 'blue' | 'yellow' | 'red';
  readonly office?: string;
};

const PAGE = 30;
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { readonly next: string | null }) => last.next,
};
const after = (cursor: string | null) => (cursor === null ? {} : { after: cursor });

export const orderList = ({ box, over, colour, office }: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ['supervision', 'orders', box, over, colour, office],
    queryFn: ({ pageParam, signal }) =>
      call(listOrders, {
        query: {
          box,
          limit: PAGE,
          over: over ? ('true' as const) : ('false' as const),
          ...(colour ? { colour } : {}),
          ...(office ? { addressee: office } : {}),
          ...after(pageParam),
        },
        signal,
      }),
    ...paged,
  });

export const oneOrder = (id: string) =>
  queryOptions({
    queryKey: ['supervision', 'order', id],
    queryFn: ({ signal }) => call(getOrder, { params: { id }, signal }),
  });

export const board = queryOptions({
  queryKey: ['supervision', 'board'],
  queryFn: ({ signal }) => call(readBoard, { signal }),
  staleTime: 0,
});

export const shelvedList = infiniteQueryOptions({
  queryKey: ['supervision', 'shelved'],
  queryFn: ({ pageParam, signal }) => call(listShelvedCases, { query: { limit: PAGE, ...after(pageParam) }, signal }),
  ...paged,
});

export const leaderCases = queryOptions({
  queryKey: ['supervision', 'leader-cases'],
  queryFn: async ({ signal }) => (await call(listLeaderCases, { signal })).items,
});

/** Asked again with every step of the case, for orders follow it. */
export const ofCase = (id: string, version: number) =>
  queryOptions({
    queryKey: ['supervision', 'case', id, version],
    queryFn: ({ signal }) => call(caseSupervision, { params: { id }, signal }),
    placeholderData: (last) => last,
    staleTime: 0,
  });
