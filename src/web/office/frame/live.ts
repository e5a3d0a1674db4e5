import { useQueryClient } from '@tanstack/react-query';
import { casesChanged } from '../../../modules/cases/ui/index.ts';
import { type LiveEvent, useEvents } from '../../../platform/web/events.ts';
import { useMay } from '../../../platform/web/office/me.ts';

/** Keeps open screens true: what the server says has changed is asked for again, without a reload. */
export function useLiveCases(): void {
  const queries = useQueryClient();
  const listens = useMay('cases.read');
  useEvents((event: LiveEvent) => {
    if (event.kind === 'poll' || event.kind.startsWith('case.')) {
      casesChanged(queries, typeof event['caseId'] === 'string' ? event['caseId'] : null);
    }
    if (event.kind === 'poll' || event.kind.startsWith('message'))
      void queries.invalidateQueries({ queryKey: ['inbox'] });
  }, listens);
}
