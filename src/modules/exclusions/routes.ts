import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId, type Post } from '../../platform/auth/actor.ts';
import { covers, organisationsOf, postsFor } from '../../platform/auth/permission.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import type { StoredCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { presentExclusions, presentOffice, presentPublic } from './present.ts';
import { decidingPost, visibleExclusions } from './reach.ts';
import { type Exclusion, looksPersonal, refuseDeciding, refuseRevoking } from './rules/exclusion.ts';
import { groundsOn } from './rules/grounds.ts';
import * as store from './store.ts';

export function exclusionRoutes(app: App): readonly Route[] {
  return [...readingRoutes(app), ...groundRoutes(), ...askingRoutes(app), ...decidingRoutes(app)];
}

function readingRoutes(app: App): readonly Route[] {
  return [
    route(contract.listExclusions, async ({ tx, actor, query, locale }) => {
      const page = await store.listExclusions(tx, visibleExclusions(app.permissions, actor), query.state, query);
      if (isRefusal(page)) return page;
      return { items: await presentExclusions(tx, { app, actor, locale }, page.items), next: page.next };
    }),
    route(contract.listPublicExclusions, async ({ tx, query }) => {
      const page = await store.listPublic(tx, query);
      return isRefusal(page) ? page : { items: await presentPublic(tx, page.items), next: page.next };
    }),
  ];
}

function groundRoutes(): readonly Route[] {
  return [
    route(contract.listGrounds, async ({ tx, now }) => {
      const rows = await store.groundRows(tx);
      return { items: [...groundsOn(rows, dayOf(now))], rows: [...rows] };
    }),
    route(contract.setGround, async ({ tx, actor, body, now, address }) => {
      // What was decided under a ground stays as it was, so the past is not rewritten.
      if (body.validFrom < dayOf(now)) return refuse('exclusions.ground_in_past');
      if (body.validTo !== null && body.validTo < body.validFrom) return refuse('exclusions.ground_days');
      await store.putGround(tx, body, actorId(actor));
      const details = { code: body.code, from: body.validFrom, to: body.validTo };
      const entry = { action: 'exclusions.set_ground', targetKind: 'exclusion_ground', targetId: body.code } as const;
      await audit(tx, actor, { ...entry, result: 'done', details, address }, now);
      return { code: body.code };
    }),
  ];
}

/** The organisations whose figures the case counts in: the lead and those who assist. */
function involved({ state }: StoredCase): readonly string[] {
  return state.dispatch ? [state.dispatch.leadId, ...state.dispatch.assistIds] : [];
}

/** For whose figures somebody may ask, each with the post by which: his own office's, or any where he supervises. */
function askable(app: App, actor: Actor, stored: StoredCase): ReadonlyMap<string, Post> {
  const posts = postsFor(app.permissions, actor, 'exclusions.ask');
  const found = new Map<string, Post>();
  for (const id of involved(stored)) {
    const post =
      posts.find((each) => each.organisationId === id) ??
      posts.find((each) => each.role === 'supervisor' && covers([each], stored.state.areaCode));
    if (post) found.set(id, post);
  }
  return found;
}

function askingRoutes(app: App): readonly Route[] {
  return [
    route(contract.exclusionsOfCase, async ({ tx, actor, target, locale }) => {
      const stored = target as StoredCase;
      const items = await store.exclusionsOfCase(tx, stored.state.id);
      const ids = [...askable(app, actor, stored).keys()].filter(
        (id) => !items.some((item) => item.organisationId === id && ['asked', 'granted'].includes(item.state)),
      );
      const names = await organisationNames(tx, ids);
      return {
        items: await presentExclusions(tx, { app, actor, locale }, items),
        askFor: ids.map((id) => presentOffice(names, id)),
      };
    }),
    route(contract.askExclusion, async ({ tx, actor, target, body, locale, now, address }) => {
      const stored = target as StoredCase;
      if (!involved(stored).includes(body.organisationId)) return refuse('exclusions.not_involved');
      const post = askable(app, actor, stored).get(body.organisationId);
      if (!post) return refuse('exclusions.not_your_office');
      const grounds = groundsOn(await store.groundRows(tx), dayOf(now));
      if (!grounds.some((ground) => ground.code === body.ground)) return refuse('exclusions.ground_unknown');
      const id = uuidv7(now.getTime());
      const made = {
        ...{ id, caseId: stored.state.id, areaCode: stored.state.areaCode, ...body },
        ...{ askedAt: now, askedBy: actorId(actor), askedByOrganisationId: post.organisationId },
      };
      if (!(await store.insertExclusion(tx, made))) return refuse('exclusions.already_asked');
      return follow(app, { tx, actor, locale, now, address }, id, 'asked', post.id);
    }),
  ];
}

