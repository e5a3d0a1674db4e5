import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import { refuse } from '../../kit/result.ts';
import { type App, type Module, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { findStored, type StoredCase, viewCase } from '../cases/index.ts';
import { composeCaseFile } from './compose.ts';
import { caseFile } from './contract.ts';
import { drawCaseFile } from './layout.ts';
import { caseFileTexts } from './texts.ts';

/** Whoever may see a case gets its file. */
const READS = ['case-file.read'];

export const caseFileModule: Module = {
  name: 'case-file',
  texts: caseFileTexts,
  refusals: {},
  grants: {
    grid_worker: READS,
    community_worker: READS,
    dispatcher: READS,
    handler: READS,
    verifier: READS,
    supervisor: READS,
    evaluator: READS,
  },
  contracts: [caseFile],
  routes: (app) => [fileRoute(app)],
};

function fileRoute(app: App): Route {
  return route(caseFile, async ({ actor, target, query, locale, now, raw }) => {
    const { id } = (target as StoredCase).state;
    const view = await app.database.transact(actor, async (tx) => {
      const stored = await findStored(tx, actor, id, false);
      if (!stored) return null;
      const entry = { action: 'case-file.read', targetKind: 'case', targetId: id, result: 'done' } as const;
      await audit(tx, actor, { ...entry, details: {} }, now);
      return viewCase(tx, app, actor, stored, now);
    });
    if (!view) return refuse('cases.not_found');
    const language = query.locale ?? locale;
    const doc = await drawCaseFile(await composeCaseFile(app, view, language, now), language);
    const reply = raw.reply as FastifyReply;
    reply
      .header('content-disposition', `attachment; filename="${view.number}.pdf"`)
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      .type('application/pdf')
      .send(doc);
    // The reader may leave before the last byte; that is no fault of ours.
    await finished(reply.raw).catch(() => undefined);
    return undefined as never;
  });
}
