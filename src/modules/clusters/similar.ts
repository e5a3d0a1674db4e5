import { type RawBuilder, sql } from 'kysely';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { areaNames } from '../areas/index.ts';
import { metresBetween, visibleCases } from '../cases/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import type { SimilarCase } from './contract.ts';
import { LIKELY, likenessOf, type Telling } from './rules/alike.ts';
import { lookUpKeys, OLDEST_DAYS, tellingWords } from './signatures.ts';

export type Question = {
  readonly text: string;
  readonly areaCode: string | null;
  readonly classCode: string | null;
  readonly point: readonly [number, number] | null;
  /** Not to be answered: the case asked about and what belongs to it. */
  readonly except?: readonly string[];
};

/** What a look-up compares at most, the newest first. */
const MOST_COMPARED = 300;
/** Of what shares a key, before it is known what of it the actor may see. */
const MOST_LOOKED_UP = 1000;
const MOST_ANSWERED = 6;

type Found = {
  id: string;
  words: string[];
  weights: number[];
  classCode: string;
  areaCode: string;
  lon: number | null;
  lat: number | null;
  openedAt: Date;
};
export type Hit = {
  readonly id: string;
  readonly score: number;
  readonly shared: readonly string[];
  readonly metres: number | null;
};

/** What nobody can join any more. */
const OUT = ['merged', 'rejected', 'referred', 'withdrawn', 'voided'];

/** Cases the actor may see that are likely about the same matter, likeliest first; by index, however many there are. */
export function similarCases(app: App, tx: ReadTx, actor: Actor, question: Question, now: Date): Promise<Hit[]> {
  const from = sql`cases.case_file c`;
  const place = sql`c.class_code AS "classCode", c.area_code AS "areaCode", c.lon, c.lat`;
  return find(tx, actor.tenant, 'case', question, { from, place, where: visibleCases(app.permissions, actor) }, now);
}

/** The same among what was released to everybody, by the released words and place alone. */
export function similarReleased(tx: ReadTx, tenant: number, question: Question, now: Date): Promise<Hit[]> {
  const from = sql`cases.case_file c
    JOIN cases.public_release r ON r.tenant_id = c.tenant_id AND r.case_id = c.id`;
  const place = sql`c.class_code AS "classCode", r.area_code AS "areaCode", r.lon, r.lat`;
  const where = sql<boolean>`c.public_state = 'released' AND c.sensitivity = 'normal'`;
  return find(tx, tenant, 'released', question, { from, place, where }, now);
}

type Part = {
  readonly from: RawBuilder<unknown>;
  readonly place: RawBuilder<unknown>;
  readonly where: RawBuilder<boolean>;
};

async function find(
  tx: ReadTx,
  tenant: number,
  source: 'case' | 'released',
  question: Question,
  { from, place, where }: Part,
  now: Date,
): Promise<Hit[]> {
  const words = tellingWords(question.text);
  if (words.length === 0) return [];
  const { rows } = await sql<Found>`
    SELECT c.id, s.words, s.weights, ${place}, s.opened_at AS "openedAt"
    FROM ${from} JOIN clusters.signature s ON s.tenant_id = c.tenant_id AND s.case_id = c.id
    WHERE s.tenant_id = ${tenant} AND s.source = ${source} AND s.case_id = ANY(ARRAY(SELECT unnest(
        clusters.cases_with_keys(${[...lookUpKeys(words, question.areaCode, now)]}::text[], ${source},
          ${new Date(now.getTime() - OLDEST_DAYS * 86_400_000)}, ${MOST_LOOKED_UP}))))
      AND c.state <> ALL(${OUT}) AND c.id <> ALL(${[...(question.except ?? [])]}::uuid[]) AND ${where}
    ORDER BY s.opened_at DESC LIMIT ${MOST_COMPARED}`.execute(tx);
  return rows
    .map((row) => likeness(question, words, row, now))
    .filter(({ score }) => score >= LIKELY)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
    .slice(0, MOST_ANSWERED);
}

function likeness(question: Question, words: readonly Telling[], row: Found, now: Date): Hit {
  const point = row.lon === null || row.lat === null ? null : ([row.lon, row.lat] as const);
  const metres = question.point && point ? Math.round(metresBetween(question.point, point)) : null;
  const other = {
    words: row.words.map((word, at) => ({ word, weight: row.weights[at] ?? 0 })),
    classCode: row.classCode,
    areaCode: row.areaCode,
    point,
    at: row.openedAt,
  };
  return { id: row.id, metres, ...likenessOf({ ...question, words, at: now }, other, metres, now) };
}

type Row = {
  id: string;
  number: string;
  version: number;
  state: string;
  title: string;
  body: string;
  classCode: string;
  areaCode: string;
  openedAt: Date;
  leadId: string | null;
  duplicates: number;
};

/** Hits as the office reads them, in their order. Only what the actor may see comes back. */
export async function presentSimilar(app: App, tx: ReadTx, actor: Actor, hits: readonly Hit[]): Promise<SimilarCase[]> {
  const { rows } = await sql<Row>`
    SELECT c.id, c.number, c.version, c.state, t.title, t.body, c.class_code AS "classCode", c.area_code AS "areaCode",
      c.opened_at AS "openedAt", c.lead_organisation_id AS "leadId",
      jsonb_array_length(c.facts -> 'duplicateIds') AS duplicates
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ANY(${hits.map(({ id }) => id)}::uuid[])
      AND ${visibleCases(app.permissions, actor)}`.execute(tx);
  const classes = await classNames(
    tx,
    rows.map(({ classCode }) => classCode),
  );
  const areas = await areaNames(
    tx,
    rows.map(({ areaCode }) => areaCode),
  );
  const offices = await organisationNames(
    tx,
    rows.flatMap(({ leadId }) => leadId ?? []),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return hits.flatMap((hit) => {
    const row = byId.get(hit.id);
    if (!row) return [];
    const { classCode, areaCode, openedAt, leadId, ...rest } = row;
    const office = leadId === null ? undefined : offices.get(leadId);
    const name = classes.get(classCode);
    return [
      {
        ...rest,
        class: { code: classCode, nameZh: name?.nameZh ?? classCode, nameEn: name?.nameEn ?? classCode },
        path: (areas.get(areaCode)?.path ?? '').split('/').filter((part) => part !== ''),
        openedAt: openedAt.toISOString(),
        lead:
          leadId === null || !office
            ? null
            : { id: leadId, name: office.name, nameEn: office.nameEn, shortName: office.shortName },
        score: hit.score,
        shared: [...hit.shared],
        metres: hit.metres,
      },
    ];
  });
}
