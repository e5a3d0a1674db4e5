import type { TimerHandler } from '../../platform/app.ts';
import { isRefusal } from '../../kit/result.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { act } from './act.ts';
import type { ClockName } from './rules/words.ts';
import { findStored } from './stored.ts';

/**
 * A clock ran out: it is recorded once, as an event that says which. A timer whose clock has moved on meanwhile does
 * nothing; the step that moved it has set a new one.
 */
export const clockRanOut: TimerHandler = async (timer, tx, now) => {
  const actor = systemActor(timer.tenant, 'clock');
  const stored = await findStored(tx, actor, timer.subject, true);
  if (!stored) return;
  const clock = timer.payload.clock as ClockName;
  const result = await act(
    tx,
    actor,
    stored,
    { action: 'record_lateness', clock, expectedVersion: stored.state.version },
    now,
  );
  // The rules refuse when that clock no longer runs or is not late: nothing to record.
  if (isRefusal(result)) return;
};
