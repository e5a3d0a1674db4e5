import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Locale } from '../../../platform/i18n/texts.ts';
import { call } from '../../../platform/web/client.ts';
import { figures, getJoint, type JointRow, type JointView, jointsOfCase, listJoints } from '../contract.ts';

export type { JointRow, JointView };
export type Member = JointView['members'][number];
export type Side = 'called' | 'whistled' | 'ruling' | undefined;

export const jointList = (side: Side, open: boolean) =>
  infiniteQueryOptions({
    queryKey: ['joint', 'list', side ?? 'all', open],
    queryFn: ({ pageParam, signal }) =>
      call(listJoints, {
        query: {
          limit: 30,
          open: open ? ('true' as const) : ('false' as const),
          ...(side ? { side } : {}),
          ...(pageParam === null ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const jointDetail = (id: string) =>
  queryOptions({
    queryKey: ['joint', 'one', id],
    queryFn: ({ signal }) => call(getJoint, { params: { id }, signal }),
    // Those called look at it while others come and go.
    refetchInterval: 20_000,
  });

export const ofCase = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['joint', 'case', caseId, version],
    queryFn: ({ signal }) => call(jointsOfCase, { params: { id: caseId }, signal }),
  });

export const monthFigures = (month: string) =>
  queryOptions({
    queryKey: ['joint', 'figures', month],
    queryFn: ({ signal }) => call(figures, { params: { month }, signal }),
  });

type Named = { readonly name: string; readonly nameEn: string; readonly shortName: string };
export const officeName = (locale: Locale, one: Named) =>
  locale === 'en' ? one.nameEn || one.name : one.shortName || one.name;