function decidingRoutes(app: App): readonly Route[] {
  return [
    route(contract.decideExclusion, async (call) => {
      const { tx, actor, params, body, now } = call;
      const loaded = await load(app, tx, actor, params.id, body.version, refuseDeciding);
      if (isRefusal(loaded)) return loaded;
      if (body.granted && body.publicWords !== null && looksPersonal(body.publicWords)) {
        return refuse('exclusions.public_words_personal');
      }
      const { post } = loaded;
      const by = { by: actorId(actor), organisationId: post.organisationId };
      const { granted, words, publicWords } = body;
      await store.writeDecision(
        tx,
        params.id,
        { granted, words, publicWords: granted ? publicWords : null, ...by },
        now,
      );
      return follow(app, call, params.id, granted ? 'granted' : 'refused', post.id);
    }),
    route(contract.revokeExclusion, async (call) => {
      const { tx, actor, params, body, now } = call;
      const loaded = await load(app, tx, actor, params.id, body.version, refuseRevoking);
      if (isRefusal(loaded)) return loaded;
      const { post } = loaded;
      const by = { userId: actorId(actor), organisationId: post.organisationId, words: body.words };
      await store.writeRevocation(tx, params.id, by, now);
      return follow(app, call, params.id, 'revoked', post.id);
    }),
  ];
}

/** The exclusion, locked, and the post by which the actor decides about its place; or why not. */
async function load(
  app: App,
  tx: WriteTx,
  actor: Actor,
  id: string,
  version: number,
  judge: (exclusion: Exclusion, decider: { userId: string; organisationIds: readonly string[] }) => Refusal | null,
): Promise<{ readonly post: Post } | Refusal> {
  const found = await store.findExclusion(tx, id, true);
  const post = found && decidingPost(app.permissions, actor, found.areaCode);
  if (!found || !post || actor.kind !== 'officer') return refuse('exclusions.not_found');
  if (found.version !== version) return refuse('exclusions.stale');
  return judge(found, { userId: actor.userId, organisationIds: organisationsOf(actor) }) ?? { post };
}

type By = {
  readonly tx: WriteTx;
  readonly actor: Actor;
  readonly locale: Parameters<typeof presentExclusions>[1]['locale'];
  readonly now: Date;
  readonly address: string;
};

/** Writes the audit entry and tells who follows; answers the exclusion as it is now. */
async function follow(app: App, { tx, actor, locale, now, address }: By, id: string, what: string, postId: string) {
  const found = await store.findExclusion(tx, id);
  if (!found) throw new Error(`exclusion ${id} vanished`);
  const entry = { action: `exclusions.${what}`, targetKind: 'exclusion', targetId: id, result: 'done' } as const;
  await audit(tx, actor, { ...entry, details: { ground: found.ground, case: found.caseId }, address, postId }, now);
  const { caseId, organisationId, areaCode, ground, askedByOrganisationId } = found;
  const payload = { caseId, organisationId, areaCode, ground, askedByOrganisationId, actorId: actorId(actor) };
  await publish(tx, { tenant: actor.tenant, kind: `exclusion.${what}`, subject: id, at: now, payload });
  const [shown] = await presentExclusions(tx, { app, actor, locale }, [found]);
  if (!shown) throw new Error('one came back as none');
  return shown;
}
