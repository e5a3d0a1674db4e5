import { z } from 'zod';
import { LANES } from '../../platform/auth/actor.ts';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';

/** What the module reads of a case's event. */
const payload = z.object({
  number: z.string(),
  state: z.string(),
  areaCode: z.string(),
  lane: z.enum(LANES),
  classCode: z.string(),
  sensitivity: z.string(),
  requesterId: z.string().nullable(),
  commandCentreId: z.string(),
  leadId: z.string().nullable(),
  assistIds: z.array(z.string()),
  stageDueAt: z.string().nullable(),
  lateDueAt: z.string().optional(),
  actorId: z.string(),
  /** Of a call-back: the round it asks about. */
  round: z.int().optional(),
});

export type CaseFacts = z.output<typeof payload> & {
  readonly caseId: string;
  readonly kind: string;
  readonly at: Date;
};

export function factsOf(event: OutboxEvent): CaseFacts {
  return { ...payload.parse(event.payload), caseId: event.subject, kind: event.kind, at: event.at };
}

/** What a notice is about when it is not the case itself. */
export type About = { readonly kind: 'joint' | 'duty' | 'account'; readonly id: string };

/** What is kept with a message to word it by: codes and dates, never what people wrote. */
export type Params = {
  readonly number: string;
  /** Both null when the case is sealed. */
  readonly areaCode: string | null;
  readonly classCode: string | null;
  readonly dueAt: string | null;
  /** Of a call-back: the round its link asks about. */
  readonly round?: number;
  /** Where it leads, when not to the case. */
  readonly about?: About;
};

export function paramsOf(facts: CaseFacts): Params {
  const open = facts.sensitivity === 'normal';
  return {
    number: facts.number,
    areaCode: open ? facts.areaCode : null,
    classCode: open ? facts.classCode : null,
    dueAt: facts.lateDueAt ?? facts.stageDueAt,
    ...(facts.round === undefined ? {} : { round: facts.round }),
  };
}
