import { isRefusal } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import * as contract from './contract.ts';
import { pageOfOrganisations, pageOfPeople, pageOfPosts } from './lists.ts';
import { type PostView, presentOrganisation } from './present.ts';
import { organisationKinds } from './store.ts';
import { readGrid } from './public-grid.ts';
import { scopeFor } from './targets.ts';
import { narrowed, pageOfGridTeams, pageOfGridVacancies, pageOfOrganisationVacancies } from './vacancies.ts';
import type { Organisation } from './rules/organisation.ts';
import { writeRoutes } from './write-routes.ts';
import { jurisdictionPrefix } from './write-posts.ts';

/** Everything this module answers. */
export function routes(app: App): readonly Route[] {
  return [...readRoutes(app), ...postRoutes(app), ...writeRoutes(app)];
}

/** Through whose eyes a list of posts is shown. */
async function viewOf(tx: ReadTx, app: App, actor: Actor, now: Date): Promise<PostView> {
  return {
    today: dayOf(now),
    manages: scopeFor(app.permissions, actor, 'posts.manage'),
    jurisdictionPrefix: await jurisdictionPrefix(tx),
  };
}

function readRoutes(app: App): readonly Route[] {
  return [
    route(contract.listOrganisations, ({ tx, query, now }) => pageOfOrganisations(tx, query, now)),
    route(contract.listKinds, async ({ tx }) => ({
      items: (await organisationKinds(tx)).map((kind) => ({ ...kind, levels: [...kind.levels] })),
    })),
    route(contract.readOrganisation, async ({ tx, actor, target, now }) =>
      presentOrganisation(tx, app, actor, target as Organisation, await viewOf(tx, app, actor, now), now),
    ),
    route(contract.readPublicGrid, ({ tx, params, now }) => readGrid(tx, params.code, now)),
  ];
}

function postRoutes(app: App): readonly Route[] {
  const readable = (actor: Actor) => scopeFor(app.permissions, actor, 'posts.read');
  return [
    route(contract.listPosts, async ({ tx, actor, query, now }) =>
      pageOfPosts(tx, query, await viewOf(tx, app, actor, now), readable(actor)),
    ),
    route(contract.listMyPosts, async ({ tx, actor, now }) => {
      const view = await viewOf(tx, app, actor, now);
      const own = actor.kind === 'officer' ? actor.userId : '';
      const page = await pageOfPosts(tx, { userId: own, limit: 100 }, view, [view.jurisdictionPrefix]);
      return isRefusal(page) ? page : { items: page.items.filter((post) => post.state === 'current') };
    }),
    route(contract.listPeople, ({ tx, query, now }) => pageOfPeople(tx, query, now)),
    route(contract.listVacancies, async ({ tx, actor, query, now }) => {
      const prefixes = narrowed(readable(actor), query.areaCode);
      return query.kind === 'grid'
        ? pageOfGridVacancies(tx, prefixes, query, now)
        : pageOfOrganisationVacancies(tx, prefixes, query, now);
    }),
    route(contract.listGridTeams, ({ tx, actor, query, now }) =>
      pageOfGridTeams(tx, narrowed(readable(actor), query.areaCode), query, now),
    ),
  ];
}
