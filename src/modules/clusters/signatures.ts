import { sql } from 'kysely';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { keywords } from '../../platform/search/words.ts';
import { dayOf } from '../../kit/time.ts';
import { keysFor, type Telling } from './rules/alike.ts';

/** More words than this tell no more what a request is about. */
const MOST_WORDS = 16;
/** Names of whole divisions stand in too many requests to tell two of them apart. */
const DIVISION = /[省市县区乡镇]$|街道$/;

/** What a text is about. */
export function tellingWords(text: string): readonly Telling[] {
  return keywords(text, MOST_WORDS + 4)
    .filter(({ word }) => !DIVISION.test(word))
    .slice(0, MOST_WORDS);
}

type Source = 'case' | 'released';

/** Where to look for what is like a text: in its town, or of this month and the last where no town is known. */
export function lookUpKeys(words: readonly Telling[], areaCode: string | null, now: Date): readonly string[] {
  const names = words.map(({ word }) => word);
  if (areaCode !== null && areaCode.length >= 9) return keysFor(names, areaCode, []);
  return keysFor(names, '', [monthOf(now), monthOf(new Date(now.getTime() - 30 * 86_400_000))]);
}

const monthOf = (at: Date) => dayOf(at).slice(0, 7);

type Text = { id: string; title: string; body: string; placeText: string | null; areaCode: string; openedAt: Date };

/** Keeps what requests are about beside them; keeping it again replaces it. */
async function keepSignatures(tx: WriteTx, tenant: number, source: Source, texts: readonly Text[]): Promise<void> {
  for (const { id, title, body, placeText, areaCode, openedAt } of texts) {
    const words = tellingWords(`${title}。${body}。${placeText ?? ''}`);
    const names = words.map(({ word }) => word);
    const keys = keysFor(names, areaCode, [monthOf(openedAt)]);
    await sql`
      INSERT INTO clusters.signature (tenant_id, case_id, source, keys, words, weights, opened_at)
      VALUES (${tenant}, ${id}, ${source}, ${[...keys]}::text[], ${names}::text[],
        ${words.map(({ weight }) => weight)}::real[], ${openedAt})
      ON CONFLICT (tenant_id, case_id, source) DO UPDATE SET keys = excluded.keys, words = excluded.words,
        weights = excluded.weights`.execute(tx);
  }
}

async function textsOf(tx: ReadTx, tenant: number, ids: readonly string[]): Promise<readonly Text[]> {
  const { rows } = await sql<Text>`
    SELECT c.id, t.title, t.body, t.place_text AS "placeText", c.area_code AS "areaCode", c.opened_at AS "openedAt"
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${tenant} AND c.id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

async function releasedTextsOf(tx: ReadTx, tenant: number, id: string): Promise<readonly Text[]> {
  const { rows } = await sql<Text>`
    SELECT r.case_id AS id, r.title, r.body, NULL AS "placeText", r.area_code AS "areaCode", c.opened_at AS "openedAt"
    FROM cases.public_release r JOIN cases.case_file c ON c.tenant_id = r.tenant_id AND c.id = r.case_id
    WHERE r.tenant_id = ${tenant} AND r.case_id = ${id}::uuid`.execute(tx);
  return rows;
}

async function dropSignature(tx: WriteTx, tenant: number, id: string, source: Source): Promise<void> {
  await sql`
    DELETE FROM clusters.signature
    WHERE tenant_id = ${tenant} AND case_id = ${id}::uuid AND source = ${source}`.execute(tx);
}

/** Follows cases: what is registered can be found, what was taken back cannot; so with what is public. */
export function signatureConsumer(app: App): OutboxConsumer {
  const { tenant } = app.config;
  return {
    name: 'clusters',
    kinds: ['case.*'],
    handle: async ({ kind, subject }, tx) => {
      switch (kind) {
        case 'case.registered':
        case 'case.imported':
        case 'case.corrected':
          return keepSignatures(tx, tenant, 'case', await textsOf(tx, tenant, [subject]));
        case 'case.released':
          return keepSignatures(tx, tenant, 'released', await releasedTextsOf(tx, tenant, subject));
        case 'case.unreleased':
          return dropSignature(tx, tenant, subject, 'released');
        case 'case.voided':
        case 'case.withdrawn':
          await dropSignature(tx, tenant, subject, 'released');
          return dropSignature(tx, tenant, subject, 'case');
        default:
          return undefined;
      }
    },
  };
}

const BATCH = 200;

/** Enters cases that came before this module was there, newest first, some at a time; answers how many. */
export async function catchUp(tx: WriteTx, tenant: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM cases.case_file c
    WHERE c.tenant_id = ${tenant} AND c.state NOT IN ('voided', 'withdrawn')
      AND NOT EXISTS (SELECT 1 FROM clusters.signature s
        WHERE s.tenant_id = c.tenant_id AND s.case_id = c.id AND s.source = 'case')
    ORDER BY c.opened_at DESC LIMIT ${BATCH}`.execute(tx);
  await keepSignatures(
    tx,
    tenant,
    'case',
    await textsOf(
      tx,
      tenant,
      rows.map(({ id }) => id),
    ),
  );
  return rows.length;
}
