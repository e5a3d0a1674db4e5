import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { readCounts } from '../contract.ts';

export type Counts = z.input<typeof readCounts.answer>;
export type CountRow = Counts['items'][number];
export type Figures = Counts['total'];
export type CountsQuery = z.input<NonNullable<typeof readCounts.query>>;

/** Asked again every minute: the counts go on while the page is open. */
export const countsOf = (query: CountsQuery) =>
  queryOptions({
    queryKey: ['statistics', 'counts', query],
    queryFn: ({ signal }) => call(readCounts, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
