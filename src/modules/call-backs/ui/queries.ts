import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { getCallBack, listCallBacks, listScripts, readFigures } from '../contract.ts';

export type CallBackItem = z.input<typeof listCallBacks.answer>['items'][number];
export type CallBackDetail = z.input<typeof getCallBack.answer>;
export type FigureRow = z.input<typeof readFigures.answer>['items'][number];
export type ScriptRow = z.input<typeof listScripts.answer>['items'][number];
export type ListName = NonNullable<z.input<NonNullable<typeof listCallBacks.query>>['list']>;
type Page = { readonly next: string | null };

export const callBackList = (list: ListName) =>
  infiniteQueryOptions({
    queryKey: ['call-backs', 'list', list],
    queryFn: ({ pageParam, signal }) =>
      call(listCallBacks, { query: { list, limit: 40, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
  });

export const callBackDetail = (id: string) =>
  queryOptions({
    queryKey: ['call-backs', 'one', id],
    queryFn: ({ signal }) => call(getCallBack, { params: { id }, signal }),
  });

export const figuresOf = (from: string, to: string) =>
  queryOptions({
    queryKey: ['call-backs', 'figures', from, to],
    queryFn: ({ signal }) => call(readFigures, { query: { from, to }, signal }),
  });

export const scriptList = queryOptions({
  queryKey: ['call-backs', 'scripts'],
  queryFn: async ({ signal }) => (await call(listScripts, { signal })).items,
});
