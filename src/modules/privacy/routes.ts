import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { classNames } from '../catalogue/index.ts';
import { findCaseId, type StoredCase } from '../cases/index.ts';
import { listAffected } from './affected.ts';
import { messageRelay } from './contact.ts';
import * as contract from './contract.ts';
import {
  type DueCase,
  dueCases,
  eraseFromCase,
  listErasures,
  putRetention,
  retentionRules,
  type RuleRow,
} from './erasing.ts';
import { lookUp } from './looking.ts';
import { allNotices, noticeInForce, putNotice } from './notices.ts';
import { exportOwn, presentOwn, provedCase } from './own.ts';
import { askCorrection, askDeletion, decideRequest, listRequests } from './requests.ts';

/** Ended cases that a dry run looks at; a run itself goes on to the end. */
const PREVIEWED = 5000;

export function privacyRoutes(app: App): readonly Route[] {
  return [...noticeRoutes(), ...retentionRoutes(app), ...officeRoutes(app), ...ownRoutes(app)];
}

function noticeRoutes(): readonly Route[] {
  return [
    route(contract.currentNotice, async ({ tx, locale, now }) => {
      const notice = await noticeInForce(tx, now);
      if (!notice) return { version: 0, validFrom: now.toISOString(), parts: [] };
      return { version: notice.version, validFrom: notice.validFrom.toISOString(), parts: [...notice.parts[locale]] };
    }),
    route(contract.listNotices, async ({ tx }) => ({
      items: (await allNotices(tx)).map(({ version, validFrom, parts }) => {
        return { version, validFrom: validFrom.toISOString(), parts };
      }),
    })),
    route(contract.addNotice, ({ tx, actor, body, now }) => putNotice(tx, actor, body.parts, now)),
  ];
}

function retentionRoutes(app: App): readonly Route[] {
  return [
    route(contract.listRetention, async ({ tx, locale }) => {
      const rules = await retentionRules(tx, true);
      const names = await classNames(
        tx,
        rules.map((rule) => rule.classPrefix),
      );
      const english = locale === 'en';
      return {
        items: rules.map((rule) => {
          const name = names.get(rule.classPrefix);
          return presentRule(rule, name ? (english && name.nameEn) || name.nameZh : null);
        }),
      };
    }),
    route(contract.setRetention, async ({ tx, actor, body, now }) => {
      const rule = await putRetention(tx, actor, body, now);
      return isRefusal(rule) ? rule : presentRule(rule, null);
    }),
    route(contract.previewRetention, async ({ tx, actor, now, locale }) => {
      const { due, last, looked } = await dueCases(tx, actor, now, null, PREVIEWED);
      const names = await classNames(tx, [...new Set(due.map((one) => one.classCode))]);
      return {
        at: now.toISOString(),
        rows: [...byClass(due)].map(([classCode, of]) => {
          const name = names.get(classCode);
          return {
            classCode,
            className: (name && ((locale === 'en' && name.nameEn) || name.nameZh)) ?? classCode,
            ...of,
          };
        }),
        examples: due.slice(0, 10).map((one) => one.number),
        looked,
        more: last !== null,
      };
    }),
    route(contract.listErasures, async ({ tx, query }) => {
      const page = await listErasures(tx, query);
      if (isRefusal(page)) return page;
      const items = page.items.map(({ erased_by, at, ...row }) => {
        return { ...row, at: at.toISOString(), automatic: erased_by.startsWith('system:') };
      });
      return { items, next: page.next };
    }),
    route(contract.eraseByOrder, async ({ tx, actor, body, now }) => {
      const number = parseCaseNumber(body.number)?.number;
      const id = number === undefined ? null : await findCaseId(tx, actor, number);
      if (id === null) return refuse('privacy.no_case');
      const erased = await eraseFromCase(app, tx, actor, id, body.what, { order: body.order, at: now });
      return isRefusal(erased) ? erased : { erased: [...erased] };
    }),
  ];
}

function byClass(due: readonly DueCase[]): Map<string, { identities: number; contents: number }> {
  const rows = new Map<string, { identities: number; contents: number }>();
  for (const { classCode, what } of due) {
    const row = rows.get(classCode) ?? { identities: 0, contents: 0 };
    if (what.includes('identity')) row.identities++;
    if (what.includes('content')) row.contents++;
    rows.set(classCode, row);
  }
  return rows;
}

function presentRule(rule: RuleRow, className: string | null) {
  const { id, classPrefix, identityMonths, contentMonths, basis, validFrom, validTo } = rule;
  const dates = { validFrom: validFrom.toISOString(), validTo: validTo?.toISOString() ?? null };
  return { id, classPrefix, className, identityMonths, contentMonths, basis, ...dates };
}

function officeRoutes(app: App): readonly Route[] {
  const relay = messageRelay(app);
  return [
    route(contract.lookUpPhone, ({ tx, actor, body, now, address }) =>
      lookUp(app, tx, actor, { ...body, address }, now),
    ),
    route(contract.contactRequester, ({ tx, actor, target, body, now }) =>
      relay({ tx, actor, stored: target as StoredCase, now }, body),
    ),
    route(contract.listRequests, ({ tx, query, now }) => listRequests(tx, app.vault, query, now)),
    route(contract.decideRequest, ({ tx, actor, params, body, now }) =>
      decideRequest(app, tx, actor, params.id, body, now),
    ),
    route(contract.listAffected, ({ tx, actor, body, now }) => {
      const { account, address, reason } = body;
      const breach = { from: new Date(body.from), to: new Date(body.to), account, address, reason };
      return listAffected(tx, app.vault, actor, breach, now);
    }),
  ];
}

function ownRoutes(app: App): readonly Route[] {
  return [
    route(contract.ownPrivacy, (call) => presentOwn(app, call)),
    route(contract.exportOwn, (call) => exportOwn(app, call)),
    route(contract.askCorrection, async ({ tx, actor, body, now }) => {
      const caseId = provedCase(actor);
      return isRefusal(caseId) ? caseId : askCorrection(app, { tx, actor, caseId, now }, body);
    }),
    route(contract.askDeletion, async ({ tx, actor, body, now }) => {
      const caseId = provedCase(actor);
      return isRefusal(caseId) ? caseId : askDeletion(app, { tx, actor, caseId, now }, body);
    }),
  ];
}
