import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { ENDED_STATES, type EndedCase, endedCases, eraseCaseContent, findStored } from '../cases/index.ts';
import { eraseRequester } from '../requesters/index.ts';
import { dueFor, earliestDue, type RetentionRule } from './rules/retention.ts';
import { tenant } from './tenant.ts';

export type What = 'identity' | 'content';
type Parts = Pick<App, 'database' | 'files' | 'log'>;
type Order = { readonly order: string; readonly at: Date };

/**
 * Erases identity or words of one ended case and keeps that it was done, by which order. What is gone already is no
 * error. Refuses `cases.not_found`, `cases.not_ended`.
 */
export async function eraseFromCase(
  app: Parts,
  tx: WriteTx,
  actor: Actor,
  caseId: string,
  what: readonly What[],
  order: Order,
): Promise<Result<readonly What[]>> {
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) return refuse('cases.not_found');
  if (!(ENDED_STATES as readonly string[]).includes(stored.state.state)) return refuse('cases.not_ended');
  const done: What[] = [];
  for (const part of what) {
    if (await wasErased(tx, caseId, part)) continue;
    const { requesterId } = stored.state;
    if (part === 'identity' && requesterId === null) continue;
    const erased =
      part === 'identity'
        ? await eraseRequester(tx, actor, requesterId ?? '', order)
        : await eraseCaseContent(app, tx, actor, caseId, order);
    if (isRefusal(erased)) return erased;
    await keepErasure(tx, actor, caseId, part, order);
    done.push(part);
  }
  return done;
}

