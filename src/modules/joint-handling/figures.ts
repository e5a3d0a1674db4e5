import { sql } from 'kysely';
import { startOfDay } from '../../kit/time.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf } from '../../platform/http/contract.ts';
import { organisationNames } from '../organisations/index.ts';
import type { figures } from './contract.ts';
import { namedBy } from './present.ts';

type Figures = AnswerOf<typeof figures>;

/** First and following first day of a month `yyyy-mm`. */
function spanOf(month: string): Result<{ from: Date; to: Date }> {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) return refuse('joint_handling.bad_month');
  const [year, number] = [Number(match[1]), Number(match[2])];
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: startOfDay(`${month}-01`), to: startOfDay(`${next}-01`) };
}

/**
 * Both sides of a month (双考核), counted over the rows themselves each time, so that they equal a recount. Offices only:
 * nobody's name is in these tables.
 */
export async function monthFigures(tx: ReadTx, actor: Actor, month: string, now: Date): Promise<Result<Figures>> {
  const span = spanOf(month);
  if ('refused' in span) return span;
  const reporters = await reporterRows(tx, actor, span, now);
  const whistlers = await whistlerRows(tx, actor, span);
  const names = await organisationNames(
    tx,
    [...reporters, ...whistlers].map((row) => row.organisation_id),
  );
  return {
    month,
    reporters: reporters.map((row) => ({
      organisation: namedBy(names, row.organisation_id),
      called: row.called,
      answers: { due: row.answers_due, inTime: row.answers_in_time },
      arrivals: { due: row.arrivals_due, inTime: row.arrivals_in_time },
      parts: { due: row.parts_due, inTime: row.parts_in_time },
      refused: row.refused,
      overruled: row.overruled,
      absent: row.absent,
      timeliness: { good: row.timely_good, fair: row.timely_fair, poor: row.timely_poor },
      results: { good: row.result_good, fair: row.result_fair, poor: row.result_poor },
    })),
    whistlers: whistlers.map(({ organisation_id: id, ...row }) => ({
      organisation: namedBy(names, id),
      whistles: row.whistles,
      called: row.called,
      cancelled: row.cancelled,
      cancelledLate: row.cancelled_late,
      excused: row.excused,
      judged: row.judged,
      justified: row.justified,
      needed: row.needed,
    })),
  };
}

type Span = { readonly from: Date; readonly to: Date };
type Reporter = Record<
  | 'called'
  | 'answers_due'
  | 'answers_in_time'
  | 'arrivals_due'
  | 'arrivals_in_time'
  | 'parts_due'
  | 'parts_in_time'
  | 'refused'
  | 'overruled'
  | 'absent'
  | 'timely_good'
  | 'timely_fair'
  | 'timely_poor'
  | 'result_good'
  | 'result_fair'
  | 'result_poor',
  number
> & { organisation_id: string };

/**
 * What is due: answered, or its time is up. Who was excused owed no arrival; what was called off or ended with its case
 * owes nothing more.
 */
async function reporterRows(tx: ReadTx, actor: Actor, { from, to }: Span, now: Date): Promise<Reporter[]> {
  const goesOn = sql`c.state IN ('called', 'closed')`;
  const owedArrival = sql`m.state NOT IN ('excused', 'gone')
    AND (m.arrived_at IS NOT NULL OR m.state = 'absent' OR (${goesOn} AND m.arrive_due_at < ${now}))`;
  const owedPart = sql`m.part_due_at IS NOT NULL AND m.state NOT IN ('left', 'gone')
    AND (m.done_at IS NOT NULL OR (${goesOn} AND m.part_due_at < ${now}))`;
  const { rows } = await sql<Reporter>`
    SELECT m.organisation_id, count(*)::int AS called,
      count(*) FILTER (WHERE m.answered_at IS NOT NULL OR (${goesOn} AND m.answer_due_at < ${now}))::int AS answers_due,
      count(*) FILTER (WHERE m.answered_at <= m.answer_due_at)::int AS answers_in_time,
      count(*) FILTER (WHERE ${owedArrival})::int AS arrivals_due,
      count(*) FILTER (WHERE m.arrived_at <= m.arrive_due_at)::int AS arrivals_in_time,
      count(*) FILTER (WHERE ${owedPart})::int AS parts_due,
      count(*) FILTER (WHERE m.done_at <= m.part_due_at)::int AS parts_in_time,
      count(*) FILTER (WHERE m.refused_at IS NOT NULL)::int AS refused,
      count(*) FILTER (WHERE m.ruling = 'must_come')::int AS overruled,
      count(*) FILTER (WHERE m.state = 'absent')::int AS absent,
      count(*) FILTER (WHERE m.timeliness = 'good')::int AS timely_good,
      count(*) FILTER (WHERE m.timeliness = 'fair')::int AS timely_fair,
      count(*) FILTER (WHERE m.timeliness = 'poor')::int AS timely_poor,
      count(*) FILTER (WHERE m.result = 'good')::int AS result_good,
      count(*) FILTER (WHERE m.result = 'fair')::int AS result_fair,
      count(*) FILTER (WHERE m.result = 'poor')::int AS result_poor
    FROM joint_handling.member m
    JOIN joint_handling.joint c ON c.tenant_id = m.tenant_id AND c.id = m.joint_id
    WHERE m.tenant_id = ${actor.tenant} AND m.called_at >= ${from} AND m.called_at < ${to}
      AND m.state <> 'replaced' AND c.whistled_at IS NOT NULL
    GROUP BY m.organisation_id ORDER BY count(*) DESC, m.organisation_id`.execute(tx);
  return rows;
}

type WhistlerRow = Record<
  'whistles' | 'called' | 'cancelled' | 'cancelled_late' | 'excused' | 'judged' | 'justified' | 'needed',
  number
> & { organisation_id: string };

async function whistlerRows(tx: ReadTx, actor: Actor, { from, to }: Span): Promise<WhistlerRow[]> {
  const { rows } = await sql<WhistlerRow>`
    SELECT c.whistler_id AS organisation_id, count(*)::int AS whistles, sum(p.called)::int AS called,
      count(*) FILTER (WHERE c.state = 'cancelled')::int AS cancelled,
      count(*) FILTER (WHERE c.cancelled_late)::int AS cancelled_late,
      sum(p.excused)::int AS excused,
      sum(p.judged + (c.centre_justified IS NOT NULL)::int)::int AS judged,
      sum(p.justified + coalesce(c.centre_justified, false)::int)::int AS justified,
      sum(p.needed + coalesce(c.centre_needed, false)::int)::int AS needed
    FROM joint_handling.joint c
    JOIN (
      SELECT m.tenant_id, m.joint_id, count(*) FILTER (WHERE m.state <> 'replaced') AS called,
        count(*) FILTER (WHERE m.ruling = 'excused') AS excused,
        count(*) FILTER (WHERE m.justified IS NOT NULL) AS judged,
        count(*) FILTER (WHERE m.justified) AS justified,
        count(*) FILTER (WHERE m.needed) AS needed
      FROM joint_handling.member m
      JOIN joint_handling.joint j ON j.tenant_id = m.tenant_id AND j.id = m.joint_id
      WHERE m.tenant_id = ${actor.tenant} AND j.whistled_at >= ${from} AND j.whistled_at < ${to}
      GROUP BY m.tenant_id, m.joint_id
    ) p ON p.tenant_id = c.tenant_id AND p.joint_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.whistled_at >= ${from} AND c.whistled_at < ${to}
    GROUP BY c.whistler_id ORDER BY count(*) DESC, c.whistler_id`.execute(tx);
  return rows;
}
