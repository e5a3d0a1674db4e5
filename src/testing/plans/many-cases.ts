import { inject } from 'vitest';
import pg from 'pg';
import type { County } from '../county.ts';

/**
 * Makes a county look as after years of work: rows by `INSERT … SELECT`, of the shape that plans depend on (towns of
 * unequal size, mostly closed, common and rare words) and of nothing more: their chains are not chained.
 */

/** State → share of all cases; the rest is closed. */
const SHARES: Readonly<Record<string, number>> = {
  registered: 0.012,
  reopened: 0.002,
  dispatched: 0.008,
  accepted: 0.006,
  objected: 0.001,
  adjudicating: 0.001,
  in_progress: 0.02,
  extension_requested: 0.002,
  shelved: 0.003,
  reported_done: 0.006,
  verifying: 0.004,
  call_back: 0.005,
  returned: 0.001,
  referred: 0.003,
  rejected: 0.005,
  merged: 0.01,
  withdrawn: 0.005,
  voided: 0.002,
};

/** One word for each draw, the first of them in a third of all cases, the last in hardly any. */
const WORDS = ['路灯', '噪声', '垃圾', '停车', '漏水', '井盖', '施工', '油烟', '占道', '道路', '供水', '物业'];

/** A connection past row security and foreign keys, for the making of rows alone. */
export async function makingRows(county: County): Promise<pg.Client> {
  const name = new URL(county.data.ownerUrl.replace(/^postgres(ql)?:\/\/([^@]*@)?[^/]*/, 'http://host')).pathname;
  const address = inject('gongzhiTestServer').superuser.replace('/template?', `${name}?`);
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off;
    SELECT setseed(0.42)`);
  return client;
}

/** Fills cases and their words; the housing office leads half of what is dispatched. */
export async function fillCases(client: pg.Client, county: County, count: number, { housing }: Offices): Promise<void> {
  const bounds = Object.values(SHARES).map((_, at, all) => all.slice(0, at + 1).reduce((sum, share) => sum + share, 0));
  await client.query(
    `CREATE TEMP TABLE made AS
     SELECT n, opened_at, at, draw, state,
       (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8'
         || lpad(to_hex(n), 15, '0'))::uuid AS id,
       areas[1 + floor(power(random(), 1.6) * cardinality(areas))] AS area_code,
       classes[1 + floor(power(random(), 1.6) * cardinality(classes))] AS class_code,
       bodies[1 + floor(power(random(), 2) * cardinality(bodies))] AS body,
       (ARRAY['services','enforcement','market','safety'])[1 + floor(power(random(), 1.5) * 4)] AS lane
     FROM (
       SELECT n, draw, at, at AS opened_at,
         coalesce(($3::text[])[1 + width_bucket(draw, $4::float8[])], 'closed') AS state
       FROM (SELECT n, random() AS draw, $2::timestamptz - make_interval(secs => ($1 - n) * 150000000.0 / $1) AS at
             FROM generate_series(1, $1) AS n) AS drawn
     ) AS dated,
     (SELECT array_agg(code ORDER BY md5(code)) AS areas FROM areas.area WHERE level = 'grid') AS a,
     (SELECT array_agg(DISTINCT code) AS classes FROM catalogue.class WHERE length(code) >= 4) AS k,
     (SELECT array_agg(id ORDER BY id) AS bodies FROM organisations.organisation
      WHERE level = 'county' AND id <> $5::uuid) AS o`,
    [count, county.app.now(), Object.keys(SHARES), [0, ...bounds], housing],
  );
  await client.query(
    `INSERT INTO cases.case_file (tenant_id, id, number, version, state, lane, class_code, class_version, urgency,
       sensitivity, area_code, channel, anonymous, contactable, public_consent, public_state, first_receiver_id,
       responsible_organisation_id, lead_organisation_id, facts, opened_at, registered_at, stage, stage_started_at,
       stage_due_at, total_due_at, closed_at, closure, settled_on_spot, imported, chain_length, chain_head, updated_at)
     SELECT $1, id, to_char(at, 'YYYYMMDD-') || lpad(n::text, 6, '0') || '-0', 3, state, lane, class_code, 1, 'normal',
       CASE WHEN random() < 0.02 THEN 'confidential' ELSE 'normal' END, area_code, 'phone', true, false, false, 'private',
       $2::uuid, CASE WHEN n % 2 = 0 THEN $2::uuid ELSE body END,
       CASE WHEN state IN ('registered', 'rejected', 'referred', 'voided') THEN NULL
         WHEN n % 2 = 0 THEN $2::uuid ELSE body END,
       '{"shelving": {"ground": "funds", "until": "2026-04-01"}, "duplicateIds": []}', opened_at, at, state,
       CASE WHEN is_open THEN at END, CASE WHEN is_open THEN $3::timestamptz + make_interval(hours => (draw * 400000)::int % 500 - 200) END,
       at + interval '15 days', CASE WHEN state = 'closed' THEN at + interval '9 days' END,
       CASE WHEN state = 'closed' THEN 'verification' END, false, false, 4, '\\x00', at
     FROM made, LATERAL (SELECT state NOT IN ('closed', 'rejected', 'merged', 'withdrawn', 'voided') AS is_open) AS o`,
    [county.tenant, housing, county.app.now()],
  );
  await client.query(
    `INSERT INTO cases.case_text (tenant_id, case_id, title, body, search)
     SELECT $1, id, word || '问题', '居民反映' || word || '。', array_to_tsvector(ARRAY(
       SELECT DISTINCT x FROM unnest(ARRAY[word, '居民', 'w' || (n % 5000), 'v' || (n % 40)]) AS x))
     FROM made, LATERAL (SELECT ($2::text[])[1 + floor(power(random(), 2) * cardinality($2::text[]) + n * 0)::int] AS word) AS w`,
    [county.tenant, WORDS],
  );
  await client.query(
    `INSERT INTO cases.assist (tenant_id, case_id, organisation_id, opened_at)
     SELECT $1, id, CASE WHEN n % 155 = 1 THEN $2::uuid ELSE body END, opened_at FROM made WHERE n % 31 = 1`,
    [county.tenant, housing],
  );
}

/** Fills what grows beside the cases: orders, call-backs, released requests, messages, the record of who did what. */
export async function fillBeside(client: pg.Client, county: County, office: Offices): Promise<void> {
  const { tenant } = county;
  const now = county.app.now();
  const id = `(overlay(id::text placing '9' from 1 for 1))::uuid`;
  await client.query(
    `INSERT INTO supervision.supervision_order (tenant_id, id, version, matter, case_id, area_code, lane, addressee_id,
       issued_by, reviewer_id, ground, triggers, colour, state, issued_at, colour_since, ended_at)
     SELECT $1, ${id}, 1, 'case:' || id, id, area_code, lane, $2::uuid, 'system:supervision', $3::uuid, 'late', '{}',
       'yellow', CASE WHEN n % 20 = 0 THEN 'open' ELSE 'ended' END, at, at, CASE WHEN n % 20 = 0 THEN NULL ELSE at END
     FROM made WHERE n % 5 = 0`,
    [tenant, office.housing, office.centre],
  );
  await client.query(
    `INSERT INTO call_backs.entry (tenant_id, case_id, round, timing, state, class_code, lane, area_code, sensitivity,
       organisation_id, handled_by, opened_at, due_at, next_at, tries, language, link_hash, ended_at)
     SELECT $1, id, 1, 'after', CASE WHEN n % 30 = 0 THEN 'open' ELSE 'lapsed' END, class_code, lane, area_code, 'normal',
       $2::uuid, ARRAY[$2::uuid], at, at, $3::timestamptz + make_interval(mins => n % 4000 - 3000), 0, 'zh-CN', n::text,
       CASE WHEN n % 30 = 0 THEN NULL ELSE $3::timestamptz - make_interval(mins => n % 80000) END
     FROM made WHERE n % 5 = 0`,
    [tenant, office.housing, now],
  );
  await client.query(
    `INSERT INTO cases.public_release (tenant_id, case_id, title, body, area_code, file_ids, released_at, released_by)
     SELECT $1, id, '路灯', '路灯不亮', area_code, '{}', at, 'system:test' FROM made WHERE n % 5 = 0`,
    [tenant],
  );
  await client.query(`UPDATE cases.case_file SET public_state = 'released'
    WHERE id IN (SELECT id FROM made WHERE n % 5 = 0)`);
  await client.query(
    `INSERT INTO messages.inbox_item (tenant_id, id, user_id, case_id, notice, params, bundled, first_at, at, read_at)
     SELECT $1, ${id}, CASE WHEN n % 3 = 0 THEN $2 ELSE 'u' || n % 50 END, id, 'dispatched', '{}', 1, at, at,
       CASE WHEN n % 40 = 0 THEN NULL ELSE at END FROM made WHERE n % 5 = 0`,
    [tenant, county.players.dispatcher.userId],
  );
  await client.query(
    `INSERT INTO platform.audit_entry (tenant_id, id, at, actor_id, actor_kind, action, target_kind, target_id, result)
     SELECT $1, ${id}, at, 'u' || n % 50, 'officer', (ARRAY['cases.read', 'cases.dispatch', 'auth.sign_in'])[1 + n % 3],
       'case', id::text, CASE WHEN n % 90 = 0 THEN 'refused' ELSE 'done' END FROM made WHERE n % 5 = 0`,
    [tenant],
  );
  await client.query(
    `INSERT INTO exclusions.exclusion (tenant_id, id, version, case_id, area_code, organisation_id, ground, words, state,
       asked_at, asked_by, asked_by_organisation_id, decided_at, decided_by, decided_by_organisation_id, decision_words,
       public_words)
     SELECT $1, ${id}, 1, id, area_code, $2::uuid, 'honest_trial', '试用', 'granted', at, 'a', $2::uuid, at, 'b', $3::uuid,
       '同意', '试用' FROM made WHERE n % 10 = 0`,
    [tenant, office.housing, office.centre],
  );
}

export type Offices = { readonly housing: string; readonly centre: string };
