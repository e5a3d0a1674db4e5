import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { estatesOf, pageOfAddresses } from './addresses.ts';
import { candidates } from './candidates.ts';
import * as contract from './contract.ts';
import { exportCsv } from './export-areas.ts';
import { pageOfReports, presentReport, readReport } from './import-reports.ts';
import { mapOf, mapRevision } from './map-layer.ts';
import { namedAreas, presentArea, presentAreas } from './present.ts';
import type { Area } from './rules/area.ts';
import { pageOfSets } from './sets.ts';
import { locate, pointInJurisdiction } from './shapes.ts';
import { areaNames, childrenOf, findArea } from './store.ts';
import { writeRoutes } from './write-routes.ts';

/** Everything this module answers. */
export function routes(app: App): readonly Route[] {
  return [...publicRoutes(app), ...officeRoutes(app), ...writeRoutes(app)];
}

async function known(tx: ReadTx, code: string): Promise<Result<Area>> {
  return (await findArea(tx, code)) ?? refuse('areas.not_found', { code });
}

function publicRoutes(app: App): readonly Route[] {
  return [
    route(contract.readTree, async ({ tx, query, now }) => {
      const parent = query.parent === undefined ? null : await known(tx, query.parent);
      if (isRefusal(parent)) return parent;
      const items = await childrenOf(tx, parent?.code ?? null, { closed: false, at: now });
      return {
        parent: parent ? await presentArea(tx, parent, now) : null,
        items: await presentAreas(tx, items, now),
      };
    }),
    route(contract.searchAreas, async ({ tx, query }) => ({ items: await candidates(tx, query.text, query.limit) })),
    route(contract.locatePoint, async ({ tx, query }) => {
      const { lon, lat } = query;
      const located = await locate(tx, lon, lat);
      const names = await areaNames(tx, located ? [located.code] : []);
      const named = located ? names.get(located.code) : undefined;
      const [sure] = await namedAreas(tx, located?.known ? [located.known] : []);
      const inside = await pointInJurisdiction(tx, lon, lat);
      if (!located || !named) return { area: null, known: null, inside };
      const { code, level, schematic } = located;
      return { area: { code, level, schematic, ...named }, known: sure ?? null, inside };
    }),
    route(contract.readArea, async ({ tx, params, now }) => {
      const area = await known(tx, params.code);
      return isRefusal(area) ? area : presentArea(tx, area, now);
    }),
    mapRoute(app),
  ];
}

/** How many map layers one process keeps ready. */
const LAYERS_KEPT = 60;

/** Maps change rarely and are read often: answered with an ETag, and kept as made until an area changes. */
function mapRoute(app: App): Route {
  const layers = new Map<string, contract.MapLayer>();
  return route(contract.readMap, async ({ tx, params, query, now, actor, raw }) => {
    const area = await known(tx, params.code);
    if (isRefusal(area)) return area;
    const key = `${actor.tenant}-${await mapRevision(tx)}-${dayOf(now)}-${area.code}-${query.level ?? ''}`;
    const reply = raw.reply as FastifyReply;
    reply.header('cache-control', 'no-cache').header('etag', `"${key}"`);
    const held = (raw.request as FastifyRequest).headers['if-none-match'];
    const kept = layers.get(key);
    if (held?.includes(`"${key}"`)) {
      await reply.code(304).send();
      return kept ?? EMPTY;
    }
    const layer = kept ?? (await mapOf(tx, area, query.level, now));
    if (isRefusal(layer)) {
      reply.removeHeader('etag');
      return layer;
    }
    layers.set(key, layer);
    const oldest = layers.keys().next();
    if (layers.size > LAYERS_KEPT && oldest.value !== undefined) layers.delete(oldest.value);
    app.log.debug({ code: area.code, features: layer.features.length, kept: kept !== undefined }, 'map layer');
    return layer;
  });
}

const EMPTY: contract.MapLayer = {
  type: 'FeatureCollection',
  bbox: [],
  outline: null,
  features: [],
  schematic: false,
  attributions: [],
};

function officeRoutes(app: App): readonly Route[] {
  return [
    route(contract.listChildren, async ({ tx, params, query, now }) => {
      const area = await known(tx, params.code);
      if (isRefusal(area)) return area;
      const children = await childrenOf(tx, area.code, { closed: query.closed === true, at: now });
      return { items: await presentAreas(tx, children, now) };
    }),
    route(contract.listEstates, async ({ tx, target, now }) => {
      const area = target as Area;
      const waiting = (await childrenOf(tx, area.code, { closed: false, at: now })).filter(
        (child) => child.provisional,
      );
      return { items: await estatesOf(tx, [area.code, ...waiting.map((child) => child.code)]) };
    }),
    route(contract.exportAreas, async ({ tx, params, locale, now }) => {
      const area = await known(tx, params.code);
      return isRefusal(area) ? area : exportCsv(tx, area, app.texts, locale, dayOf(now));
    }),
    route(contract.listSets, ({ tx, query }) => pageOfSets(tx, query)),
    route(contract.listImports, ({ tx, query }) => pageOfReports(tx, query)),
    route(contract.readImport, async ({ tx, params, locale }) => {
      const report = await readReport(tx, params.id);
      return isRefusal(report) ? report : presentReport(app.texts, locale, report);
    }),
    route(contract.listAddresses, ({ tx, query, actor }) => {
      const own = postsFor(app.permissions, actor, 'areas.read_addresses').flatMap((post) => post.scope);
      return pageOfAddresses(tx, narrowed(own, query.area), query);
    }),
  ];
}

/** What of one's own prefixes lies in `area`. */
function narrowed(own: readonly string[], area: string | undefined): readonly string[] {
  if (area === undefined) return own;
  return own.flatMap((prefix) => {
    if (area.startsWith(prefix)) return [area];
    return prefix.startsWith(area) ? [prefix] : [];
  });
}