async function wasErased(tx: ReadTx, caseId: string, what: What): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM privacy.erasure WHERE tenant_id = ${tenant} AND case_id = ${caseId} AND what = ${what} LIMIT 1`.execute(
    tx,
  );
  return rows.length > 0;
}

async function keepErasure(tx: WriteTx, actor: Actor, caseId: string, what: What, { order, at }: Order): Promise<void> {
  await sql`
    INSERT INTO privacy.erasure (tenant_id, id, case_id, what, order_ref, at, erased_by)
    VALUES (${tenant}, ${uuidv7()}, ${caseId}, ${what}, ${order}, ${at}, ${actorId(actor)})`.execute(tx);
  const entry = { action: `privacy.erase_${what}`, targetKind: 'case', targetId: caseId, result: 'done' } as const;
  await audit(tx, actor, { ...entry, details: { order } }, at);
}

export type RuleRow = RetentionRule & {
  readonly basis: string;
  readonly validFrom: Date;
  readonly validTo: Date | null;
};

/** Rules in force, and with `all` those that ended. */
export async function retentionRules(tx: ReadTx, all = false): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`
    SELECT id, class_prefix AS "classPrefix", identity_months AS "identityMonths", content_months AS "contentMonths", basis,
      valid_from AS "validFrom", valid_to AS "validTo"
    FROM privacy.retention_rule WHERE tenant_id = ${tenant} ${all ? sql`` : sql`AND valid_to IS NULL`}
    ORDER BY valid_to IS NOT NULL, class_prefix, valid_from DESC LIMIT 500`.execute(tx);
  return rows;
}

type NewRule = Omit<RetentionRule, 'id'> & { readonly basis: string };

/** Ends the rule of this prefix and begins another. Refuses `privacy.content_before_identity`. */
export async function putRetention(tx: WriteTx, actor: Actor, rule: NewRule, now: Date): Promise<Result<RuleRow>> {
  if (rule.contentMonths !== null && rule.contentMonths < rule.identityMonths) {
    return refuse('privacy.content_before_identity');
  }
  await sql`
    UPDATE privacy.retention_rule SET valid_to = ${now}
    WHERE tenant_id = ${tenant} AND class_prefix = ${rule.classPrefix} AND valid_to IS NULL`.execute(tx);
  const id = uuidv7();
  await sql`
    INSERT INTO privacy.retention_rule (tenant_id, id, class_prefix, identity_months, content_months, basis, valid_from, made_by)
    VALUES (${tenant}, ${id}, ${rule.classPrefix}, ${rule.identityMonths}, ${rule.contentMonths}, ${rule.basis}, ${now},
      ${actorId(actor)})`.execute(tx);
  const details = { identityMonths: rule.identityMonths, contentMonths: rule.contentMonths, class: rule.classPrefix };
  const entry = {
    action: 'privacy.set_retention',
    targetKind: 'retention_rule',
    targetId: id,
    result: 'done',
    details,
  } as const;
  await audit(tx, actor, entry, now);
  return { ...rule, id, validFrom: now, validTo: null };
}

/** Cases of one transaction: few enough that no lock is felt. */
const BATCH = 50;

export type DueCase = EndedCase & { readonly what: readonly What[]; readonly ruleId: string };

type DuePage = { readonly due: readonly DueCase[]; readonly last: EndedCase | null; readonly looked: number };

/** A page of what is due; `last` tells where to go on, null at the end. */
export async function dueCases(
  tx: ReadTx,
  actor: Actor,
  now: Date,
  after: Pick<EndedCase, 'id' | 'endedAt'> | null,
  limit: number,
): Promise<DuePage> {
  const rules = await retentionRules(tx);
  const before = earliestDue(rules, now);
  if (before === null) return { due: [], last: null, looked: 0 };
  const found = await endedCases(tx, actor, before, after, limit);
  const due = found.flatMap((one) => {
    const of = dueFor(rules, one, now);
    if (!of) return [];
    const what: What[] = [];
    if (of.identity && one.hasIdentity) what.push('identity');
    if (of.content && one.hasContent) what.push('content');
    return what.length === 0 ? [] : [{ ...one, what, ruleId: of.ruleId }];
  });
  return { due, last: found.length === limit ? (found.at(-1) ?? null) : null, looked: found.length };
}

/**
 * Erases what has been kept long enough, batch by batch; answers how much of each. Each erasure names the rule it
 * follows, and each batch is a transaction of its own, so that a run that was stopped goes on the next time.
 */
export async function runRetention(
  app: Parts & Pick<App, 'now' | 'config'>,
  stopping: () => boolean = () => false,
): Promise<Readonly<Record<What, number>>> {
  const actor = systemActor(app.config.tenant, 'retention');
  const counts = { identity: 0, content: 0 };
  let after: EndedCase | null = null;
  do {
    const now = app.now();
    const from: EndedCase | null = after;
    const page: DuePage = await app.database.read(actor, (tx) => dueCases(tx, actor, now, from, BATCH));
    for (const one of page.due) {
      const order = { order: `retention ${one.ruleId}`, at: now };
      const done = await app.database.transact(actor, (tx) => eraseFromCase(app, tx, actor, one.id, one.what, order));
      // One that was reopened meanwhile is kept; it comes again when it has ended.
      if (!isRefusal(done)) for (const what of done) counts[what]++;
    }
    after = page.last;
  } while (after !== null && !stopping());
  if (counts.identity + counts.content > 0) app.log.info(counts, 'erased what was kept long enough');
  return counts;
}

type ErasureRow = { id: string; number: string; what: What; order: string; at: Date; erased_by: string };

/** What was erased, newest first. */
export async function listErasures(
  tx: ReadTx,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ items: ErasureRow[]; next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const { rows } = await sql<ErasureRow>`
    SELECT e.id, c.number, e.what, e.order_ref AS "order", e.at, e.erased_by FROM privacy.erasure e
    JOIN cases.case_file c ON c.tenant_id = e.tenant_id AND c.id = e.case_id
    WHERE e.tenant_id = ${tenant} ${after ? sql`AND (e.at, e.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY e.at DESC, e.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, next: rows.length > items.length && last ? writePosition(last) : null };
}

export async function erasuresOf(tx: ReadTx, caseId: string): Promise<{ what: What; order: string; at: Date }[]> {
  const { rows } = await sql<{ what: What; order: string; at: Date }>`
    SELECT what, order_ref AS "order", at FROM privacy.erasure
    WHERE tenant_id = ${tenant} AND case_id = ${caseId} ORDER BY at`.execute(tx);
  return rows;
}
