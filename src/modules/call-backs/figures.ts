import { sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import { organisationNames } from '../organisations/index.ts';
import { NOTHING, ratesOf, SUM_NAMES, type Sums } from './rules/figures.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

type Row = Sums & { organisationId: string };

/** Sums of each office over some days, from the tally. */
export async function sumsBetween(tx: ReadTx, from: string, to: string): Promise<Row[]> {
  const sums = SUM_NAMES.map((name) => sql`sum(${sql.ref(name)})::int AS ${sql.ref(name)}`);
  const { rows } = await sql<Row>`
    SELECT organisation_id AS "organisationId", ${sql.join(sums)} FROM call_backs.tally
    WHERE tenant_id = ${tenant} AND day BETWEEN ${from}::date AND ${to}::date
    GROUP BY organisation_id`.execute(tx);
  return rows;
}

/** The same counted anew from the entries: what the tally must equal. */
export async function recountBetween(tx: ReadTx, from: string, to: string): Promise<Row[]> {
  const counted = SUM_NAMES.map(
    (name) =>
      sql`(count(*) FILTER (WHERE state = ${name} OR solved = ${name} OR satisfaction = ${name}))::int AS ${sql.ref(name)}`,
  );
  const { rows } = await sql<Row>`
    SELECT organisation_id AS "organisationId", ${sql.join(counted)} FROM call_backs.entry
    WHERE tenant_id = ${tenant} AND organisation_id IS NOT NULL AND state IN ('answered', 'declined', 'unreachable', 'lapsed')
      AND (ended_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN ${from}::date AND ${to}::date
    GROUP BY organisation_id`.execute(tx);
  return rows;
}

async function waitingByOffice(tx: ReadTx): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT organisation_id AS id, count(*)::int AS count FROM call_backs.entry
    WHERE tenant_id = ${tenant} AND state = 'open' AND organisation_id IS NOT NULL
    GROUP BY organisation_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** Figures of offices, the most answers first; of people there are none. */
export async function figuresBetween(tx: ReadTx, from: string, to: string) {
  const sums = await sumsBetween(tx, from, to);
  const waiting = await waitingByOffice(tx);
  const ids = [...new Set([...sums.map((row) => row.organisationId), ...waiting.keys()])];
  const names = await organisationNames(tx, ids);
  const items = ids.map((id) => {
    const { organisationId: _, ...own } = sums.find((row) => row.organisationId === id) ?? {
      organisationId: id,
      ...NOTHING,
    };
    const named = names.get(id) ?? { name: id, nameEn: id, shortName: id };
    return { office: { id, ...named }, ...own, ...ratesOf(own), waiting: waiting.get(id) ?? 0 };
  });
  items.sort((a, b) => b.answered - a.answered || a.office.name.localeCompare(b.office.name, 'zh-CN'));
  const added = items.reduce<Sums>(
    (all, item) => Object.fromEntries(SUM_NAMES.map((name) => [name, all[name] + item[name]])) as Sums,
    NOTHING,
  );
  return {
    items,
    total: { ...added, ...ratesOf(added), waiting: items.reduce((all, item) => all + item.waiting, 0) },
  };
}
