import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route, sharedRoute } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { areasOf, findJurisdiction } from '../areas/index.ts';
import {
  countReleased,
  findReleasedCase,
  releasedByArea,
  releasedByIds,
  releasedCases,
  type ReleasedFilter,
  releasedPoints,
} from '../cases/index.ts';
import { isJoinable, similarReleased } from '../clusters/index.ts';
import * as contract from './contract.ts';
import { fileRequests } from './filing.ts';
import { loadNames } from './names.ts';
import { presentReleased, releasedImages } from './present-released.ts';
import { countsBelow } from './rules/map-counts.ts';
import { phaseOf } from './rules/phase.ts';
import { shortPlaceName } from './rules/place-names.ts';

/** Beyond this many the home page says 'more than'. */
const COUNT_CAP = 999;
const WEEK_MS = 7 * 86_400_000;
const WEEK_ROWS = 5;
/** More would be a list to read, not a help. */
const SIMILAR_ROWS = 3;
/** From a village on, a map shows single requests; above it, how many each part has. */
const VILLAGE_DIGITS = 12;

/** What everybody may read, and the way in. */
export function publicRoutes(app: App): readonly Route[] {
  return [
    route(contract.settings, async ({ tx }) => {
      const jurisdiction = await findJurisdiction(tx);
      const name = jurisdiction?.name ?? '';
      return {
        jurisdiction: { code: jurisdiction?.code ?? '', name, shortName: shortPlaceName(name) },
        demo: app.config.demo,
        phoneSignIn: app.notifier.channels.includes('sms'),
        limits: { textLength: contract.MAX_TEXT, photos: contract.MAX_FILES, photoBytes: app.config.fileSizeLimit },
      };
    }),
    sharedRoute(contract.fileRequest, (tx, calls, now) => fileRequests(app, tx, calls, now)),
    route(contract.similarRequests, async ({ tx, actor, locale, body, now }) => {
      const hits = await similarReleased(
        tx,
        actor.tenant,
        {
          text: body.text,
          areaCode: body.areaCode ?? null,
          classCode: body.classCode ?? null,
          point: body.point ? [body.point.lon, body.point.lat] : null,
        },
        now,
      );
      const shown = hits.slice(0, SIMILAR_ROWS);
      const rows = await releasedByIds(
        tx,
        actor,
        shown.map(({ id }) => id),
      );
      const found = shown.flatMap(({ id, shared }) => {
        const row = rows.find((one) => one.id === id);
        return row ? [{ row, shared }] : [];
      });
      const presented = await presentReleased(
        app,
        tx,
        locale,
        found.map(({ row }) => row),
      );
      return {
        items: presented.map((one, at) => ({
          ...one,
          areaCode: found[at]?.row.areaCode ?? '',
          joinable: isJoinable(found[at]?.row.state ?? ''),
          shared: [...(found[at]?.shared ?? [])].slice(0, 4),
        })),
      };
    }),
    ...releasedRoutes(app),
  ];
}

function releasedRoutes(app: App): readonly Route[] {
  return [
    route(contract.summary, async ({ tx, actor, locale, now }) => {
      const counts = await countReleased(tx, actor);
      const closedSince = new Date(now.getTime() - WEEK_MS);
      const closed = await releasedCases(tx, actor, { closedSince }, { limit: WEEK_ROWS });
      return {
        released: Math.min(counts.total, COUNT_CAP + 1),
        open: Math.min(counts.open, COUNT_CAP + 1),
        cap: COUNT_CAP,
        closedThisWeek: isRefusal(closed) ? [] : await presentReleased(app, tx, locale, closed.items),
      };
    }),
    route(contract.listReleased, async ({ tx, actor, locale, query }) => {
      const { after, limit, ...filter } = query;
      const page = await releasedCases(tx, actor, filterOf(filter), { after, limit });
      if (isRefusal(page)) return page;
      return { items: await presentReleased(app, tx, locale, page.items), next: page.next };
    }),
    route(contract.getReleased, async ({ tx, actor, locale, params }) => {
      const number = parseCaseNumber(params.number)?.number;
      const found = number === undefined ? null : await findReleasedCase(tx, actor, number);
      if (!found) return refuse('open.not_public');
      const [row] = await presentReleased(app, tx, locale, [found]);
      if (!row) throw new Error('one row came back as none');
      return {
        ...row,
        text: found.body,
        answer:
          found.answer === null ? null : { text: found.answer, office: await officeOf(tx, locale, found.answeredBy) },
        images: await releasedImages(tx, found.fileIds),
        point: found.lon === null || found.lat === null ? null : { lon: found.lon, lat: found.lat },
        areaCode: found.areaCode,
      };
    }),
    route(contract.mapOfReleased, async ({ tx, actor, query }) => {
      const filter = filterOf(query);
      const shown = query.area ?? tenantPrefix(app);
      if (shown.length >= VILLAGE_DIGITS) return { areas: [], points: await pointsOf(tx, actor, filter) };
      const counts = countsBelow(await releasedByArea(tx, actor, filter), shown);
      const areas = await areasOf(tx, [...counts.keys()]);
      return {
        areas: areas.flatMap(({ code, name, centre }) =>
          centre === null ? [] : [{ code, name, lon: centre[0], lat: centre[1], count: counts.get(code) ?? 0 }],
        ),
        points: [],
      };
    }),
  ];
}

async function officeOf(tx: ReadTx, locale: Locale, id: string | null): Promise<string | null> {
  return (await loadNames(tx, locale, { offices: [id], classes: [], areas: [] })).office(id);
}

async function pointsOf(tx: ReadTx, actor: Actor, filter: ReleasedFilter): Promise<contract.ReleasedMap['points']> {
  const rows = await releasedPoints(tx, actor, filter);
  return rows.flatMap(({ number, title, lon, lat, state }) =>
    lon === null || lat === null ? [] : [{ number, title, lon, lat, phase: phaseOf(state) }],
  );
}

type FilterQuery = { area?: string | undefined; classCode?: string | undefined; state?: 'open' | 'closed' | undefined };

function filterOf({ area, classCode, state }: FilterQuery): ReleasedFilter {
  return { area, classCode, state };
}
