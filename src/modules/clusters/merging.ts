import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { act, findReleasedCase, findStored, type Receipt, registerCases, type StoredCase } from '../cases/index.ts';

export type Caller = {
  readonly title: string;
  readonly body: string;
  readonly channel: 'phone' | 'counter' | 'letter';
  readonly requester: { readonly name: string | null; readonly phone: string | null } | null;
  readonly anonymous: boolean;
  readonly placeText: string | null;
};

/** Registers a caller's own request and joins it to the case, both or neither. */
export async function followByOfficer(
  app: App,
  tx: WriteTx,
  actor: Actor,
  master: StoredCase,
  caller: Caller,
  reason: string,
  now: Date,
): Promise<Result<Receipt>> {
  const { state } = master;
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const filing = {
    title: caller.title,
    body: caller.body,
    classCode: state.caseClass.code,
    place: { areaCode: state.areaCode, point: state.point, text: caller.placeText },
    channel: caller.channel,
    urgency: state.urgency,
    confidential: state.sensitivity === 'confidential',
    requester: caller.requester && { ...caller.requester, mail: null },
    anonymous: caller.anonymous,
    contactable: true,
    publicConsent: false,
    occurredAt: null,
    fileIds: [],
    settlement: null,
    imported: null,
  } as const;
  const [receipt] = await registerCases(tx, deps, actor, [filing], now);
  if (receipt === undefined || isRefusal(receipt)) return receipt ?? refuse('cases.not_found');
  const joined = await join(tx, actor, receipt, state.id, reason, now);
  return isRefusal(joined) ? joined : receipt;
}

/**
 * Joins what a resident filed to a released request, because he asked for it himself. Where that cannot be joined (it
 * ended meanwhile, its words were taken back) his request stays one of its own: nothing he said is lost.
 */
export async function joinByWish(
  tx: WriteTx,
  tenant: number,
  receipt: Receipt,
  number: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  const system = systemActor(tenant, 'requester');
  const released = await findReleasedCase(tx, system, number);
  if (!released || released.id === receipt.id) return false;
  const stored = await findStored(tx, system, released.id, true);
  // A refusal must leave nothing half written, so what would be refused is asked first.
  if (!stored || !JOINABLE.has(stored.state.state) || stored.state.caseClass.petition) return false;
  const own = await findStored(tx, system, receipt.id, true);
  if (!own || own.state.caseClass.petition) return false;
  const joined = await join(tx, system, receipt, released.id, reason, now);
  if (isRefusal(joined)) throw new Error(`a request could not be joined: ${joined.code}`);
  return true;
}

/** Open cases: what is closed is read, or reopened by its own requester. */
const JOINABLE: ReadonlySet<string> = new Set([
  ...['registered', 'dispatched', 'accepted', 'objected', 'adjudicating', 'in_progress', 'extension_requested'],
  ...['shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'reopened'],
]);

export function isJoinable(state: string): boolean {
  return JOINABLE.has(state);
}

async function join(
  tx: WriteTx,
  actor: Actor,
  receipt: Receipt,
  masterCaseId: string,
  reason: string,
  now: Date,
): Promise<Result<unknown>> {
  const stored = await findStored(tx, actor, receipt.id, true);
  if (!stored) return refuse('cases.not_found');
  return act(tx, actor, stored, { action: 'merge', masterCaseId, reason, expectedVersion: stored.state.version }, now);
}
