import { refuse } from '../../kit/result.ts';
import { dayOf, endOfDay, startOfDay } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { say } from '../../platform/i18n/texts.ts';
import { organisationNames } from '../organisations/index.ts';
import { calendarYear, presentSettings } from './calendar.ts';
import * as contract from './contract.ts';
import { writeCsv } from './csv.ts';
import { suggestDispatch } from './dispatch.ts';
import { type EntryView, pageOfEntries, presentClass, presentClasses, presentEntries } from './present.ts';
import { classNames, listClasses, matchClasses } from './store.ts';
import { openEntries } from './write-entries.ts';

/** May the actor change entries of an area? */
export function managesList(app: App, actor: Actor): (areaCode: string) => boolean {
  const posts = postsFor(app.permissions, actor, 'catalogue.manage_dispatch_list');
  return (areaCode) => covers(posts, areaCode);
}

function viewOf(app: App, actor: Actor, now: Date): EntryView {
  return { now, manages: managesList(app, actor) };
}

/** What everyone may read: the residents' pick list, classes, the dispatch list, settings and the calendar. */
export function readRoutes(app: App): readonly Route[] {
  return [...publicRoutes(), ...classRoutes(), ...listRoutes(app), ...settingRoutes()];
}

function publicRoutes(): readonly Route[] {
  return [
    route(contract.listPublicClasses, async ({ tx, now }) => ({
      items: (await listClasses(tx, now)).map((each) => ({
        code: each.code,
        nameZh: each.nameZh,
        nameEn: each.nameEn,
        parentCode: each.parentCode,
        private: each.sensitivity === 'sealed',
        needsPhoto: each.needsPhoto,
      })),
    })),
    route(contract.matchPublicClasses, async ({ tx, body, now }) => ({
      items: await namedMatches(tx, body.text, now),
    })),
  ];
}

async function namedMatches(tx: ReadTx, text: string, now: Date) {
  const found = await matchClasses(tx, text, now);
  const names = await classNames(
    tx,
    found.map((match) => match.code),
  );
  return found.map((match) => ({
    code: match.code,
    nameZh: match.code,
    nameEn: match.code,
    ...names.get(match.code),
    words: [...match.words],
    score: match.score,
    confidence: match.confidence,
  }));
}

function classRoutes(): readonly Route[] {
  return [
    route(contract.listClasses, ({ tx, query, now }) => {
      // A past or coming day is shown as it stands in the evening: with the changes made on it.
      const onDay =
        query.on === undefined || query.on === dayOf(now) ? now : new Date(endOfDay(query.on).getTime() - 1);
      return presentClasses(tx, onDay, query.lane, now);
    }),
    route(contract.readClass, ({ tx, params, now }) => presentClass(tx, params.code, now)),
  ];
}

function listRoutes(app: App): readonly Route[] {
  return [
    route(contract.listEntries, ({ tx, actor, query, now }) => pageOfEntries(tx, query, viewOf(app, actor, now))),
    route(contract.exportEntries, async ({ tx, actor, query, locale, now }) => {
      const since = query.over === true ? startOfDay('1970-01-01') : now;
      const entries = (await openEntries(tx, since)).map((entry) => ({ ...entry, endReason: null }));
      const items = await presentEntries(tx, entries, viewOf(app, actor, now));
      const fileName = `${say(app.texts, locale, 'catalogue.csv.file')}-${dayOf(now)}.csv`;
      return { fileName, csv: writeCsv(items, app.texts, locale) };
    }),
    route(contract.readSuggestions, async ({ tx, query, locale, now }) => {
      const found = await suggestDispatch(tx, { ...query, at: now });
      const names = await organisationNames(
        tx,
        found.flatMap((each) => [each.organisationId, ...each.assistIds]),
      );
      const named = (id: string) => ({ id, name: id, nameEn: id, shortName: id, ...names.get(id) });
      return {
        items: found.map((each) => ({
          entryId: each.entryId,
          number: each.entryNumber,
          level: each.level,
          organisation: named(each.organisationId),
          assists: each.assistIds.map(named),
          legalBasis: each.legalBasis,
          reason: say(app.texts, locale, each.reason.key, each.reason.values),
        })),
      };
    }),
  ];
}

function settingRoutes(): readonly Route[] {
  return [
    route(contract.listSettings, ({ tx, now }) => presentSettings(tx, now)),
    route(contract.readCalendar, ({ tx, params, now }) =>
      Number.isInteger(params.year) ? calendarYear(tx, params.year, now) : Promise.resolve(refuse('http.not_found')),
    ),
  ];
}
