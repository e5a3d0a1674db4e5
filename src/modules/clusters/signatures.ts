import { setImmediate as letGo } from 'node:timers/promises';
import { sql } from 'kysely';
import type { App, BatchConsumer } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { insertRows, sendTogether } from '../../platform/database/rows.ts';
import { giveWay } from '../../platform/rush.ts';
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

/** Texts that are looked through between two looks at what else there is to do. */
const AT_ONCE = 25;

/**
 * Keeps what requests are about beside them; keeping it again replaces it. All words are found before the first row is
 * written: its row holds the case, and whoever takes a step there would wait for the words of all others.
 */
async function keepSignatures(tx: WriteTx, tenant: number, source: Source, texts: readonly Text[]): Promise<void> {
  const rows: ReturnType<typeof signatureOf>[] = [];
  // In one order, so that two who need the same cases wait for each other.
  for (const [at, text] of texts.toSorted((one, other) => (one.id < other.id ? -1 : 1)).entries()) {
    // Finding the words takes a part of a millisecond a text; of a thousand, nobody else should wait for all.
    if (at > 0 && at % AT_ONCE === 0) await letGo();
    rows.push(signatureOf(tenant, source, text));
  }
  await sendTogether(tx, insertRows('clusters.signature', rows, { afterwards: REPLACE }));
}

const REPLACE = `ON CONFLICT (tenant_id, case_id, source) DO UPDATE SET keys = excluded.keys, words = excluded.words,
  weights = excluded.weights`;

function signatureOf(tenant: number, source: Source, { id, title, body, placeText, areaCode, openedAt }: Text) {
  const words = tellingWords(`${title}。${body}。${placeText ?? ''}`);
  const names = words.map(({ word }) => word);
  return {
    tenant_id: tenant,
    case_id: id,
    source,
    keys: keysFor(names, areaCode, [monthOf(openedAt)]),
    words: names,
    weights: words.map(({ weight }) => weight),
    opened_at: openedAt,
  };
}

const stands = sql`c.state NOT IN ('voided', 'withdrawn')`;

/** One at a time, so that the second reads what the first has written. */
const alone = (tx: WriteTx, tenant: number) =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(${`clusters:${tenant}`}, 0))`.execute(tx);

async function textsOf(tx: ReadTx, tenant: number, ids: readonly string[]): Promise<readonly Text[]> {
  const { rows } = await sql<Text>`
    SELECT c.id, t.title, t.body, t.place_text AS "placeText", c.area_code AS "areaCode", c.opened_at AS "openedAt"
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${tenant} AND c.id = ANY(${[...ids]}::uuid[]) AND ${stands} AND t.erased_at IS NULL`.execute(
    tx,
  );
  return rows;
}

async function releasedTextsOf(tx: ReadTx, tenant: number, ids: readonly string[]): Promise<readonly Text[]> {
  const { rows } = await sql<Text>`
    SELECT r.case_id AS id, r.title, r.body, NULL AS "placeText", r.area_code AS "areaCode", c.opened_at AS "openedAt"
    FROM cases.public_release r JOIN cases.case_file c ON c.tenant_id = r.tenant_id AND c.id = r.case_id
    WHERE r.tenant_id = ${tenant} AND r.case_id = ANY(${[...ids]}::uuid[]) AND ${stands}`.execute(tx);
  return rows;
}

async function dropSignatures(tx: WriteTx, tenant: number, ids: readonly string[], source: Source): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    DELETE FROM clusters.signature
    WHERE tenant_id = ${tenant} AND case_id = ANY(${[...ids]}::uuid[]) AND source = ${source}`.execute(tx);
}

const ENTERED: readonly string[] = ['case.registered', 'case.imported', 'case.corrected'];
const ERASED: readonly string[] = ['case-content.erased'];
const TAKEN_BACK: readonly string[] = ['case.voided', 'case.withdrawn', ...ERASED];
const RELEASED: readonly string[] = ['case.released', 'case.unreleased'];

/**
 * Follows cases: what stands can be found, what was taken back cannot; so with what is public. By what is stored now:
 * many events are one transaction, and of two processes the second waits until it sees what the first did.
 */
