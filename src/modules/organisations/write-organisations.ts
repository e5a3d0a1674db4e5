import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import type { BodyOf } from '../../platform/http/contract.ts';
import { isOpenArea } from '../areas/index.ts';
import type { addKind, changeOrganisation, closeOrganisation, createOrganisation } from './contract.ts';
import { refuseReferenced } from './references.ts';
import { holdsOn, levelOfCode, type Organisation } from './rules/organisation.ts';
import { findOrganisation, organisationKinds } from './store.ts';
import { tenant } from './rows.ts';
import { refuseLastAdministrator } from './write-posts.ts';

type Lines = { readonly lineSuperiorId: string | null; readonly directingBodyId: string | null };

/** Enters a kind of body. */
export async function insertKind(tx: WriteTx, kind: BodyOf<typeof addKind>): Promise<Result<{ kind: string }>> {
  const done = await sql`
    INSERT INTO organisations.kind (tenant_id, kind, name_zh, name_en, levels, station, position)
    VALUES (${tenant}, ${kind.kind}, ${kind.nameZh}, ${kind.nameEn}, ${kind.levels}::text[], ${kind.station},
      (SELECT coalesce(max(position), 0) + 1 FROM organisations.kind WHERE tenant_id = ${tenant}))
    ON CONFLICT DO NOTHING`.execute(tx);
  return done.numAffectedRows === 0n ? refuse('organisations.kind_taken', { kind: kind.kind }) : { kind: kind.kind };
}

/** Enters an organisation; the caller has checked that the actor may do so in its area. */
export async function insertOrganisation(
  tx: WriteTx,
  body: BodyOf<typeof createOrganisation>,
  now: Date,
): Promise<Result<Organisation>> {
  const kind = (await organisationKinds(tx)).find((one) => one.kind === body.kind);
  if (!kind) return refuse('organisations.kind_unknown', { kind: body.kind });
  const level = levelOfCode(body.areaCode);
  if (level === null || !kind.levels.includes(level)) return refuse('organisations.kind_level');
  if (!(await isOpenArea(tx, body.areaCode, now))) {
    return refuse('organisations.area_unknown', { code: body.areaCode });
  }
  const made: Organisation = {
    ...body,
    id: uuidv7(now.getTime()),
    level,
    validFrom: body.validFrom ?? dayOf(now),
    validTo: null,
    version: 1,
  };
  const refusal = (await refuseName(tx, made)) ?? (await refuseLines(tx, made, made.id, now));
  if (refusal) return refusal;
  await sql`
    INSERT INTO organisations.organisation (tenant_id, id, kind, level, name, name_en, short_name, area_code,
      line_superior_id, directing_body_id, phone, complaint_phone, external, valid_from)
    VALUES (${tenant}, ${made.id}, ${made.kind}, ${made.level}, ${made.name}, ${made.nameEn}, ${made.shortName},
      ${made.areaCode}, ${made.lineSuperiorId}, ${made.directingBodyId}, ${made.phone}, ${made.complaintPhone},
      ${made.external}, ${made.validFrom}::date)`.execute(tx);
  return made;
}

async function refuseName(
  tx: ReadTx,
  of: { readonly id: string; readonly name: string; readonly areaCode: string },
): Promise<Refusal | null> {
  const twin = await sql`
    SELECT 1 FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.area_code = ${of.areaCode} AND o.name = ${of.name} AND o.valid_to IS NULL
      AND o.id <> ${of.id}::uuid`.execute(tx);
  return twin.rows.length > 0 ? refuse('organisations.name_taken', { name: of.name }) : null;
}

/** Both lines must lead to an open body, and upwards never back to the organisation itself. */
async function refuseLines(tx: ReadTx, lines: Lines, id: string, now: Date): Promise<Refusal | null> {
  for (const line of ['lineSuperiorId', 'directingBodyId'] as const) {
    let above = lines[line];
    for (let steps = 0; above !== null; steps += 1) {
      if (above === id || steps > 20) return refuse('organisations.line_circle');
      const found: Organisation | null = await findOrganisation(tx, above);
      if (!found || (steps === 0 && !holdsOn(found, dayOf(now)))) return refuse('organisations.line_unknown');
      above = found[line];
    }
  }
  return null;
}

/** Says why the organisation, as loaded and locked, cannot be changed from the version the actor saw. */
function refuseChange(organisation: Organisation, version: number, today: string): Refusal | null {
  if (organisation.validTo !== null && organisation.validTo <= today) {
    return refuse('organisations.closed', { name: organisation.name });
  }
  return organisation.version === version ? null : refuse('organisations.stale', { version: organisation.version });
}

