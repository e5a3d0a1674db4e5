import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { estatesOf, moveAddresses } from './addresses.ts';
import { type Ending, endWith, rehome } from './rehome.ts';
import { type Area, isActive } from './rules/area.ts';
import {
  decideChild,
  decideClosing,
  decideMerger,
  decideSplit,
  type MergeAsked,
  type NewChild,
  refuseDay,
  type SplitPart,
} from './rules/changes.ts';
import { kindFitsLevel } from './rules/kinds.ts';
import { provisionalGrid } from './load.ts';
import { joinShapes } from './join-shapes.ts';
import { dropShape, drawWithin } from './shapes.ts';
import { areasOf, childrenOf, getArea, lockArea } from './store.ts';
import { type AreaChange, changeArea, insertAreas, touch } from './writer.ts';

type Figures = {
  readonly households?: number | null | undefined;
  readonly population?: number | null | undefined;
};

/** What a change did: the area to show, and what ended by it, for those who must follow. */
export type Changed = { readonly area: Area; readonly endings: readonly Ending[] };

/** Adds an area below `parent`; a village gets a provisional grid, a village's provisional grid gives way. */
export async function addChild(
  tx: WriteTx,
  parent: Area,
  asked: NewChild & Figures,
  now: Date,
): Promise<Result<Changed>> {
  const day = dayOf(now);
  const all = await childrenOf(tx, parent.code, { closed: true });
  const decision = decideChild({ parent, all }, asked);
  if (isRefusal(decision)) return decision;
  const { code, level, kind, provisional } = decision;
  const words = { officialName: asked.name, level, kind, ...figures(asked) };
  const endings: Ending[] = [];
  if (provisional === code) {
    const current = all.find((area) => area.code === code);
    await changeArea(tx, code, current?.version ?? 1, { ...words, provisional: false });
  } else {
    await insertAreas(tx, [{ ...words, code, parentCode: parent.code, validFrom: day }]);
    if (level === 'village') await insertAreas(tx, [provisionalGrid(code, day)]);
    if (provisional !== null) {
      await moveAddresses(tx, provisional, code);
      endings.push({ code: provisional, successors: [code], manner: 'drawn' });
    }
  }
  await endWith(tx, endings, day);
  return finish(tx, code, parent.code, endings);
}

function figures(asked: Figures): Pick<AreaChange, 'households' | 'population'> {
  return { households: asked.households ?? null, population: asked.population ?? null };
}

async function finish(tx: WriteTx, code: string, around: string, endings: readonly Ending[]): Promise<Changed> {
  await drawWithin(tx, around);
  await touch(tx);
  return { area: await getArea(tx, code), endings };
}

/** Renames an area or corrects its kind and figures. */
export async function correctArea(
  tx: WriteTx,
  area: Area,
  asked: NewWords & { readonly version: number },
): Promise<Result<Changed>> {
  if (area.validTo !== null) return refuse('areas.already_closed', { name: area.name, on: area.validTo });
  if (asked.kind !== undefined && !kindFitsLevel(asked.kind, area.level)) {
    return refuse('areas.kind_misfit', { kind: asked.kind, parent: area.name });
  }
  if (asked.name !== undefined && area.parentCode !== null) {
    const siblings = await childrenOf(tx, area.parentCode, { closed: false });
    if (siblings.some((other) => other.name === asked.name && other.code !== area.code)) {
      return refuse('areas.name_taken', { name: asked.name });
    }
  }
  const done = await changeArea(tx, area.code, asked.version, {
    level: area.level,
    ...(asked.name === undefined ? {} : { officialName: asked.name }),
    ...(asked.kind === undefined ? {} : { kind: asked.kind }),
    ...(asked.households === undefined ? {} : { households: asked.households }),
    ...(asked.population === undefined ? {} : { population: asked.population }),
  });
  if (!done) return refuse('areas.changed_meanwhile', { name: area.name });
  await touch(tx);
  return { area: await getArea(tx, area.code), endings: [] };
}

type NewWords = Figures & { readonly name?: string | undefined; readonly kind?: Area['kind'] | undefined };

