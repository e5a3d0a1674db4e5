import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { casesChanged } from '../../../modules/cases/ui/index.ts';
import { useEvents } from '../../../platform/web/events.ts';
import { useMay } from '../../../platform/web/office/me.ts';
import { gatherNews } from './gather-news.ts';

/** Keeps open screens true: what the server says has changed is asked for again, without a reload. */
export function useLiveCases(): void {
  const queries = useQueryClient();
  const listens = useMay('cases.read');
  const hear = useMemo(
    () =>
      gatherNews(({ cases, inbox }) =>
        Promise.all([
          cases?.size === 0 ? undefined : casesChanged(queries, cases),
          inbox ? queries.invalidateQueries({ queryKey: ['inbox'] }) : undefined,
          // An urgent call is told as an alert; its minute runs.
          inbox ? queries.invalidateQueries({ queryKey: ['duty', 'calls'] }) : undefined,
        ]),
      ),
    [queries],
  );
  useEvents(hear, listens);
}
