import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { suggestDispatch } from '../catalogue/index.ts';
import { actOnEach, type CaseCommand, casePage, caseWordsOf, type StoredCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { exportCases } from './export.ts';
import { MOST_CHOSEN } from './rules/limits.ts';

export function bulkRoutes(app: App): readonly Route[] {
  return [dispatchRoute(app), noteRoute(app), printRoute(app), exportRoute(app)];
}

function dispatchRoute(app: App): Route {
  return route(contract.dispatchMany, async ({ tx, actor, locale, body, now }) => {
    const { reason, instruction } = body;
    const results = await actOnEach(app, tx, { actor, locale, now }, body.cases, {
      name: 'bulk.dispatch',
      permission: 'cases.dispatch',
      command: async (stored, { expectedVersion }) => {
        const offices = await officesFor(tx, stored, body.leadId, now);
        if (isRefusal(offices)) return offices;
        return { action: 'dispatch', ...offices, reason, instruction, expectedVersion };
      },
      next: (command) => dispatchedText(app, tx, locale, command),
    });
    return { results };
  });
}

/** The office that was named, alone; or the list's first with those that assist it. */
async function officesFor(
  tx: ReadTx,
  { state }: StoredCase,
  leadId: string | null,
  at: Date,
): Promise<Result<{ leadId: string; assistIds: readonly string[] }>> {
  if (leadId !== null) return { leadId, assistIds: [] };
  const [first] = await suggestDispatch(tx, { classCode: state.caseClass.code, areaCode: state.areaCode, at });
  return first ? { leadId: first.organisationId, assistIds: first.assistIds } : refuse('bulk.no_suggestion');
}

async function dispatchedText(app: App, tx: ReadTx, locale: Locale, command: CaseCommand): Promise<string> {
  const id = command.action === 'dispatch' ? command.leadId : '';
  const office = (await organisationNames(tx, [id])).get(id);
  return say(app.texts, locale, 'bulk.next.dispatched', { lead: locale === 'en' ? office?.nameEn : office?.name });
}

function noteRoute(app: App): Route {
  return route(contract.noteMany, async ({ tx, actor, locale, body, now }) => {
    const results = await actOnEach(app, tx, { actor, locale, now }, body.cases, {
      name: 'bulk.note',
      permission: 'cases.note',
      command: async (_, { expectedVersion }) => {
        return { action: 'note', text: body.text, contact: null, files: [], expectedVersion };
      },
      next: async () => say(app.texts, locale, 'bulk.next.noted'),
    });
    return { results };
  });
}

function printRoute(app: App): Route {
  return route(contract.printMany, async ({ tx, actor, body, now }) => {
    const wanted = [...new Set(body.ids)];
    const page = await casePage(tx, app.permissions, actor, { ids: wanted }, { limit: MOST_CHOSEN }, now);
    if (isRefusal(page)) return page;
    const seen = new Map(page.items.map((row) => [row.id, row]));
    const words = await caseWordsOf(tx, actor, [...seen.keys()]);
    const items = wanted.flatMap((id) => {
      const row = seen.get(id);
      return row ? [{ ...row, ...(words.get(id) ?? { body: '', placeText: null }) }] : [];
    });
    // One entry a case: whose words were read is asked case by case.
    for (const { id } of items) {
      const entry = { action: 'bulk.print', targetKind: 'case', targetId: id, result: 'done' } as const;
      await audit(tx, actor, { ...entry, details: { cases: items.length } }, now);
    }
    return { items, left: wanted.length - items.length };
  });
}

function exportRoute(app: App): Route {
  return route(contract.exportMany, ({ tx, actor, locale, body, now }) =>
    exportCases(app, tx, { actor, locale, now }, body),
  );
}
