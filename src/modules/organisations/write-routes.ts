import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { areaSetCodes } from '../areas/index.ts';
import * as contract from './contract.ts';
import type { Organisation } from './rules/organisation.ts';
import { normaliseScope, refuseGiving, scopeCovers } from './rules/post.ts';
import { type PostTarget, scopeFor } from './targets.ts';
import { endOrganisation, insertKind, insertOrganisation, updateOrganisation } from './write-organisations.ts';
import { changePerson, createPost, endPost, holdsOtherOffice, jurisdictionPrefix } from './write-posts.ts';

/** What administrators do to organisations, posts and people; each leaves an audit entry without names. */
export function writeRoutes(app: App): readonly Route[] {
  return [...organisationRoutes(app), ...postRoutes(app)];
}

function organisationRoutes(app: App): readonly Route[] {
  return [
    route(contract.addKind, async ({ tx, actor, body, now }) => {
      const done = await insertKind(tx, body);
      if (isRefusal(done)) return done;
      const entry = { action: 'organisations.add_kind', targetKind: 'organisation_kind', targetId: body.kind } as const;
      await audit(tx, actor, { ...entry, result: 'done' }, now);
      return done;
    }),
    route(contract.createOrganisation, async ({ tx, actor, body, now }) => {
      if (!scopeCovers(scopeFor(app.permissions, actor, 'organisations.manage'), body.areaCode)) {
        return refuse('auth.forbidden');
      }
      const made = await insertOrganisation(tx, body, now);
      if (isRefusal(made)) return made;
      const details = { kind: made.kind, area: made.areaCode };
      await audit(tx, actor, { ...about('create', made.id), details }, now);
      return { id: made.id };
    }),
    route(contract.changeOrganisation, async ({ tx, actor, target, body, now }) => {
      const before = target as Organisation;
      const done = await updateOrganisation(tx, before, body, now);
      if (isRefusal(done)) return done;
      await audit(tx, actor, { ...about('change', before.id), details: done }, now);
      return { version: done.version };
    }),
    route(contract.closeOrganisation, async ({ tx, actor, target, body, now }) => {
      const organisation = target as Organisation;
      const done = await endOrganisation(tx, actor, organisation, body, now);
      if (isRefusal(done)) return done;
      const details = { endsOn: body.endsOn, endedPosts: done.endedPosts.length };
      await audit(tx, actor, { ...about('close', organisation.id), details }, now);
      return { endedPosts: done.endedPosts.length };
    }),
  ];
}

function about(what: string, id: string) {
  return { action: `organisations.${what}`, targetKind: 'organisation', targetId: id, result: 'done' } as const;
}

function postRoutes(app: App): readonly Route[] {
  return [
    route(contract.createPost, async ({ tx, actor, target, body, now }) => {
      const organisation = target as Organisation;
      const own = scopeFor(app.permissions, actor, 'posts.manage');
      const codes = body.areaSetId === null ? body.scope : await areaSetCodes(tx, body.areaSetId, now);
      const asked = { role: body.role, scope: normaliseScope(codes) };
      const beyond = refuseGiving(asked, own, await jurisdictionPrefix(tx));
      if (beyond) return beyond;
      const made = await createPost(tx, actor, { ...body, organisationId: organisation.id }, now, {
        combinedOffices: app.config.combinedOffices,
      });
      if (isRefusal(made)) return made;
      const { role, scope, userId: holder } = made;
      // Only where the installation allows it at all; then it must not pass unseen.
      const combined = await holdsOtherOffice(tx, made, now);
      const details = { organisation: organisation.id, holder, role, scope, ...(combined ? { combined } : {}) };
      const entry = { action: 'posts.create', targetKind: 'post', targetId: made.id, result: 'done', details } as const;
      await audit(tx, actor, entry, now);
      return { id: made.id };
    }),
    route(contract.endPost, async ({ tx, actor, target, body, now }) => {
      const { post } = target as PostTarget;
      const own = scopeFor(app.permissions, actor, 'posts.manage');
      const beyond = refuseGiving(post, own, await jurisdictionPrefix(tx));
      if (beyond) return beyond;
      const done = await endPost(tx, actor, post, body, now);
      if (isRefusal(done)) return done;
      const details = { endsOn: done.validTo, holder: post.userId, role: post.role };
      const entry = { action: 'posts.end', targetKind: 'post', targetId: post.id, result: 'done', details } as const;
      await audit(tx, actor, entry, now);
      return done;
    }),
    route(contract.changePerson, async ({ tx, actor, params, body, now }) => {
      const changed = await changePerson(tx, { ...body, userId: params.userId });
      if (!changed) return refuse('organisations.person_unknown');
      const entry = { action: 'posts.change_person', targetKind: 'person', targetId: params.userId } as const;
      await audit(tx, actor, { ...entry, result: 'done' }, now);
      return { userId: params.userId };
    }),
  ];
}
