import { isRefusal, refuse } from '../../kit/result.ts';
import { daysBetween } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { callBackClaimMinutes } from '../catalogue/index.ts';
import type { StoredCase } from '../cases/index.ts';
import { answerByLink, readByLink } from './by-link.ts';
import { claim, presentCallBack, record, release, showNumber } from './calls.ts';
import * as contract from './contract.ts';
import { figuresBetween } from './figures.ts';
import { listEntries } from './list.ts';
import { listScripts, setScript } from './scripts.ts';

export function callBackRoutes(app: App): readonly Route[] {
  return [...callerRoutes(app), ...officeRoutes(), ...linkRoutes(app)];
}

function callerRoutes(app: App): readonly Route[] {
  return [
    route(contract.listCallBacks, async ({ tx, actor, query, now }) => {
      const { list, ...page } = query;
      return listEntries(tx, app, actor, list, page, { now, claimMinutes: await callBackClaimMinutes(tx, now) });
    }),
    route(contract.getCallBack, ({ tx, actor, target, now }) =>
      presentCallBack(app, tx, actor, target as StoredCase, now),
    ),
    route(contract.claimCallBack, ({ tx, actor, target, now }) =>
      claim({ app, tx, actor, stored: target as StoredCase, now }),
    ),
    route(contract.releaseCallBack, async ({ tx, actor, target, now }) => {
      const refusal = await release({ app, tx, actor, stored: target as StoredCase, now });
      return refusal ?? { ok: true as const };
    }),
    route(contract.showNumber, ({ tx, actor, target, now }) =>
      showNumber({ app, tx, actor, stored: target as StoredCase, now }),
    ),
    route(contract.recordAttempt, ({ tx, actor, body, target, now }) =>
      record({ app, tx, actor, stored: target as StoredCase, now }, body),
    ),
  ];
}

function officeRoutes(): readonly Route[] {
  return [
    route(contract.readFigures, async ({ tx, query: { from, to } }) => {
      const days = daysBetween(from, to);
      if (days < 0 || days > 366) return refuse('call-backs.days_wrong');
      return figuresBetween(tx, from, to);
    }),
    route(contract.listScripts, async ({ tx, now }) => ({
      items: (await listScripts(tx, now)).map(({ script, ...one }) => ({
        ...one,
        script: {
          ...script,
          questions: script.questions.map((question) => ({
            ...question,
            options: question.options.map((option) => ({ ...option })),
          })),
        },
      })),
    })),
    route(contract.setScript, async ({ tx, actor, body, now }) => {
      const refusal = await setScript(tx, actor, body.classCode, body.script, now);
      if (isRefusal(refusal)) return refusal;
      const target = { targetKind: 'class', targetId: body.classCode, result: 'done' } as const;
      await audit(tx, actor, { action: 'call-backs.set_script', ...target, details: {} }, now);
      return { ok: true as const };
    }),
  ];
}

function linkRoutes(app: App): readonly Route[] {
  return [
    route(contract.readLink, ({ tx, params, locale, now }) => readByLink(tx, { app, code: params.code, locale, now })),
    route(contract.answerLink, ({ tx, params, body, locale, now }) =>
      answerByLink(tx, { app, code: params.code, locale, now }, body),
    ),
  ];
}
