import { type RawBuilder, sql } from 'kysely';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { dayOf } from '../../kit/time.ts';
import type { Satisfaction, Solved } from '../cases/index.ts';
import { countedIn, SUM_NAMES, type SumName } from './rules/figures.ts';
import type { EntryState, Timing } from './rules/standing.ts';

/** One round of a case in which its requester is, or was, to be asked. */
export type Entry = {
  readonly caseId: string;
  readonly round: number;
  readonly timing: Timing;
  readonly state: EntryState;
  readonly classCode: string;
  readonly organisationId: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly nextAt: Date;
  readonly tries: number;
  readonly claimedBy: string | null;
  readonly claimedAt: Date | null;
  readonly language: string;
  readonly note: Buffer | null;
  readonly solved: Solved | null;
  readonly satisfaction: Satisfaction | null;
  readonly answeredBy: 'caller' | 'requester' | null;
  readonly endedAt: Date | null;
};

export const ENTRY_COLUMNS = sql`c.case_id AS "caseId", c.round, c.timing, c.state, c.class_code AS "classCode",
  c.organisation_id AS "organisationId", c.opened_at AS "openedAt", c.due_at AS "dueAt", c.next_at AS "nextAt", c.tries,
  c.claimed_by AS "claimedBy", c.claimed_at AS "claimedAt", c.language, c.note, c.solved, c.satisfaction,
  c.answered_by AS "answeredBy", c.ended_at AS "endedAt"`;

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** All rounds of a case, oldest first. */
export async function entriesOf(tx: ReadTx, caseId: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    SELECT ${ENTRY_COLUMNS} FROM call_backs.entry c
    WHERE c.tenant_id = ${tenant} AND c.case_id = ${caseId}::uuid ORDER BY c.round`.execute(tx);
  return rows;
}

/** The round a link's code stands for; null when there is none. */
export async function findByLink(tx: ReadTx, linkHash: string): Promise<Entry | null> {
  const { rows } = await sql<Entry>`
    SELECT ${ENTRY_COLUMNS} FROM call_backs.entry c
    WHERE c.tenant_id = ${tenant} AND c.link_hash = ${linkHash}`.execute(tx);
  return rows[0] ?? null;
}

export type NewEntry = Pick<Entry, 'caseId' | 'round' | 'timing' | 'classCode' | 'organisationId' | 'dueAt'> & {
  readonly lane: string;
  readonly areaCode: string;
  readonly sensitivity: string;
  readonly handledBy: readonly string[];
  readonly language: string;
  readonly linkHash: string;
  readonly at: Date;
};

/** Begins a round, open; how it stands is put in by `settle`. */
export async function openEntry(tx: WriteTx, entry: NewEntry): Promise<void> {
  await sql`
    INSERT INTO call_backs.entry (tenant_id, case_id, round, timing, state, class_code, lane, area_code, sensitivity,
      organisation_id, handled_by, opened_at, due_at, next_at, tries, language, link_hash)
    VALUES (${tenant}, ${entry.caseId}, ${entry.round}, ${entry.timing}, 'open', ${entry.classCode}, ${entry.lane},
      ${entry.areaCode}, ${entry.sensitivity}, ${entry.organisationId}::uuid, ${[...entry.handledBy]}::uuid[],
      ${entry.at}, ${entry.dueAt}, ${entry.at}, 0, ${entry.language}, ${entry.linkHash})`.execute(tx);
}

export type Ending = Pick<Entry, 'state' | 'solved' | 'satisfaction' | 'answeredBy' | 'endedAt'>;

/** Puts in how a round stands, and the office's sums with it. An ended round keeps no note. */
export async function settleEntry(tx: WriteTx, entry: Entry, ending: Ending): Promise<void> {
  await sql`
    UPDATE call_backs.entry SET state = ${ending.state}, solved = ${ending.solved}, satisfaction = ${ending.satisfaction},
      answered_by = ${ending.answeredBy}, ended_at = ${ending.endedAt}, claimed_by = NULL, claimed_at = NULL
      ${ending.state === 'open' ? sql`` : sql`, note = NULL`}
    WHERE tenant_id = ${tenant} AND case_id = ${entry.caseId}::uuid AND round = ${entry.round}`.execute(tx);
  await addToTally(tx, entry.organisationId, entry, -1);
  await addToTally(tx, entry.organisationId, ending, 1);
}

async function addToTally(tx: WriteTx, organisationId: string | null, of: Ending, sign: 1 | -1): Promise<void> {
  const names = countedIn(of);
  if (organisationId === null || of.endedAt === null || names.length === 0) return;
  const one = (name: SumName) => (names.includes(name) ? sign : 0);
  const columns = SUM_NAMES.map((name) => sql.ref(name));
  const sums: RawBuilder<unknown>[] = SUM_NAMES.map(
    (name) => sql`${sql.ref(name)} = t.${sql.ref(name)} + ${one(name)}`,
  );
  await sql`
    INSERT INTO call_backs.tally AS t (tenant_id, organisation_id, day, ${sql.join(columns)})
    VALUES (${tenant}, ${organisationId}::uuid, ${dayOf(of.endedAt)}::date, ${sql.join(SUM_NAMES.map(one))})
    ON CONFLICT (tenant_id, organisation_id, day) DO UPDATE SET ${sql.join(sums)}`.execute(tx);
}

export async function claimEntry(tx: WriteTx, entry: Entry, by: string, at: Date): Promise<void> {
  await sql`
    UPDATE call_backs.entry SET claimed_by = ${by}, claimed_at = ${at}
    WHERE tenant_id = ${tenant} AND case_id = ${entry.caseId}::uuid AND round = ${entry.round}`.execute(tx);
}

/** After a call that did not end the round: when to call next, by whom is open again. */
export async function putOff(
  tx: WriteTx,
  entry: Entry,
  to: { readonly nextAt: Date; readonly missed: boolean; readonly language: string; readonly note: Buffer | null },
): Promise<void> {
  await sql`
    UPDATE call_backs.entry SET claimed_by = NULL, claimed_at = NULL, next_at = ${to.nextAt},
      tries = tries + ${to.missed ? 1 : 0}, language = ${to.language}, note = ${to.note}
    WHERE tenant_id = ${tenant} AND case_id = ${entry.caseId}::uuid AND round = ${entry.round}`.execute(tx);
}

export async function releaseEntry(tx: WriteTx, entry: Entry): Promise<void> {
  await sql`
    UPDATE call_backs.entry SET claimed_by = NULL, claimed_at = NULL
    WHERE tenant_id = ${tenant} AND case_id = ${entry.caseId}::uuid AND round = ${entry.round}`.execute(tx);
}