/** Ends an area; its provisional grid ends with it, its addresses go to its one successor. */
export async function closeArea(
  tx: WriteTx,
  area: Area,
  asked: { readonly version: number; readonly day?: string | undefined; readonly successors: readonly string[] },
  now: Date,
): Promise<Result<Changed>> {
  if (area.validTo === null && area.version !== asked.version)
    return refuse('areas.changed_meanwhile', { name: area.name });
  const day = asked.day ?? dayOf(now);
  const badDay = refuseDay(area, day, dayOf(now));
  if (badDay) return badDay;
  // The parent's row keeps two closings from each seeing the other grid still open.
  if (area.parentCode !== null) await lockArea(tx, area.parentCode);
  const known = await areasOf(tx, asked.successors);
  const successors = [...new Set(asked.successors)].map((code) => known.find((other) => other.code === code) ?? null);
  const openChildren = await childrenOf(tx, area.code, { closed: false, at: now });
  const openSiblings = (await childrenOf(tx, area.parentCode, { closed: false, at: now })).filter(
    (other) => other.code !== area.code,
  );
  const places = [area, ...openChildren.filter((child) => child.provisional)];
  const addresses = (
    await estatesOf(
      tx,
      places.map((place) => place.code),
    )
  ).reduce((sum, row) => sum + row.addresses, 0);
  const refused = decideClosing({ area, openChildren, openSiblings, addresses, successors });
  if (refused) return refused;
  const heirs = successors.flatMap((successor) => successor ?? []);
  const endings: Ending[] = [{ code: area.code, successors: heirs.map((heir) => heir.code), manner: 'closed' }];
  const [heir] = heirs;
  const grid = heir && (await gridFor(tx, heir, now));
  if (addresses > 0 && !grid) return refuse('areas.addresses_left', { count: addresses });
  for (const place of places) {
    if (grid) await moveAddresses(tx, place.code, grid);
    if (place !== area) endings.push({ code: place.code, successors: grid ? [grid] : [], manner: 'closed' });
  }
  await endWith(tx, endings, day);
  return finish(tx, area.code, area.parentCode ?? area.code, endings);
}

/** The grid that takes what lay in a closed area: the successor itself, or its only grid. */
async function gridFor(tx: WriteTx, heir: Area, now: Date): Promise<string | null> {
  if (heir.level === 'grid' || heir.level === 'micro_grid') return heir.code;
  if (heir.level !== 'village') return null;
  const [only, second] = await childrenOf(tx, heir.code, { closed: false, at: now });
  return only && !second ? only.code : null;
}

/** Merges children of `parent`; what lies below the closed ones moves below the one that goes on. */
export async function mergeAreas(
  tx: WriteTx,
  parent: Area,
  asked: MergeAsked & { readonly day?: string | undefined },
  now: Date,
): Promise<Result<Changed>> {
  const day = asked.day ?? dayOf(now);
  const all = await childrenOf(tx, parent.code, { closed: true });
  const merger = decideMerger({ parent, all }, asked);
  if (isRefusal(merger)) return merger;
  for (const area of merger.closing) {
    const badDay = refuseDay(area, day, dayOf(now));
    if (badDay) return badDay;
  }
  const { target, closing } = merger;
  const members = [...closing, ...all.filter((area) => area.code === target.code)];
  const sums = { households: sumOf(members, 'households'), population: sumOf(members, 'population') };
  const { level } = closing[0] ?? parent;
  if ('name' in asked.into) {
    const { code, kind } = target;
    await insertAreas(tx, [
      { code, level, kind, officialName: asked.into.name, parentCode: parent.code, validFrom: day, ...sums },
    ]);
  } else {
    const current = all.find((area) => area.code === target.code);
    await changeArea(tx, target.code, current?.version ?? 1, { level, ...sums });
  }
  await joinShapes(
    tx,
    members.map((member) => member.code),
    target.code,
  );
  const endings: Ending[] = [];
  for (const area of closing) {
    for (const child of await childrenOf(tx, area.code, { closed: false, at: now })) {
      // A village without drawn grids goes on as one grid of the merged village, under its own name.
      const name = child.provisional ? `${area.name}网格` : null;
      endings.push(...(await rehome(tx, child, target.code, day, name)));
    }
    await moveAddresses(tx, area.code, target.code);
    endings.push({ code: area.code, successors: [target.code], manner: 'merged' });
  }
  await settleProvisional(tx, target.code, now);
  await endWith(tx, endings, day);
  return finish(tx, target.code, parent.code, endings);
}

