import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { SealedTable } from '../../platform/crypto/reseal.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { dueAt, loadCalendar, privacySettings } from '../catalogue/index.ts';
import { ENDED_STATES, findStored } from '../cases/index.ts';
import { checkIdentity, correctRequester, maskIdentity } from '../requesters/index.ts';
import type { PersonRequest } from './contract.ts';
import { eraseFromCase, type What } from './erasing.ts';
import { tenant } from './tenant.ts';

/** What a person asked for; sealed, since it holds what he wants to be known as. */
type Asked = {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly mail?: string | null;
  readonly text?: string | null;
  readonly what?: What;
};

export const SEALED_REQUESTS: SealedTable = {
  table: 'privacy.person_request',
  key: ['id'],
  sealed: ['asked', 'answer'],
  context: (column, row) => `person request:${row.id}:${column}`,
};

type Row = {
  id: string;
  case_id: string;
  number: string;
  kind: PersonRequest['kind'];
  state: PersonRequest['state'];
  asked: Buffer;
  answer: Buffer | null;
  created_at: Date;
  due_at: Date;
  decided_at: Date | null;
};

const COLUMNS = sql`p.id, p.case_id, c.number, p.kind, p.state, p.asked, p.answer, p.created_at, p.due_at, p.decided_at`;
const FROM = sql`privacy.person_request p JOIN cases.case_file c ON c.tenant_id = p.tenant_id AND c.id = p.case_id`;

/** Where a person's request comes from. */
export type Asking = { readonly tx: WriteTx; readonly actor: Actor; readonly caseId: string; readonly now: Date };

/** Keeps a wish to have name, phone or mail put right, for an officer to decide in time. */
export async function askCorrection(
  app: Pick<App, 'vault'>,
  asking: Asking,
  asked: Asked,
): Promise<Result<PersonRequest>> {
  const given = [asked.name, asked.phone, asked.mail, asked.text].some((part) => part !== null && part !== undefined);
  if (!given) return refuse('privacy.nothing_to_correct');
  const checked = checkIdentity(asked);
  if (isRefusal(checked)) return checked;
  return keepRequest(app.vault, asking, 'correction', asked);
}

export type DeletionAnswer = { readonly done: boolean; readonly request: PersonRequest | null };

/**
 * Deletes the identity of an ended case at once, as the person's own order. Everything else is kept for an officer to
 * decide: words belong to the record of what an office did, and an open case still needs its requester.
 */
export async function askDeletion(
  app: Pick<App, 'vault' | 'database' | 'files' | 'log'>,
  asking: Asking,
  asked: { readonly what: What; readonly text: string | null },
): Promise<Result<DeletionAnswer>> {
  const { tx, actor, caseId, now } = asking;
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) return refuse('privacy.case_token_needed');
  const ended = (ENDED_STATES as readonly string[]).includes(stored.state.state);
  if (asked.what === 'identity' && stored.state.requesterId === null) return refuse('privacy.no_identity');
  if (asked.what === 'identity' && ended) {
    const order = { order: `requester ${stored.state.number}`, at: now };
    const erased = await eraseFromCase(app, tx, actor, caseId, ['identity'], order);
    return isRefusal(erased) ? erased : { done: true, request: null };
  }
  const request = await keepRequest(app.vault, asking, 'deletion', asked);
  return isRefusal(request) ? request : { done: false, request };
}

async function keepRequest(
  vault: Vault,
  { tx, actor, caseId, now }: Asking,
  kind: PersonRequest['kind'],
  asked: Asked,
): Promise<Result<PersonRequest>> {
  const open = await sql`
    SELECT 1 FROM privacy.person_request
    WHERE tenant_id = ${tenant} AND case_id = ${caseId} AND kind = ${kind} AND state = 'open'`.execute(tx);
  if (open.rows.length > 0) return refuse('privacy.asked_already');
  const { answerDays } = await privacySettings(tx, now);
  const { due } = dueAt(now, answerDays, 'working_days', await loadCalendar(tx, now));
  const id = uuidv7();
  const sealed = vault.seal(vault.tenant, JSON.stringify(asked), contextOf(id, 'asked'));
  await sql`
    INSERT INTO privacy.person_request (tenant_id, id, case_id, kind, asked, state, created_at, due_at)
    VALUES (${tenant}, ${id}, ${caseId}, ${kind}, ${sealed}, 'open', ${now}, ${due})`.execute(tx);
  await audit(tx, actor, { action: `privacy.ask_${kind}`, targetKind: 'case', targetId: caseId, result: 'done' }, now);
  const row = await findRequest(tx, id, false);
  if (!row) throw new Error('a request is gone as soon as it was written');
  return present(vault, row, now);
}

