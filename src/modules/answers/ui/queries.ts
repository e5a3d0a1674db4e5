import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import {
  type AnswerStep,
  listTemplates,
  machineHelp,
  listVersions,
  templatesForCase,
  type TemplateView,
} from '../contract.ts';

export type Template = TemplateView;
export type Offered = z.input<typeof templatesForCase.answer>['items'][number];

export const templateList = queryOptions({
  queryKey: ['answers', 'templates'],
  queryFn: async ({ signal }) => (await call(listTemplates, { signal })).items,
});

export const templateVersions = (id: string) =>
  queryOptions({
    queryKey: ['answers', 'versions', id],
    queryFn: async ({ signal }) => (await call(listVersions, { params: { id }, signal })).items,
  });

export const offeredTemplates = (id: string, step: AnswerStep) =>
  queryOptions({
    queryKey: ['answers', 'case', id, step],
    queryFn: async ({ signal }) => (await call(templatesForCase, { params: { id }, query: { step }, signal })).items,
  });

/** Asked once a visit: it changes with the configuration alone. */
export const machineIsOn = queryOptions({
  queryKey: ['answers', 'machine'],
  queryFn: ({ signal }) => call(machineHelp, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
