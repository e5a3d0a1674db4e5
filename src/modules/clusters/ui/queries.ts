import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../platform/web/client.ts';
import { type ISSUE_STATES, listIssues, readIssue, similarToCase } from '../contract.ts';

/** `chosen`: cases to be held beside it first, ids parted by commas. */
export const similarTo = (id: string, version?: number, chosen?: string) =>
  queryOptions({
    queryKey: ['clusters', 'case', id, version ?? null, chosen ?? null],
    queryFn: ({ signal }) =>
      call(similarToCase, { params: { id }, query: chosen === undefined ? {} : { with: chosen }, signal }),
  });

export type IssueState = (typeof ISSUE_STATES)[number];

export const issueList = (state: IssueState) =>
  queryOptions({
    queryKey: ['clusters', 'issues', state],
    queryFn: async ({ signal }) => (await call(listIssues, { query: { state }, signal })).items,
  });

export const issueDetail = (id: string) =>
  queryOptions({
    queryKey: ['clusters', 'issue', id],
    queryFn: ({ signal }) => call(readIssue, { params: { id }, signal }),
  });