export function signatureConsumer(app: App): BatchConsumer {
  const { tenant } = app.config;
  return {
    name: 'clusters',
    kinds: [...ENTERED, ...TAKEN_BACK, ...RELEASED],
    handleAll: async (events, tx) => {
      await alone(tx, tenant);
      const of = (kinds: readonly string[]) => [
        ...new Set(events.filter(({ kind }) => kinds.includes(kind)).map(({ subject }) => subject)),
      ];
      const takenBack = of(TAKEN_BACK);
      await follow(tx, tenant, 'case', [...new Set([...of(ENTERED), ...takenBack])], textsOf);
      await follow(tx, tenant, 'released', [...new Set([...of(RELEASED), ...takenBack])], releasedTextsOf);
      await forgetTitles(tx, tenant, of(ERASED));
    },
  };
}

/** An issue bears the title of one of its requests; when the words of one are erased, it is called by what all are about. */
async function forgetTitles(tx: WriteTx, tenant: number, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    UPDATE clusters.hot_issue SET title = array_to_string(words[1:3], ' ')
    WHERE tenant_id = ${tenant} AND id IN (
      SELECT issue_id FROM clusters.hot_issue_member WHERE tenant_id = ${tenant} AND case_id = ANY(${[...ids]}::uuid[]))`.execute(
    tx,
  );
}

/** Keeps the signatures of those that have such a text now, and drops those of the others. */
async function follow(
  tx: WriteTx,
  tenant: number,
  source: Source,
  ids: readonly string[],
  load: (tx: ReadTx, tenant: number, ids: readonly string[]) => Promise<readonly Text[]>,
): Promise<void> {
  if (ids.length === 0) return;
  const texts = await load(tx, tenant, ids);
  await keepSignatures(tx, tenant, source, texts);
  const there = new Set(texts.map(({ id }) => id));
  await dropSignatures(
    tx,
    tenant,
    ids.filter((id) => !there.has(id)),
    source,
  );
}

/** Older ones are no duplicates but repeats, and nobody counts them any more. */
export const OLDEST_DAYS = 365;
const BATCH = 200;

type Place = { readonly openedAt: string; readonly id: string };

/**
 * Enters cases that came before this module was there, or whose event is still on its way: goes through them from the newest
 * on, some in each transaction, and past those that are entered.
 */
export async function catchUp(app: App, actor: Actor, now: Date, stopping: () => boolean): Promise<void> {
  const oldest = new Date(now.getTime() - OLDEST_DAYS * 86_400_000);
  let after: Place | null = null;
  do {
    const began = performance.now();
    const before: Place | null = after;
    after = await app.database.transact(actor, (tx) => catchUpFrom(tx, actor.tenant, oldest, before));
    await giveWay(app.database, performance.now() - began);
  } while (after !== null && !stopping());
}

/** Enters what is missing of the next cases; answers the last of them, or null at the end. */
async function catchUpFrom(tx: WriteTx, tenant: number, oldest: Date, after: Place | null): Promise<Place | null> {
  const rest =
    after === null ? sql`` : sql`AND (c.opened_at, c.id) < (${after.openedAt}::timestamptz, ${after.id}::uuid)`;
  const { rows } = await sql<Place & { missing: boolean }>`
    SELECT c.id, c.opened_at::text AS "openedAt", NOT EXISTS (SELECT 1 FROM clusters.signature s
      WHERE s.tenant_id = c.tenant_id AND s.case_id = c.id AND s.source = 'case') AS missing
    FROM cases.case_file c
    WHERE c.tenant_id = ${tenant} AND c.opened_at >= ${oldest} ${rest}
    ORDER BY c.opened_at DESC, c.id DESC LIMIT ${BATCH}`.execute(tx);
  const missing = rows.filter((row) => row.missing).map(({ id }) => id);
  if (missing.length > 0) {
    await alone(tx, tenant);
    await keepSignatures(tx, tenant, 'case', await textsOf(tx, tenant, missing));
  }
  return rows.length < BATCH ? null : (rows.at(-1) ?? null);
}
