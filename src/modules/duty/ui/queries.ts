import { queryOptions } from '@tanstack/react-query';
import type { Locale } from '../../../platform/i18n/texts.ts';
import { call } from '../../../platform/web/client.ts';
import {
  type CallRow,
  type CallView,
  callsOfCase,
  getCall,
  listCalls,
  listHandovers,
  listTeams,
  readRoster,
  type ShiftView,
  type TeamView,
} from '../contract.ts';

export type { CallRow, CallView, ShiftView, TeamView };

/** Asked again often: a call is taken up within a minute. */
const OFTEN_MS = 10_000;

export const calls = (side: 'mine' | 'all', open: boolean) =>
  queryOptions({
    queryKey: ['duty', 'calls', side, open],
    queryFn: async ({ signal }) =>
      (await call(listCalls, { query: { side, open: open ? 'true' : 'false', limit: 30 }, signal })).items,
    refetchInterval: OFTEN_MS,
  });
/** What waits for the reader's acknowledgement; the live stream says when to ask, the interval is for when it is cut. */
export const waitingCalls = queryOptions({
  queryKey: ['duty', 'calls', 'waiting'],
  queryFn: async ({ signal }) => {
    const { items } = await call(listCalls, { query: { side: 'mine', open: 'true', limit: 10 }, signal });
    return items.filter((one) => one.state === 'sent');
  },
  refetchInterval: 60_000,
});
export const oneCall = (id: string) =>
  queryOptions({
    queryKey: ['duty', 'call', id],
    queryFn: ({ signal }) => call(getCall, { params: { id }, signal }),
    refetchInterval: OFTEN_MS,
  });
export const ofCase = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['duty', 'case', caseId, version],
    queryFn: ({ signal }) => call(callsOfCase, { params: { id: caseId }, signal }),
  });
export const teams = queryOptions({
  queryKey: ['duty', 'teams'],
  queryFn: ({ signal }) => call(listTeams, { signal }),
});
export const roster = (team: string, week: string) =>
  queryOptions({
    queryKey: ['duty', 'roster', team, week],
    queryFn: ({ signal }) => call(readRoster, { params: { id: team }, query: { week }, signal }),
  });
export const handovers = queryOptions({
  queryKey: ['duty', 'handovers'],
  queryFn: async ({ signal }) => (await call(listHandovers, { query: { limit: 30 }, signal })).items,
});

type Named = { readonly name: string; readonly nameEn: string; readonly shortName: string };
export const officeName = (locale: Locale, one: Named) =>
  locale === 'en' ? one.nameEn || one.name : one.shortName || one.name;
