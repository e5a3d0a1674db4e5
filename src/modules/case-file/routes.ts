import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type StoredCase, findStored, unmaskForCase, viewCase } from '../cases/index.ts';
import type { CaseView } from '../cases/contract.ts';
import { composeCaseFile, type ShownIdentity } from './compose.ts';
import { caseFile, identifiedFile, ownFile } from './contract.ts';
import { drawCaseFile, type Printed } from './layout.ts';
import { composeOwnFile, readOwnFile } from './own.ts';

export function caseFileRoutes(app: App): readonly Route[] {
  return [plainRoute(app), identifiedRoute(app), ownRoute(app)];
}

function plainRoute(app: App): Route {
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
    return send(raw.reply, await composeCaseFile(app, view, { locale: language, now }), language);
  });
}

/** The look and what is recorded of it are one transaction; only then is anything drawn. */
function identifiedRoute(app: App): Route {
  return route(identifiedFile, async ({ actor, target, body, locale, now, address, raw }) => {
    const { id } = (target as StoredCase).state;
    type Read = { readonly view: CaseView; readonly identity: ShownIdentity };
    const read = await app.database.transact(actor, async (tx): Promise<Result<Read>> => {
      const stored = await findStored(tx, actor, id, false);
      if (!stored) return refuse('cases.not_found');
      const identity = await unmaskForCase(tx, app, actor, stored, { reason: body.reason, at: now, address });
      if (isRefusal(identity)) return identity;
      const entry = { action: 'case-file.read_identified', targetKind: 'case', targetId: id, result: 'done' } as const;
      await audit(tx, actor, { ...entry, details: {}, address }, now);
      return { view: await viewCase(tx, app, actor, stored, now), identity };
    });
    if (isRefusal(read)) return read;
    const language = body.locale ?? locale;
    const printed = await composeCaseFile(app, read.view, { locale: language, now, identity: read.identity });
    return send(raw.reply, printed, language);
  });
}

function ownRoute(app: App): Route {
  return route(ownFile, async ({ actor, query, locale, now, raw }) => {
    const language = query.locale ?? locale;
    const own = await app.database.read(actor, (tx) => readOwnFile(app, { tx, actor, locale: language, now }));
    if (isRefusal(own)) return own;
    return send(raw.reply, await composeOwnFile(app, own, language, now), language);
  });
}

async function send(raw: unknown, printed: Printed, locale: string): Promise<never> {
  const doc = await drawCaseFile(printed, locale);
  const reply = raw as FastifyReply;
  reply
    .header('content-disposition', `attachment; filename="${printed.number}.pdf"`)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .type('application/pdf')
    .send(doc);
  // The reader may leave before the last byte; that is no fault of ours.
  await finished(reply.raw).catch(() => undefined);
  return undefined as never;
}
