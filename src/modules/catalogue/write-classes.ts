import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { BodyOf } from '../../platform/http/contract.ts';
import type { changeClass, closeClass, createClass, setDeadline } from './contract.ts';
import { type CaseClass, refuseChild } from './rules/case-class.ts';
import { effectiveFrom } from './rules/dating.ts';
import { DEFAULT, refuseAmount } from './rules/deadlines.ts';
import { tenant } from './rows.ts';
import { findClass, listClasses } from './store.ts';

type Facts = Omit<BodyOf<typeof createClass>, 'code' | 'from' | 'note'>;

/** Lets one change of the catalogue happen at a time in a tenant; released at the end of the transaction. */
export async function lockCatalogue(tx: WriteTx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('catalogue'), ${tenant})`.execute(tx);
}

/** Begins a version of the catalogue at a moment. */
async function newVersion(tx: WriteTx, actor: Actor, from: Date, note: string | null, now: Date): Promise<number> {
  const made = await sql<{ version: number }>`
    INSERT INTO catalogue.catalogue_version (tenant_id, version, valid_from, note, created_at, created_by)
    VALUES (${tenant}, (SELECT coalesce(max(version), 0) + 1 FROM catalogue.catalogue_version
      WHERE tenant_id = ${tenant}), ${from}, ${note ?? ''}, ${now}, ${actorId(actor)})
    RETURNING version`.execute(tx);
  const version = made.rows[0]?.version;
  if (version === undefined) throw new Error('no version of the catalogue was made');
  return version;
}

/** Only one change of a class may lie ahead, so that the order of changes is never in doubt. */
async function refusePlanned(tx: ReadTx, code: string, now: Date): Promise<Refusal | null> {
  const found = await sql<{ at: Date | null }>`
    SELECT max(greatest(valid_from, coalesce(valid_to, valid_from))) AS at FROM catalogue.class
    WHERE tenant_id = ${tenant} AND code = ${code}`.execute(tx);
  const at = found.rows[0]?.at;
  return at && at > now ? refuse('catalogue.change_planned', { day: dayOf(at) }) : null;
}

async function insertClass(
  tx: WriteTx,
  of: { readonly code: string; readonly parentCode: string | null; readonly fallback: boolean },
  facts: Facts,
  version: number,
  from: Date,
): Promise<void> {
  await sql`
    INSERT INTO catalogue.class (tenant_id, code, version, parent_code, name_zh, name_en, keywords, lane, sensitivity,
      default_urgency, petition, settle_on_spot, needs_photo, call_back_before, fallback, valid_from)
    VALUES (${tenant}, ${of.code}, ${version}, ${of.parentCode}, ${facts.nameZh}, ${facts.nameEn},
      ${[...new Set(facts.keywords)]}::text[], ${facts.lane}, ${facts.sensitivity}, ${facts.defaultUrgency},
      ${facts.petition}, ${facts.settleOnSpot}, ${facts.needsPhoto}, ${facts.callBackBefore}, ${of.fallback},
      ${from})`.execute(tx);
}

/** Adds a class from a moment on. */
export async function addClass(
  tx: WriteTx,
  actor: Actor,
  body: BodyOf<typeof createClass>,
  now: Date,
): Promise<Result<{ version: number }>> {
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const taken = await sql`SELECT 1 FROM catalogue.class WHERE tenant_id = ${tenant} AND code = ${body.code}`.execute(
    tx,
  );
  if (taken.rows.length > 0) return refuse('catalogue.code_taken', { code: body.code });
  const parentCode = body.code.length === 4 ? body.code.slice(0, 2) : null;
  const misfit = parentCode === null ? null : await refuseUnderParent(tx, parentCode, body, from);
  if (misfit) return misfit;
  const version = await newVersion(tx, actor, from, body.note, now);
  await insertClass(tx, { code: body.code, parentCode, fallback: false }, body, version, from);
  return { version };
}

async function refuseUnderParent(
  tx: ReadTx,
  parentCode: string,
  child: Pick<CaseClass, 'sensitivity' | 'petition'>,
  at: Date,
): Promise<Refusal | null> {
  const parent = await findClass(tx, parentCode, at);
  if (!parent) return refuse('catalogue.class_unknown', { code: parentCode });
  const code = refuseChild(parent, child);
  return code === null ? null : refuse(code);
}

/** Makes a new version of a class from a moment on; the one before ends there. */
export async function reviseClass(
  tx: WriteTx,
  actor: Actor,
  code: string,
  body: BodyOf<typeof changeClass>,
  now: Date,
): Promise<Result<{ version: number }>> {
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const before = await findClass(tx, code, now);
  if (!before) return refuse('catalogue.class_unknown', { code });
  const planned = await refusePlanned(tx, code, now);
  if (planned) return planned;
  if ((await rowVersion(tx, code, before.validFrom)) !== body.seen) return refuse('catalogue.stale');
  const misfit =
    before.parentCode === null
      ? await refuseOverChildren(tx, code, body, from)
      : await refuseUnderParent(tx, before.parentCode, body, from);
  if (misfit) return misfit;
  const version = await newVersion(tx, actor, from, body.note, now);
  await endRow(tx, code, before.validFrom, from);
  await insertClass(tx, before, body, version, from);
  return { version };
}

async function rowVersion(tx: ReadTx, code: string, validFrom: Date): Promise<number | undefined> {
  const found = await sql<{ version: number }>`
    SELECT max(version) AS version FROM catalogue.class
    WHERE tenant_id = ${tenant} AND code = ${code} AND valid_from = ${validFrom}`.execute(tx);
  return found.rows[0]?.version;
}

async function endRow(tx: WriteTx, code: string, validFrom: Date, to: Date): Promise<void> {
  await sql`
    UPDATE catalogue.class SET valid_to = ${to}
    WHERE tenant_id = ${tenant} AND code = ${code} AND valid_from = ${validFrom} AND valid_to IS NULL`.execute(tx);
}

/** A sealed class has only sealed classes below it, and a petition class only petition classes. */
async function refuseOverChildren(tx: ReadTx, code: string, upper: Facts, at: Date): Promise<Refusal | null> {
  const children = (await listClasses(tx, at)).filter((each) => each.parentCode === code);
  const misfit = children.find((child) => refuseChild({ ...upper, parentCode: null }, child) !== null);
  return misfit ? refuse('catalogue.children_not_sealed', { name: misfit.nameZh, code: misfit.code }) : null;
}

/** Why a class cannot be closed at `now`; null when it can. */
export async function refuseClosing(tx: ReadTx, caseClass: CaseClass, now: Date): Promise<Refusal | null> {
  if (caseClass.fallback) return refuse('catalogue.fallback_needed');
  const children = await sql<{ count: number }>`
    SELECT count(DISTINCT code)::int AS count FROM catalogue.class
    WHERE tenant_id = ${tenant} AND parent_code = ${caseClass.code} AND (valid_to IS NULL OR valid_to > ${now})`.execute(
    tx,
  );
  const count = children.rows[0]?.count ?? 0;
  return count > 0 ? refuse('catalogue.has_children', { count }) : refusePlanned(tx, caseClass.code, now);
}

/** Closes a class to new cases from a moment on, and with it its entries of the dispatch list. */
export async function shutClass(
  tx: WriteTx,
  actor: Actor,
  code: string,
  body: BodyOf<typeof closeClass>,
  now: Date,
): Promise<Result<{ version: number; endedEntries: number }>> {
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const before = await findClass(tx, code, now);
  if (!before) return refuse('catalogue.class_unknown', { code });
  const refusal = await refuseClosing(tx, before, now);
  if (refusal) return refusal;
  const version = await newVersion(tx, actor, from, body.note, now);
  await endRow(tx, code, before.validFrom, from);
  const ended = await sql`
    UPDATE catalogue.dispatch_entry SET valid_to = greatest(valid_from, ${from}), ended_by = ${actorId(actor)},
      end_reason = ${body.note}
    WHERE tenant_id = ${tenant} AND class_code = ${code} AND (valid_to IS NULL OR valid_to > ${from})`.execute(tx);
  return { version, endedEntries: Number(ended.numAffectedRows ?? 0n) };
}

/** Lays down a deadline, or takes a class's own away so that it inherits again. */
export async function putDeadline(
  tx: WriteTx,
  actor: Actor,
  body: BodyOf<typeof setDeadline>,
  now: Date,
): Promise<Result<{ version: number }>> {
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const misfit = body.deadline === null ? null : refuseAmount(body.deadline);
  if (misfit) return refuse(misfit);
  if (body.classCode !== DEFAULT && !(await findClass(tx, body.classCode, now))) {
    return refuse('catalogue.class_unknown', { code: body.classCode });
  }
  const last = await lastDeadline(tx, body);
  if (last && last.valid_from > now) return refuse('catalogue.change_planned', { day: dayOf(last.valid_from) });
  if (body.deadline === null && body.classCode === DEFAULT) return refuse('catalogue.default_needed');
  if (body.deadline === null && !last) return refuse('catalogue.inherits_already');
  const version = await newVersion(tx, actor, from, body.note, now);
  if (last) {
    await sql`UPDATE catalogue.deadline SET valid_to = ${from} WHERE tenant_id = ${tenant} AND id = ${last.id}`.execute(
      tx,
    );
  }
  if (body.deadline) {
    await sql`
      INSERT INTO catalogue.deadline (tenant_id, id, version, class_code, stage, amount, clock, basis, valid_from,
        created_by)
      VALUES (${tenant}, ${uuidv7(now.getTime())}, ${version}, ${body.classCode}, ${body.stage},
        ${body.deadline.amount}, ${body.deadline.clock}, ${body.basis ?? ''}, ${from}, ${actorId(actor)})`.execute(tx);
  }
  return { version };
}

/** The newest row of a class and stage that is not ended. */
async function lastDeadline(
  tx: ReadTx,
  of: { readonly classCode: string; readonly stage: string },
): Promise<{ id: string; valid_from: Date } | undefined> {
  const found = await sql<{ id: string; valid_from: Date }>`
    SELECT id, valid_from FROM catalogue.deadline
    WHERE tenant_id = ${tenant} AND class_code = ${of.classCode} AND stage = ${of.stage} AND valid_to IS NULL
    ORDER BY valid_from DESC LIMIT 1`.execute(tx);
  return found.rows[0];
}
