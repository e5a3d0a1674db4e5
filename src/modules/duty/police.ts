import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { AnswerOf, BodyOf } from '../../platform/http/contract.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { areaNames } from '../areas/index.ts';
import { registerCases } from '../cases/index.ts';
import type { listHandovers, takeHandover } from './contract.ts';
import { namesPerson } from './rules/identity.ts';

const tenant = sql`nullif(current_setting('app.tenant', true), '')::int`;

export type Handover = {
  readonly direction: 'to_110' | 'from_110';
  readonly theirReference: string | null;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly callId: string | null;
  readonly areaCode: string;
  readonly point: readonly [number, number] | null;
  readonly place: string | null;
  readonly matter: string;
};

/**
 * Records what goes over to 110 or comes from it: place and matter, and a number to refer to. A text that holds a
 * telephone or identity number is refused: who called is asked for by lawful request, never handed over here.
 */
export async function recordHandover(
  tx: WriteTx,
  actor: Actor,
  given: Handover,
  now: Date,
): Promise<Result<{ id: string; reference: string }>> {
  if ([given.matter, given.place ?? '', given.theirReference ?? ''].some(namesPerson))
    return refuse('duty.identity_in_text');
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM duty.police_handover
    WHERE tenant_id = ${tenant} AND reference LIKE ${`J${given.caseNumber}%`}`.execute(tx);
  const earlier = rows[0]?.count ?? 0;
  const reference = `J${given.caseNumber}${earlier === 0 ? '' : `-${earlier + 1}`}`;
  const id = uuidv7(now.getTime());
  const office = actor.kind === 'officer' ? (actor.posts[0]?.organisationId ?? null) : null;
  await sql`
    INSERT INTO duty.police_handover (tenant_id, id, reference, direction, their_reference, case_id, call_id, area_code,
      lon, lat, place, matter, at, by_organisation_id)
    VALUES (${tenant}, ${id}, ${reference}, ${given.direction}, ${given.theirReference}, ${given.caseId}, ${given.callId},
      ${given.areaCode}, ${given.point?.[0] ?? null}, ${given.point?.[1] ?? null}, ${given.place}, ${given.matter}, ${now},
      ${office})`.execute(tx);
  const payload = { reference, direction: given.direction, caseId: given.caseId, areaCode: given.areaCode };
  await publish(tx, { tenant: actor.tenant, kind: 'duty.police_handover', subject: id, at: now, payload });
  const entry = {
    action: 'duty.police_handover',
    targetKind: 'police_handover',
    targetId: id,
    result: 'done',
  } as const;
  await audit(tx, actor, { ...entry, details: { direction: given.direction, reference } }, now);
  return { id, reference };
}

/** Takes a matter over from 110: an urgent case without a requester, which then goes to who is on duty. */
export async function takeOver(
  app: App,
  tx: WriteTx,
  actor: Actor,
  body: BodyOf<typeof takeHandover>,
  now: Date,
): Promise<Result<AnswerOf<typeof takeHandover>>> {
  const { matter, place, theirReference, areaCode } = body;
  if (!covers(postsFor(app.permissions, actor, 'duty.police'), areaCode)) return refuse('duty.out_of_scope');
  if ([matter, place ?? '', theirReference].some(namesPerson)) return refuse('duty.identity_in_text');
  const point = body.point ? ([body.point.lon, body.point.lat] as const) : null;
  const [receipt] = await registerCases(
    tx,
    { vault: app.vault, rootCode: tenantPrefix(app) },
    actor,
    [
      {
        title: null,
        body: matter,
        classCode: body.classCode ?? null,
        place: { areaCode, point, text: place },
        channel: 'system',
        urgency: 'urgent',
        confidential: false,
        requester: null,
        anonymous: false,
        contactable: false,
        publicConsent: false,
        occurredAt: null,
        fileIds: [],
        settlement: null,
        imported: null,
      },
    ],
    now,
  );
  if (!receipt) throw new Error('a filing without an answer');
  if (isRefusal(receipt)) return receipt;
  const recorded = await recordHandover(
    tx,
    actor,
    {
      ...{ direction: 'from_110', theirReference, caseId: receipt.id, caseNumber: receipt.number, callId: null },
      ...{ areaCode: receipt.areaCode, point, place, matter },
    },
    now,
  );
  return isRefusal(recorded) ? recorded : { ...recorded, caseId: receipt.id, caseNumber: receipt.number };
}

type Row = {
  id: string;
  reference: string;
  direction: 'to_110' | 'from_110';
  their_reference: string | null;
  case_id: string;
  area_code: string;
  lon: number | null;
  lat: number | null;
  place: string | null;
  matter: string;
  at: Date;
};

/** One page, newest first, of the areas the actor's posts cover; each also as one text to print or read out. */
export async function pageOfHandovers(
  app: App,
  tx: ReadTx,
  actor: Actor,
  locale: Locale,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<AnswerOf<typeof listHandovers>>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const prefixes = postsFor(app.permissions, actor, 'duty.police').flatMap((post) => post.scope);
  const found = await sql<Row>`
    SELECT id, reference, direction, their_reference, case_id, area_code, lon, lat, place, matter, at
    FROM duty.police_handover h
    WHERE h.tenant_id = ${tenant}
      AND EXISTS (SELECT FROM unnest(${prefixes}::text[]) AS p (prefix) WHERE starts_with(h.area_code, p.prefix))
      ${after ? sql`AND (h.at, h.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY h.at DESC, h.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, page.limit);
  const areas = await areaNames(tx, [...new Set(rows.map((row) => row.area_code))]);
  const last = rows.at(-1);
  const items = rows.map((row) => {
    const path = (areas.get(row.area_code)?.path ?? row.area_code).split('/').filter((part) => part !== '');
    const where = `${path.join('')}${row.place ?? ''}`;
    const text = say(app.texts, locale, `duty.police.${row.direction}`, {
      reference: row.reference,
      theirs: row.their_reference ?? '—',
      at: shanghaiText(row.at),
      place: where,
      point: row.lon === null || row.lat === null ? '—' : `${row.lon.toFixed(5)}, ${row.lat.toFixed(5)}`,
      matter: row.matter,
    });
    return {
      id: row.id,
      reference: row.reference,
      direction: row.direction,
      theirReference: row.their_reference,
      caseId: row.case_id,
      at: row.at.toISOString(),
      place: {
        areaCode: row.area_code,
        path,
        text: row.place,
        point: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
      },
      matter: row.matter,
      text,
    };
  });
  return { items, next: found.rows.length > rows.length && last ? writePosition({ at: last.at, id: last.id }) : null };
}
