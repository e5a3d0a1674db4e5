import { z } from 'zod';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';
import { type Call, findCall } from '../duty/index.ts';
import { paramsFor, workersOf } from './audiences.ts';
import type { OfficerNotice } from './rules/notices.ts';
import { tellPeople } from './tell.ts';

const dutyFacts = z.object({
  teamId: z.string(),
  /** The place in the team's line that was called, from one. */
  reached: z.int(),
  clock: z.string().nullable(),
});
type DutyFacts = z.output<typeof dutyFacts>;

type Told = { readonly notice: OfficerNotice; readonly people: readonly string[]; readonly dueAt: string | null };

/** Follows duty calls: who is called hears of it at once, the centre when nobody takes it up and when it is over. */
export function tellDuty(app: App): OutboxConsumer {
  return {
    name: 'messages.duty',
    kinds: ['duty.sent', 'duty.overdue', 'duty.at_centre', 'duty.closed', 'duty.handed_over', 'duty.stood_down'],
    handle: async (event, tx) => tellOfCall(app, tx, event),
  };
}

async function tellOfCall(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  const stored = await findCall(tx, systemActor(event.tenant, 'messages'), event.subject, false);
  if (!stored) return;
  const { call } = stored;
  const facts = dutyFacts.parse(event.payload);
  for (const { notice, people, dueAt } of await toldOf(tx, event.kind, facts, call, app.now())) {
    const params = await paramsFor(tx, call.caseId, call.areaCode, dueAt, { kind: 'duty', id: call.id });
    await tellPeople(app, tx, { caseId: call.caseId, at: event.at, notice, params, people, actorId: '' });
  }
}

async function toldOf(tx: ReadTx, kind: string, facts: DutyFacts, call: Call, now: Date): Promise<readonly Told[]> {
  const centre = () => workersOf(tx, [call.centreId], ['dispatcher'], now);
  switch (kind) {
    case 'duty.sent': {
      const called = calledBy(facts, call);
      return called === null ? [] : [{ notice: 'duty_called', people: [called], dueAt: call.acknowledgeDueAt }];
    }
    case 'duty.at_centre':
      return [{ notice: 'duty_at_centre', people: await centre(), dueAt: call.arriveDueAt }];
    case 'duty.overdue': {
      if (facts.clock === 'acknowledge') return [{ notice: 'duty_not_taken', people: await centre(), dueAt: null }];
      const responder = call.responder ? [call.responder.userId] : [];
      const people = [...new Set([...responder, ...(await centre())])];
      return [{ notice: 'duty_late', people, dueAt: lateSince(facts, call) }];
    }
    case 'duty.stood_down':
      return [{ notice: 'duty_off', people: call.line.slice(0, call.reached).map((one) => one.userId), dueAt: null }];
    default:
      return [{ notice: 'duty_over', people: await centre(), dueAt: null }];
  }
}

/** Who was called then; null when another team has it by now. */
function calledBy({ teamId, reached }: DutyFacts, call: Call): string | null {
  return call.teamId === teamId ? (call.line[reached - 1]?.userId ?? null) : null;
}

function lateSince({ clock }: DutyFacts, call: Call): string | null {
  if (clock === 'arrive') return call.arriveDueAt;
  return clock === 'report' ? call.reportDueAt : call.closeDueAt;
}