/** Renames, moves between lines, or corrects office numbers; keeps the former name. */
export async function updateOrganisation(
  tx: WriteTx,
  before: Organisation,
  body: BodyOf<typeof changeOrganisation>,
  now: Date,
): Promise<Result<{ version: number; renamed: boolean }>> {
  const refusal =
    refuseChange(before, body.version, dayOf(now)) ??
    (await refuseName(tx, { id: before.id, name: body.name, areaCode: before.areaCode })) ??
    (await refuseLines(tx, body, before.id, now));
  if (refusal) return refusal;
  const renamed = body.name !== before.name || body.nameEn !== before.nameEn || body.shortName !== before.shortName;
  if (renamed) {
    await sql`
      INSERT INTO organisations.former_name (tenant_id, organisation_id, version, name, name_en, short_name, until_date)
      VALUES (${tenant}, ${before.id}, ${before.version}, ${before.name}, ${before.nameEn}, ${before.shortName},
        ${dayOf(now)}::date)`.execute(tx);
  }
  await sql`
    UPDATE organisations.organisation SET name = ${body.name}, name_en = ${body.nameEn},
      short_name = ${body.shortName}, line_superior_id = ${body.lineSuperiorId},
      directing_body_id = ${body.directingBodyId}, phone = ${body.phone}, complaint_phone = ${body.complaintPhone},
      version = version + 1
    WHERE tenant_id = ${tenant} AND id = ${before.id}`.execute(tx);
  return { version: before.version + 1, renamed };
}

/** Why the organisation cannot close now, apart from who asks; null when it can. */
export async function refuseClosing(
  tx: ReadTx,
  organisation: Organisation,
  today: string,
  successorId: string | null,
): Promise<Refusal | null> {
  const below = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND (o.line_superior_id = ${organisation.id} OR o.directing_body_id = ${organisation.id})
      AND (o.valid_to IS NULL OR o.valid_to > ${today}::date)`.execute(tx);
  const count = below.rows[0]?.count ?? 0;
  if (count > 0) return refuse('organisations.has_subordinates', { count });
  return refuseReferenced(tx, organisation.id, successorId);
}

/** Closes an organisation from a day on and ends its posts with it. */
export async function endOrganisation(
  tx: WriteTx,
  actor: Actor,
  organisation: Organisation,
  body: BodyOf<typeof closeOrganisation>,
  now: Date,
): Promise<Result<{ endedPosts: readonly string[] }>> {
  const today = dayOf(now);
  const refusal =
    refuseChange(organisation, body.version, today) ??
    (body.endsOn < today || body.endsOn < organisation.validFrom ? refuse('organisations.ending_in_past') : null) ??
    (await refuseClosing(tx, organisation, today, body.successorId)) ??
    (await refuseSuccessor(tx, organisation.id, body));
  if (refusal) return refusal;
  await sql`
    UPDATE organisations.organisation
    SET valid_to = ${body.endsOn}::date, successor_id = ${body.successorId}, version = version + 1
    WHERE tenant_id = ${tenant} AND id = ${organisation.id}`.execute(tx);
  const ended = await sql<{ id: string; role: string }>`
    UPDATE organisations.post SET valid_to = greatest(valid_from, ${body.endsOn}::date), ended_at = ${now},
      ended_by = ${actorId(actor)}
    WHERE tenant_id = ${tenant} AND organisation_id = ${organisation.id}
      AND (valid_to IS NULL OR valid_to > ${body.endsOn}::date)
    RETURNING id, role`.execute(tx);
  const payload = { successorId: body.successorId, endsOn: body.endsOn };
  const closed = { tenant: actor.tenant, kind: 'organisation.closed', subject: organisation.id, at: now, payload };
  await publish(tx, closed);
  const administers = ended.rows.some((row) => row.role === 'administrator');
  const last = administers ? await refuseLastAdministrator(tx, body.endsOn) : null;
  return last ?? { endedPosts: ended.rows.map((row) => row.id) };
}

async function refuseSuccessor(
  tx: ReadTx,
  id: string,
  body: { readonly successorId: string | null; readonly endsOn: string },
): Promise<Refusal | null> {
  if (body.successorId === null) return null;
  const successor = body.successorId === id ? null : await findOrganisation(tx, body.successorId);
  return successor && holdsOn(successor, body.endsOn) ? null : refuse('organisations.line_unknown');
}
