import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { say, type Texts } from '../../platform/i18n/texts.ts';
import { classNames, suggestDispatch } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { viewContext } from './context.ts';
import type { StoredCase } from './stored.ts';

/** What the dispatch list proposes for a case: offices with reason, and the deadline that would run. A person confirms. */
export async function suggestionsFor(tx: ReadTx, texts: Texts, actor: Actor, stored: StoredCase, now: Date) {
  const { state } = stored;
  const found = await suggestDispatch(tx, { classCode: state.caseClass.code, areaCode: state.areaCode, at: now });
  const ids = found.flatMap((each) => [each.organisationId, ...each.assistIds]);
  const names = await organisationNames(tx, ids);
  const classes = await classNames(tx, [state.caseClass.code]);
  const similar = await closedByLead(
    tx,
    actor,
    state.caseClass.code,
    found.map((each) => each.organisationId),
  );
  const named = (id: string) => {
    const found = names.get(id);
    return { id, name: found?.name ?? id, nameEn: found?.nameEn ?? id, shortName: found?.shortName ?? id };
  };
  const context = await viewContext(tx, actor, state, now);
  const total = state.clocks.total;
  return {
    suggestions: found.map((each) => {
      const className = classes.get(state.caseClass.code);
      const office = names.get(each.organisationId);
      const key = similar.get(each.organisationId) ? 'cases.suggestion_known' : 'cases.suggestion';
      const values = { number: each.entryNumber, count: similar.get(each.organisationId) ?? 0 };
      return {
        entryId: each.entryId,
        entryNumber: String(each.entryNumber),
        organisation: named(each.organisationId),
        assists: each.assistIds.map(named),
        legalBasis: each.legalBasis,
        level: each.level,
        reasonZh: say(texts, 'zh-CN', key, {
          ...values,
          class: className?.nameZh ?? '',
          office: office?.shortName ?? '',
        }),
        reasonEn: say(texts, 'en', key, {
          ...values,
          class: className?.nameEn ?? '',
          office: office?.nameEn ?? '',
        }),
        similarClosed: similar.get(each.organisationId) ?? 0,
      };
    }),
    deadline: {
      name: 'total',
      startedAt: total.startedAt,
      dueAt: total.dueAt,
      used: 0,
      late: now > new Date(total.dueAt),
      skipped: context.daysOff(new Date(total.startedAt), new Date(total.dueAt)),
      uncertain: total.uncertain,
    },
  };
}

/** How many cases of a class each organisation has brought to an end; capped, since it only supports a suggestion. */
async function closedByLead(
  tx: ReadTx,
  actor: Actor,
  classCode: string,
  organisationIds: readonly string[],
): Promise<Map<string, number>> {
  if (organisationIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT lead_organisation_id AS id, count(*)::int AS count FROM (
      SELECT lead_organisation_id FROM cases.case_file
      WHERE tenant_id = ${actor.tenant} AND lead_organisation_id = ANY(${[...organisationIds]}::uuid[])
        AND state = 'closed' AND class_code = ${classCode} LIMIT 1000) AS closed
    GROUP BY lead_organisation_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.count]));
}
