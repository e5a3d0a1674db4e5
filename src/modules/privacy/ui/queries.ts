import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { listErasures, listNotices, listRequests, listRetention, previewRetention } from '../contract.ts';

export type RequestRow = z.input<typeof listRequests.answer>['items'][number];
export type RuleRow = z.input<typeof listRetention.answer>['items'][number];
export type ErasureRow = z.input<typeof listErasures.answer>['items'][number];

const PAGE = 40;
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { readonly next: string | null }) => last.next,
};
const after = (cursor: string | null) => (cursor === null ? {} : { after: cursor });

export const requestList = (state: 'open' | 'decided') =>
  infiniteQueryOptions({
    queryKey: ['privacy', 'requests', state],
    queryFn: ({ pageParam, signal }) =>
      call(listRequests, { query: { state, limit: PAGE, ...after(pageParam) }, signal }),
    ...paged,
  });

export const erasureList = infiniteQueryOptions({
  queryKey: ['privacy', 'erasures'],
  queryFn: ({ pageParam, signal }) => call(listErasures, { query: { limit: PAGE, ...after(pageParam) }, signal }),
  ...paged,
});

export const ruleList = queryOptions({
  queryKey: ['privacy', 'retention'],
  queryFn: async ({ signal }) => (await call(listRetention, { signal })).items,
});

export const retentionPreview = queryOptions({
  queryKey: ['privacy', 'preview'],
  queryFn: ({ signal }) => call(previewRetention, { signal }),
});

export const noticeList = queryOptions({
  queryKey: ['privacy', 'notices'],
  queryFn: async ({ signal }) => (await call(listNotices, { signal })).items,
});
