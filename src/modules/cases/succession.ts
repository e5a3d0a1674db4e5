import { sql } from 'kysely';
import { z } from 'zod';
import { isRefusal } from '../../kit/result.ts';
import { startOfDay } from '../../kit/time.ts';
import type { App, OutboxConsumer, TimerHandler } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { setTimer } from '../../platform/timers/timers.ts';
import { isOpenArea } from '../areas/index.ts';
import { commandCentreFor } from '../organisations/index.ts';
import { act } from './act.ts';
import { OPEN_STATES } from './rules/queues.ts';
import { findStored } from './stored.ts';

/** On the day an organisation ends its open cases go to the successor; the subject is the organisation. */
export const SUCCESSION_TIMER = 'case.succession';
/** Taken over in one transaction; the timer fires again at once while some are left. */
const AT_A_TIME = 200;

const areaClosed = z.object({ code: z.string(), successors: z.array(z.string()) });
const organisationClosed = z.object({ successorId: z.string().nullable(), endsOn: z.string() });

type Succession = { readonly from: string; readonly to: string } | null;

/**
 * Areas and organisations end with successors; what is open goes on there, what is over keeps its code. A case of an
 * area that was split goes to the first part, where a dispatcher may correct it.
 */
export function successionConsumer(app: App): OutboxConsumer {
  const { tenant } = app.config;
  return {
    name: 'cases.succession',
    kinds: ['area.closed', 'organisation.closed'],
    handle: async (event, tx) => {
      if (event.kind === 'area.closed') {
        const { code, successors } = areaClosed.parse(event.payload);
        const [heir] = successors;
        if (heir === undefined) return;
        const ids = await openIn(tx, code, successors);
        for (const id of ids) await rehome(tx, tenant, id, heir, null, app.now());
        return;
      }
      const { successorId, endsOn } = organisationClosed.parse(event.payload);
      if (successorId === null) return;
      const of = { tenant, kind: SUCCESSION_TIMER, subject: event.subject, payload: { successorId } };
      await setTimer(tx, { ...of, dueAt: startOfDay(endsOn) });
    },
  };
}

/** The day has come. */
export const organisationEnded: TimerHandler = async (timer, tx, now) => {
  const to = String(timer.payload['successorId']);
  const ids = await openWith(tx, timer.subject);
  for (const id of ids) await rehome(tx, timer.tenant, id, null, { from: timer.subject, to }, now);
  if (ids.length === AT_A_TIME) await setTimer(tx, { ...timer, dueAt: now });
};

const here = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Open cases at or below a code that ended, unless they lie in a successor already. */
async function openIn(tx: ReadTx, code: string, successors: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; area_code: string }>`
    SELECT c.id, c.area_code FROM cases.case_file c
    WHERE c.tenant_id = ${here} AND c.state = ANY(${[...OPEN_STATES]}) AND c.area_code >= ${code}
      AND c.area_code < ${`${code}:`} ORDER BY c.id`.execute(tx);
  const inHeir = (area: string) => successors.some((heir) => heir !== code && area.startsWith(heir));
  return rows.filter((row) => !inHeir(row.area_code)).map((row) => row.id);
}

async function openWith(tx: ReadTx, organisationId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM cases.case_file c
    WHERE c.tenant_id = ${here} AND c.state = ANY(${[...OPEN_STATES]})
      AND (c.responsible_organisation_id = ${organisationId}::uuid OR c.lead_organisation_id = ${organisationId}::uuid
        OR c.facts->>'commandCentreId' = ${organisationId}
        OR c.id IN (SELECT a.case_id FROM cases.assist a
          WHERE a.tenant_id = ${here} AND a.organisation_id = ${organisationId}::uuid))
    ORDER BY c.id LIMIT ${AT_A_TIME}`.execute(tx);
  return rows.map((row) => row.id);
}

async function rehome(
  tx: WriteTx,
  tenant: number,
  id: string,
  heir: string | null,
  succession: Succession,
  now: Date,
): Promise<void> {
  const actor = systemActor(tenant, 'succession');
  const stored = await findStored(tx, actor, id, true);
  if (!stored) return;
  const { state } = stored;
  const areaCode = heir === null ? state.areaCode : await placeIn(tx, heir, state.areaCode);
  const centre = heir === null ? state.commandCentreId : (await commandCentreFor(tx, areaCode)).id;
  const command = { action: 'rehome', areaCode, commandCentreId: centre, succession } as const;
  const result = await act(tx, actor, stored, { ...command, expectedVersion: state.version }, now);
  // Nothing to change: it was done before, or the step that came between has moved it.
  if (isRefusal(result) && result.code !== 'cases.nothing_to_correct' && result.code !== 'cases.wrong_state') {
    throw new Error(`case ${id} could not follow: ${result.code}`);
  }
}

/** The same grid below the successor where it is open there; else the successor itself. */
async function placeIn(tx: ReadTx, heir: string, areaCode: string): Promise<string> {
  const same = heir + areaCode.slice(heir.length);
  return same.length > heir.length && (await isOpenArea(tx, same)) ? same : heir;
}
