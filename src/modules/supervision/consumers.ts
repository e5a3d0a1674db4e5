import { z } from 'zod';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { followCase } from './case-orders.ts';
import { clearQueue, watchQueue } from './queue-watch.ts';
import { queueOf } from './rules/watch.ts';
import type { WatchedQueue } from './rules/words.ts';

/** Steps that orders, warnings and reminders follow; notes, files and the like change nothing for them. */
const FOLLOWED = [
  'dispatched',
  'accepted',
  'objected',
  'ruled',
  'extension_requested',
  'extension_decided',
  'shelved',
  'resumed',
  'reported_done',
  'settled',
  'returned',
  'rework_started',
  'rated',
  'closed',
  'withdrawn',
  'voided',
  'rejected',
  'referred',
  'merged',
  'reopened',
  'rehomed',
  'ran_late',
].map((kind) => `case.${kind}`);

/** Steps that bring a case into a queue or take it out; a new case has no order to follow. */
const QUEUED = [
  'registered',
  'imported',
  'reopened',
  'objected',
  'reported_done',
  'settled',
  'verified',
  'corrected',
  'rehomed',
].map((kind) => `case.${kind}`);

const LEFT: Readonly<Record<string, WatchedQueue>> = {
  'case.dispatched': 'to_dispatch',
  'case.rejected': 'to_dispatch',
  'case.referred': 'to_dispatch',
  'case.merged': 'to_dispatch',
  'case.voided': 'to_dispatch',
  'case.withdrawn': 'to_dispatch',
  'case.taken_up': 'disputes',
  'case.verification_begun': 'to_verify',
  'case.closed': 'to_call_back',
  'case.returned': 'to_call_back',
};

const payload = z.object({
  state: z.string(),
  commandCentreId: z.string(),
  lateDueAt: z.string().optional(),
});

/** Follows cases: what happens to them decides over orders, warnings and the watch over queues. */
export function caseConsumer(app: App): OutboxConsumer {
  const { tenant } = app.config;
  return {
    name: 'supervision',
    kinds: [...new Set([...FOLLOWED, ...QUEUED, ...Object.keys(LEFT)])],
    handle: async (event, tx) => {
      const now = app.now();
      const facts = payload.parse(event.payload);
      const queue = QUEUED.includes(event.kind) ? queueOf(facts.state) : null;
      if (queue) await watchQueue(tx, tenant, { queue, organisationId: facts.commandCentreId }, event.at, now);
      const left = LEFT[event.kind];
      if (left) await clearQueue(tx, tenant, { queue: left, organisationId: facts.commandCentreId }, now);
      if (!FOLLOWED.includes(event.kind)) return;
      const lateDueAt = facts.lateDueAt ?? null;
      await followCase(tx, tenant, { kind: event.kind, caseId: event.subject, lateDueAt, eventId: event.id }, now);
    },
  };
}
