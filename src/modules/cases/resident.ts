import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { act, type Step } from './act.ts';
import { viewContext } from './context.ts';
import { type EventView, eventsOf, toneOf } from './present.ts';
import { type ActionView, availableActions } from './rules/available.ts';
import type { CaseCommand } from './rules/commands.ts';
import { normaliseQueryCode, queryCodeFrom } from './rules/query-code.ts';
import type { CaseState } from './rules/state.ts';
import { findStored } from './stored.ts';

/**
 * What the portal stands on. The requester proves himself by number and query code, or by his phone; the module `open`
 * does the wording.
 */

/** The secret code of a case: computed, not stored, from a key outside the database. */
export function queryCodeOf(vault: Vault, tenant: number, caseId: string): string {
  return queryCodeFrom(vault.mac('query-code', `${tenant}:${caseId}`));
}

/** Compares in constant time what somebody typed. */
export function queryCodeFits(vault: Vault, tenant: number, caseId: string, typed: string): boolean {
  const expected = Buffer.from(queryCodeOf(vault, tenant, caseId));
  const given = Buffer.from((normaliseQueryCode(typed) ?? '').padEnd(expected.length, '.').slice(0, expected.length));
  return timingSafeEqual(expected, given);
}

/** The id of a case by its exact number; null when there is none. */
export async function findCaseId(tx: ReadTx, actor: Actor, number: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM cases.case_file WHERE tenant_id = ${actor.tenant} AND number = ${number}`.execute(tx);
  return rows[0]?.id ?? null;
}

export type ResidentCase = {
  readonly state: CaseState;
  readonly title: string;
  readonly body: string;
  readonly placeText: string | null;
  /** Every event; `content` only where its words are for the requester or from him. */
  readonly events: readonly EventView[];
  /** What he may do now: rate, reopen, withdraw, attach. */
  readonly actions: readonly ActionView[];
};

/** The requester's own case, without the office's internal words. */
export async function residentCase(tx: ReadTx, actor: Actor, caseId: string, now: Date): Promise<Result<ResidentCase>> {
  const stored = await findStored(tx, actor, caseId, false);
  if (!stored) return refuse('cases.not_found');
  const { rows } = await sql<{ body: string; place_text: string | null }>`
    SELECT body, place_text FROM cases.case_text WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid`.execute(
    tx,
  );
  const events = (await eventsOf(tx, actor, caseId)).map(forRequester);
  return {
    state: stored.state,
    title: stored.title,
    body: rows[0]?.body ?? '',
    placeText: rows[0]?.place_text ?? null,
    events,
    actions: availableActions(stored.state, await viewContext(tx, actor, stored.state, now)),
  };
}

function forRequester(event: EventView): EventView {
  const own = event.party === 'requester';
  if (own || toneOf(event) === 'public') return event;
  return { ...event, content: null, file_ids: [] };
}

/** A step by the requester himself: rate, reopen, withdraw, attach. */
export async function actAsRequester(
  tx: WriteTx,
  actor: Actor,
  caseId: string,
  command: (state: CaseState) => CaseCommand,
  now: Date,
): Promise<Result<Step>> {
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) return refuse('cases.not_found');
  return act(tx, actor, stored, command(stored.state), now);
}

export type OwnCase = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly areaCode: string;
  readonly state: CaseState['state'];
  readonly openedAt: Date;
  readonly stageDueAt: Date | null;
  readonly totalDueAt: Date | null;
};

/** The cases of one person's requester records, newest first; at most 200. */
export async function casesOfRequesters(tx: ReadTx, actor: Actor, requesterIds: readonly string[]): Promise<OwnCase[]> {
  if (requesterIds.length === 0) return [];
  const { rows } = await sql<OwnCase>`
    SELECT c.id, c.number, t.title, c.area_code AS "areaCode", c.state, c.opened_at AS "openedAt",
      c.stage_due_at AS "stageDueAt", c.total_due_at AS "totalDueAt"
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.requester_id = ANY(${[...requesterIds]}::uuid[])
    ORDER BY c.opened_at DESC, c.id DESC LIMIT 200`.execute(tx);
  return rows;
}
