import { isRefusal } from '../../kit/result.ts';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { findStored } from '../cases/index.ts';
import { act, sendTo, teamToTake } from './act.ts';
import { isOpen } from './rules/call.ts';
import { callsOfCase, findCall } from './store.ts';

const CASE_OVER = ['case.withdrawn', 'case.voided', 'case.merged', 'case.rejected', 'case.referred', 'case.closed'];
/** An urgent matter older than this when it is heard of (an import, a long standstill) is not sent out by itself. */
const FRESH_MS = 6 * 3_600_000;

/** Urgent matters go to who is on duty by themselves, where a team takes them; a case that is over calls them off. */
export function followConsumer(app: App): OutboxConsumer {
  return {
    name: 'duty',
    kinds: ['case.registered', ...CASE_OVER],
    handle: async (event, tx) => {
      const now = app.now();
      const actor = systemActor(event.tenant, 'duty');
      const stored = await findStored(tx, actor, event.subject, true);
      if (!stored) return;
      const calls = await callsOfCase(tx, actor, event.subject);
      if (event.kind !== 'case.registered') {
        const open = calls.find(({ call }) => isOpen(call));
        const locked = open ? await findCall(tx, actor, open.call.id, true) : null;
        if (!locked) return;
        await act(tx, actor, locked, { action: 'stand_down', reason: null, expectedVersion: locked.call.version }, now);
        return;
      }
      const { urgency, caseClass, state } = stored.state;
      const takes = urgency === 'urgent' && !caseClass.petition && state === 'registered' && calls.length === 0;
      if (!takes || now.getTime() - event.at.getTime() > FRESH_MS) return;
      const team = await teamToTake(tx, stored, now);
      const sent = team ? await sendTo(tx, actor, stored, team, null, now) : null;
      if (isRefusal(sent))
        app.log.warn({ caseId: event.subject, code: sent.code }, 'an urgent matter was not sent out');
    },
  };
}
