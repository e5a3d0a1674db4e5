import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { countUnread, listFailures, listInbox, listTemplates } from '../contract.ts';

export type InboxRow = z.input<typeof listInbox.answer>['items'][number];
export type FailureRow = z.input<typeof listFailures.answer>['items'][number];
export type TemplateRow = z.input<typeof listTemplates.answer>['items'][number];

const PAGE = 40;
type Page = { readonly next: string | null };
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: Page) => last.next,
};
const after = (cursor: string | null) => (cursor === null ? {} : { after: cursor });

/** How many alerts are unread; `more` beyond 999. Asking does not keep an idle session alive. */
export const unreadCount = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: ({ signal }) => call(countUnread, { signal }),
  refetchInterval: 60_000,
});

export const inboxList = (unreadOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: ['inbox', 'list', unreadOnly],
    queryFn: ({ pageParam, signal }) =>
      call(listInbox, {
        query: { limit: PAGE, ...(unreadOnly ? { unread: 'true' as const } : {}), ...after(pageParam) },
        signal,
      }),
    ...paged,
  });

export const failureList = infiniteQueryOptions({
  queryKey: ['messages', 'failures'],
  queryFn: ({ pageParam, signal }) => call(listFailures, { query: { limit: PAGE, ...after(pageParam) }, signal }),
  ...paged,
});

export const templateList = queryOptions({
  queryKey: ['messages', 'templates'],
  queryFn: async ({ signal }) => (await call(listTemplates, { signal })).items,
});
