import { readPosition } from '../../kit/keyset.ts';
import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { readMailbox as mailboxPage } from '../../platform/notify/mailbox.ts';
import * as contract from './contract.ts';
import { dropDelivery, listFailed, retryDelivery } from './deliveries.ts';
import { countUnread, listInbox, markRead, UNREAD_CAP } from './inbox.ts';
import { isRequesterNotice } from './rules/notices.ts';
import { placeholdersOf } from './rules/wording.ts';
import { listTemplates, setTemplate, type Template } from './templates.ts';
import { wordAll } from './wording.ts';

export function messagesRoutes(app: App): readonly Route[] {
  return [...inboxRoutes(), ...failureRoutes(), ...templateRoutes(), mailboxRoute(app)];
}

function inboxRoutes(): readonly Route[] {
  return [
    route(contract.listInbox, async ({ tx, actor, query, locale, now }) => {
      const page = await listInbox(tx, userOf(actor), { ...query, unreadOnly: query.unread === 'true' });
      if (isRefusal(page)) return page;
      const words = await wordAll(tx, page.items, { locale: () => locale, siteOf: () => '', now });
      const items = page.items.map((item, index) => ({
        id: item.id,
        caseId: item.caseId,
        number: item.params.number,
        notice: item.notice,
        subject: words[index]?.subject ?? '',
        body: words[index]?.body ?? '',
        about: item.params.about ?? { kind: 'case' as const, id: item.caseId },
        bundled: item.bundled,
        at: item.at.toISOString(),
        read: item.read,
      }));
      return { items, next: page.next };
    }),
    route(contract.countUnread, async ({ tx, actor }) => {
      const count = await countUnread(tx, userOf(actor));
      return { count: Math.min(count, UNREAD_CAP), more: count > UNREAD_CAP };
    }),
    route(contract.markRead, async ({ tx, actor, body, now }) => {
      const until = body.until === undefined ? undefined : new Date(body.until);
      await markRead(tx, userOf(actor), { ids: body.ids, caseId: body.caseId, until }, now);
      return { ok: true as const };
    }),
  ];
}

function failureRoutes(): readonly Route[] {
  return [
    route(contract.listFailures, async ({ tx, query }) => {
      const page = await listFailed(tx, query);
      if (isRefusal(page)) return page;
      const items = page.items.map(({ id, caseId, params, notice, recipient, channel, error, attempts, at }) => ({
        ...{ id, caseId, number: params.number, notice, recipient: recipient.kind, channel, error, attempts },
        at: at.toISOString(),
      }));
      return { items, next: page.next };
    }),
    route(contract.retryDelivery, async ({ tx, actor, params, now }) => {
      if (!(await retryDelivery(tx, params.id, now))) return refuse('messages.delivery_not_found');
      await note(tx, actor, 'messages.retry_delivery', params.id, now);
      return { ok: true as const };
    }),
    route(contract.dropDelivery, async ({ tx, actor, params, now }) => {
      if (!(await dropDelivery(tx, params.id, now))) return refuse('messages.delivery_not_found');
      await note(tx, actor, 'messages.drop_delivery', params.id, now);
      return { ok: true as const };
    }),
  ];
}

function templateRoutes(): readonly Route[] {
  return [
    route(contract.listTemplates, async ({ tx, now }) => ({
      items: (await listTemplates(tx, now)).map(presentTemplate),
    })),
    route(contract.setTemplate, async ({ tx, actor, params, body, now }) => {
      const set = await setTemplate(tx, actor, params.notice, params.locale, body, now);
      if (isRefusal(set)) return set;
      await note(tx, actor, 'messages.set_template', `${params.notice}.${params.locale}`, now);
      return presentTemplate(set);
    }),
  ];
}

function mailboxRoute(app: App): Route {
  return route(contract.readMailbox, async ({ tx, query }) => {
    if (!app.config.demo) return refuse('http.not_found');
    const after = query.after === undefined ? null : readPosition(query.after);
    if (query.after !== undefined && after === null) return refuse('http.bad_request');
    const page = await mailboxPage(tx, { after, limit: query.limit });
    return { items: page.items.map((message) => ({ ...message, at: message.at.toISOString() })), next: page.next };
  });
}

/** The http layer lets none but officers in here. */
function userOf(actor: Actor): string {
  if (actor.kind !== 'officer') throw new Error('an inbox belongs to an officer');
  return actor.userId;
}

function note(tx: WriteTx, actor: Actor, action: string, targetId: string, now: Date): Promise<void> {
  return audit(tx, actor, { action, targetKind: 'message', targetId, result: 'done' }, now);
}

function presentTemplate(template: Template) {
  return {
    ...template,
    since: template.since?.toISOString() ?? null,
    toRequester: isRequesterNotice(template.notice),
    placeholders: [...placeholdersOf(template.notice)],
  };
}