function sumOf(areas: readonly Area[], what: 'households' | 'population'): number | null {
  return areas.reduce<number | null>((sum, area) => {
    const count = area[what];
    return sum === null || count === null ? null : sum + count;
  }, 0);
}

/** Once a village has other grids, the provisional one among them is a grid like them. */
async function settleProvisional(tx: WriteTx, village: string, now: Date): Promise<void> {
  const grids = await childrenOf(tx, village, { closed: false, at: now });
  if (grids.length < 2) return;
  for (const grid of grids.filter((each) => each.provisional)) {
    await changeArea(tx, grid.code, grid.version, { level: grid.level, provisional: false });
  }
}

/** Splits an area into new ones and shares out what lies in it. */
export async function splitArea(
  tx: WriteTx,
  area: Area,
  asked: { readonly version: number; readonly day?: string | undefined; readonly parts: readonly SplitPart[] },
  now: Date,
): Promise<Result<{ closed: Area; parts: Area[]; endings: readonly Ending[] }>> {
  if (area.validTo === null && area.version !== asked.version)
    return refuse('areas.changed_meanwhile', { name: area.name });
  const day = asked.day ?? dayOf(now);
  const badDay = refuseDay(area, day, dayOf(now));
  if (badDay) return badDay;
  if (area.parentCode === null) return refuse('areas.top_area');
  const parent = await lockArea(tx, area.parentCode);
  if (!parent) throw new Error(`area ${area.code} has no parent ${area.parentCode}`);
  const all = await childrenOf(tx, parent.code, { closed: true });
  const openChildren = await childrenOf(tx, area.code, { closed: false, at: now });
  const waiting = openChildren.find((child) => child.provisional);
  const estates = (await estatesOf(tx, [area.code, ...(waiting ? [waiting.code] : [])])).map((row) => row.estate);
  const split = decideSplit({ siblings: { parent, all }, area, openChildren, estates }, asked.parts);
  if (isRefusal(split)) return split;
  const codes = split.parts.map((part) => part.code);
  const endings: Ending[] = [{ code: area.code, successors: codes, manner: 'split' }];
  const drawnGrids: string[] = [];
  for (const part of split.parts) {
    const { code, kind, name: officialName } = part;
    await insertAreas(tx, [
      { code, level: area.level, kind, officialName, parentCode: parent.code, validFrom: day, ...figures(part) },
    ]);
    for (const child of openChildren.filter((each) => part.children?.includes(each.code))) {
      endings.push(...(await rehome(tx, child, code, day, null)));
    }
    const bare = area.level === 'village' && (part.children ?? []).length === 0;
    if (bare) {
      await insertAreas(tx, [provisionalGrid(code, day)]);
      drawnGrids.push(`${code}001`);
      if (waiting) await moveAddresses(tx, waiting.code, `${code}001`, part.estates ?? []);
    }
    await moveAddresses(tx, area.code, code, part.estates ?? []);
  }
  if (waiting) endings.push({ code: waiting.code, successors: drawnGrids, manner: 'split' });
  await endWith(tx, endings, day);
  await drawWithin(tx, parent.code);
  await touch(tx);
  return { closed: await getArea(tx, area.code), parts: await areasOf(tx, codes), endings };
}

/** Takes back an imported boundary. */
export async function removeBoundary(tx: WriteTx, area: Area): Promise<Result<Changed>> {
  if (area.schematic || !isActive(area, dayOf(new Date()))) return refuse('areas.no_boundary', { name: area.name });
  await dropShape(tx, area.code);
  await touch(tx);
  return { area: await getArea(tx, area.code), endings: [] };
}
