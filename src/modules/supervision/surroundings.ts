import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { oncePerTransaction } from '../../platform/database/per-transaction.ts';
import { dayOf } from '../../kit/time.ts';
import type { StoredCase } from '../cases/index.ts';
import { responsibleOrganisation } from '../cases/index.ts';
import { loadCalendar, supervisionSettings, workClock } from '../catalogue/index.ts';
import { commandCentreFor, findOrganisation } from '../organisations/index.ts';
import type { CaseLines } from './rules/follow.ts';
import type { LimitOf } from './rules/order.ts';
import type { Told } from './store.ts';

/** The dated numbers for a class, and the calendar they are counted by. */
export async function numbersFor(tx: ReadTx, classCode: string | null, now: Date) {
  const day = dayOf(now);
  const numbers = await oncePerTransaction(tx, `supervision:${classCode}:${day}`, () =>
    supervisionSettings(tx, now, classCode),
  );
  const calendar = await oncePerTransaction(tx, `calendar:${day}`, () => loadCalendar(tx));
  const clock = workClock(calendar);
  const limitOf: LimitOf = (colour, from) =>
    clock.dueAt(from, colour === 'red' ? numbers.redDays : numbers.yellowDays, 'working_days').due;
  return { numbers, clock, limitOf };
}

/** What the rules look at of a case. */
export function linesOf({ state }: StoredCase): CaseLines {
  const { stage, total } = state.clocks;
  return {
    state: state.state,
    leadId: state.dispatch?.leadId ?? null,
    responsibleId: responsibleOrganisation(state),
    stage: stage && { name: stage.name, startedAt: new Date(stage.startedAt), dueAt: new Date(stage.dueAt) },
    totalDueAt: new Date(total.dueAt),
  };
}

/** Who looks at an answer: the command centre of the place; where that is the addressee itself, the one above it. */
export async function reviewerFor(tx: ReadTx, areaCode: string, addresseeId: string): Promise<string> {
  const centre = await commandCentreFor(tx, areaCode);
  if (centre.id !== addresseeId) return centre.id;
  return centre.lineSuperiorId ?? centre.directingBodyId ?? centre.id;
}

/** Above an organisation by line and by area; they hear of what is yellow or red. */
export async function superiorsOf(tx: ReadTx, organisationId: string): Promise<string[]> {
  const found = await findOrganisation(tx, organisationId);
  return [found?.lineSuperiorId, found?.directingBodyId].filter((id): id is string => typeof id === 'string');
}

/** How a change is told: by whom, and to whom above the addressee. */
export async function toldBy(
  tx: ReadTx,
  actor: Actor,
  addresseeId: string,
  organisationId: string | null = null,
): Promise<Told> {
  return { actor, organisationId, superiorIds: await superiorsOf(tx, addresseeId) };
}
