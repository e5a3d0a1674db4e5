import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import { say } from '../../platform/i18n/texts.ts';
import { actOnEach, duplicatesOf, findStored, seesCase, type StoredCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { dismissIssue, issueFor, openIssue, publishIssue } from './decide.ts';
import { listIssueRows, memberIds, presentIssues, publishedIssues } from './issue-store.ts';
import { followByOfficer } from './merging.ts';
import { type Hit, presentSimilar, similarCases } from './similar.ts';
import { textOfCase } from './text-of-case.ts';

export function clusterRoutes(app: App): readonly Route[] {
  return [...similarRoutes(app), ...mergeRoutes(app), ...issueRoutes(app), publicRoute()];
}

const plainHit = (id: string): Hit => ({ id, score: 1, shared: [], metres: null });

function similarRoutes(app: App): readonly Route[] {
  return [
    route(contract.similarToText, async ({ tx, actor, body, now }) => {
      const question = {
        text: body.text,
        areaCode: body.areaCode ?? null,
        classCode: body.classCode ?? null,
        point: body.point ? ([body.point.lon, body.point.lat] as const) : null,
      };
      return { items: await presentSimilar(app, tx, actor, await similarCases(app, tx, actor, question, now)) };
    }),
    route(contract.similarToCase, async ({ tx, actor, target, query, now }) => {
      const { state } = target as StoredCase;
      const merged = await duplicatesOf(tx, actor, state.id);
      const question = {
        text: (await textOfCase(tx, actor.tenant, state.id)) ?? '',
        areaCode: state.areaCode,
        classCode: state.caseClass.code,
        point: state.point,
        except: [state.id, ...merged.map(({ id }) => id), ...(state.masterCaseId ? [state.masterCaseId] : [])],
      };
      const chosen = (query.with ?? []).filter((id) => !question.except.includes(id));
      const similar = await similarCases(app, tx, actor, question, now);
      const hits = [...chosen.map(plainHit), ...similar.filter(({ id }) => !chosen.includes(id))];
      const [own] = await presentSimilar(app, tx, actor, [plainHit(state.id)]);
      if (!own) return refuse('cases.not_found');
      return {
        own,
        merged: await presentSimilar(
          app,
          tx,
          actor,
          merged.slice(0, 50).map(({ id }) => plainHit(id)),
        ),
        items: await presentSimilar(app, tx, actor, hits),
      };
    }),
  ];
}

function mergeRoutes(app: App): readonly Route[] {
  return [
    route(contract.mergeCases, async ({ tx, actor, locale, body, now }) => {
      const { masterId, reason } = body;
      const master = await findStored(tx, actor, masterId, false);
      if (!master || !seesCase(app, actor, master)) return refuse('cases.not_found');
      const results = await actOnEach(app, tx, { actor, locale, now }, body.cases, {
        name: 'clusters.merge_cases',
        permission: 'cases.merge',
        together: masterId,
        command: async (_, { expectedVersion }) => ({
          action: 'merge',
          masterCaseId: masterId,
          reason,
          expectedVersion,
        }),
        next: async () => say(app.texts, locale, 'clusters.next.merged', { number: master.state.number }),
      });
      return { results };
    }),
    route(contract.undoMerges, async ({ tx, actor, locale, body, now }) => {
      const results = await actOnEach(app, tx, { actor, locale, now }, body.cases, {
        name: 'clusters.undo_merges',
        permission: 'cases.reopen',
        command: async (_, { expectedVersion }) => {
          return { action: 'reopen', reason: body.reason, files: [], expectedVersion };
        },
        next: async () => say(app.texts, locale, 'clusters.next.apart'),
      });
      return { results };
    }),
    route(contract.followCase, async ({ tx, actor, target, body, locale, now }) => {
      const master = target as StoredCase;
      const caller = {
        ...body,
        requester: body.requester ? { name: body.requester.name, phone: body.requester.phone } : null,
      };
      const reason = say(app.texts, locale, 'clusters.followed', { number: master.state.number });
      const receipt = await followByOfficer(app, tx, actor, master, caller, reason, now);
      if (isRefusal(receipt)) return receipt;
      const { id, number, queryCode } = receipt;
      return { id, number, queryCode, masterNumber: master.state.number };
    }),
  ];
}

function issueRoutes(app: App): readonly Route[] {
  return [
    route(contract.listIssues, async ({ tx, actor, query }) => {
      const prefixes = postsFor(app.permissions, actor, 'clusters.read').flatMap((post) => post.scope);
      return { items: await presentIssues(tx, await listIssueRows(tx, [...new Set(prefixes)], query.state)) };
    }),
    route(contract.readIssue, async ({ tx, actor, params }) => {
      const row = await issueFor(app, tx, actor, 'clusters.read', params.id);
      if (isRefusal(row)) return row;
      const [issue] = await presentIssues(tx, [row]);
      if (!issue) throw new Error('one issue came back as none');
      const ids = await memberIds(tx, params.id);
      const seen = await presentSimilar(app, tx, actor, ids.map(plainHit));
      const members = seen.map(({ id, number, title, state, openedAt, path }) => {
        return { id, number, title, state, openedAt, path };
      });
      return { ...issue, members, hidden: ids.length - members.length };
    }),
    route(contract.openIssue, ({ tx, actor, params, body, now }) =>
      openIssue(app, tx, actor, params.id, { ...body, month: body.month ?? null }, now),
    ),
    route(contract.dismissIssue, ({ tx, actor, params, body, now }) =>
      dismissIssue(app, tx, actor, params.id, body.reason, now),
    ),
    route(contract.publishIssue, ({ tx, actor, params, body, now }) =>
      publishIssue(app, tx, actor, params.id, body, now),
    ),
  ];
}

function publicRoute(): Route {
  return route(contract.publicIssues, async ({ tx }) => {
    const rows = await publishedIssues(tx);
    const names = await organisationNames(
      tx,
      rows.map(({ leadId }) => leadId),
    );
    const items = rows.map(({ leadId, publishedAt, ...row }) => ({
      ...row,
      leadName: names.get(leadId)?.name ?? '',
      leadNameEn: names.get(leadId)?.nameEn ?? '',
      publishedAt: publishedAt.toISOString(),
    }));
    return { items };
  });
}