async function findRequest(tx: ReadTx, id: string, lock: boolean): Promise<Row | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE p.tenant_id = ${tenant} AND p.id = ${id}::uuid
    ${lock ? sql`FOR UPDATE OF p` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

type Page = { readonly state: 'open' | 'decided'; readonly after?: string | undefined; readonly limit: number };

/** Open requests by their deadline, or decided ones, newest first. */
export async function listRequests(
  tx: ReadTx,
  vault: Vault,
  page: Page,
  now: Date,
): Promise<Result<{ items: PersonRequest[]; next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const open = page.state === 'open';
  const at = open ? sql`p.due_at` : sql`p.decided_at`;
  const beyond = after
    ? open
      ? sql`AND (p.due_at, p.id) > (${after.at}, ${after.id}::uuid)`
      : sql`AND (p.decided_at, p.id) < (${after.at}, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM ${FROM}
    WHERE p.tenant_id = ${tenant} AND ${open ? sql`p.state = 'open'` : sql`p.state <> 'open'`} ${beyond}
    ORDER BY ${at} ${open ? sql`ASC` : sql`DESC`}, p.id ${open ? sql`ASC` : sql`DESC`} LIMIT ${page.limit + 1}`.execute(
    tx,
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const position = last && { id: last.id, at: (open ? last.due_at : last.decided_at) ?? last.created_at };
  return {
    items: shown.map((row) => present(vault, row, now)),
    next: rows.length > shown.length && position ? writePosition(position) : null,
  };
}

/** What was asked in one case, newest first; for its requester. */
export async function requestsOf(tx: ReadTx, vault: Vault, caseId: string, now: Date): Promise<PersonRequest[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE p.tenant_id = ${tenant} AND p.case_id = ${caseId}
    ORDER BY p.created_at DESC LIMIT 20`.execute(tx);
  return rows.map((row) => present(vault, row, now));
}

type Decision = { readonly grant: boolean; readonly answer: string };

/** Decides a request; granting does it in the same transaction. */
export async function decideRequest(
  app: Pick<App, 'vault' | 'database' | 'files' | 'log'>,
  tx: WriteTx,
  actor: Actor,
  id: string,
  decision: Decision,
  now: Date,
): Promise<Result<PersonRequest>> {
  const row = await findRequest(tx, id, true);
  if (!row) return refuse('privacy.no_request');
  if (row.state !== 'open') return refuse('privacy.decided_already');
  const done = decision.grant ? await carryOut(app, tx, actor, row, now) : null;
  if (isRefusal(done)) return done;
  const state = decision.grant ? 'granted' : 'refused';
  const answer = app.vault.seal(app.vault.tenant, decision.answer, contextOf(id, 'answer'));
  await sql`
    UPDATE privacy.person_request SET state = ${state}, decided_at = ${now}, decided_by = ${actorId(actor)}, answer = ${answer}
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  const entry = {
    action: 'privacy.decide_request',
    targetKind: 'person_request',
    targetId: id,
    result: 'done',
  } as const;
  await audit(tx, actor, { ...entry, details: { state, kind: row.kind } }, now);
  return present(app.vault, { ...row, state, answer, decided_at: now }, now);
}

async function carryOut(
  app: Pick<App, 'vault' | 'database' | 'files' | 'log'>,
  tx: WriteTx,
  actor: Actor,
  row: Row,
  now: Date,
): Promise<Result<unknown>> {
  const asked = askedIn(app.vault, row);
  if (row.kind === 'deletion') {
    const order = { order: `request ${row.id}`, at: now };
    return eraseFromCase(app, tx, actor, row.case_id, [asked.what ?? 'content'], order);
  }
  const stored = await findStored(tx, actor, row.case_id, true);
  const requesterId = stored?.state.requesterId ?? null;
  const given = Object.fromEntries(
    (['name', 'phone', 'mail'] as const).flatMap((part) => (asked[part] ? [[part, asked[part]]] : [])),
  );
  if (requesterId === null || Object.keys(given).length === 0) return null;
  return correctRequester(tx, app.vault, actor, requesterId, given, now);
}

function askedIn(vault: Vault, row: Row): Asked {
  return JSON.parse(vault.open(vault.tenant, row.asked, contextOf(row.id, 'asked'))) as Asked;
}

/** New names and numbers are masked: whoever decides needs to know which part, not the number. */
function present(vault: Vault, row: Row, now: Date): PersonRequest {
  const asked = askedIn(vault, row);
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    late: row.state === 'open' && now > row.due_at,
    asked: { ...maskIdentity(asked), text: asked.text ?? null, what: asked.what ?? null },
    answer: row.answer ? vault.open(vault.tenant, row.answer, contextOf(row.id, 'answer')) : null,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

function contextOf(id: string, column: 'asked' | 'answer'): string {
  return `person request:${id}:${column}`;
}
