import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { type AreaLevel, levelOf } from '../../kit/codes.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { Outcome } from './import-reports.ts';
import { knownAreas } from './known-areas.ts';
import {
  featuresOf,
  isOutside,
  isOverlap,
  type KnownArea,
  ownerOf,
  type ReadFeature,
  readFeature,
} from './rules/boundary-file.ts';
import type { Issue } from './rules/issue.ts';
import { ancestorsOf } from './rules/codes.ts';
import { type Outlined, outline, sharedArea, shareOutside } from './rules/overlap.ts';
import type { MultiPolygon } from './rules/polygon.ts';
import { drawAll } from './shapes.ts';
import { findJurisdiction, tenant } from './store.ts';
import { putShapes, touch } from './writer.ts';

export type BoundaryFile = {
  readonly geojson: unknown;
  readonly level: AreaLevel | null;
  readonly attribution: string | null;
  readonly dryRun: boolean;
};

type Placed = { readonly feature: ReadFeature; readonly area: KnownArea; readonly level: AreaLevel };

// Other requests get their turn after so many features.
const BREATH = 20;

/**
 * Imports boundaries: each feature is read, matched to an open area and held against its parent, its neighbours and
 * its children; it is then taken over or reported. All drawings are made anew around what is known.
 */
export async function importBoundaries(tx: WriteTx, file: BoundaryFile, now: Date): Promise<Result<Outcome>> {
  const features = featuresOf(file.geojson);
  if (isRefusal(features)) return features;
  const jurisdiction = await findJurisdiction(tx);
  if (!jurisdiction) return refuse('areas.not_loaded');
  const issues: Issue[] = [];
  const placed = await placeFeatures(tx, features, file.level, dayOf(now), issues);
  const matched = placed.length;
  const accepted = await checkNeighbours(placed, await storedShapes(tx, dayOf(now)), issues);
  const outcome: Outcome = {
    subject: 'boundaries',
    total: features.length,
    matched,
    issues: issues.sort((left, right) => left.index - right.index),
  };
  if (file.dryRun || accepted.length === 0) return outcome;
  await putShapes(
    tx,
    accepted.map(({ feature, area }) => ({
      code: area.code,
      geometry: feature.shape.geometry,
      source: 'imported',
      attribution: file.attribution,
    })),
  );
  await sql`
    UPDATE areas.area SET provisional = false
    WHERE tenant_id = ${tenant} AND provisional AND code = ANY(${accepted.map(({ area }) => area.code)})`.execute(tx);
  await drawAll(tx, jurisdiction.code);
  await touch(tx);
  return outcome;
}

async function placeFeatures(
  tx: ReadTx,
  features: readonly unknown[],
  level: AreaLevel | null,
  day: string,
  issues: Issue[],
): Promise<Placed[]> {
  const areas = await knownAreas(tx, day);
  const byName = indexByName(areas);
  const placed: Placed[] = [];
  const seen = new Set<string>();
  for (const [index, given] of features.entries()) {
    if (index % BREATH === BREATH - 1) await nextTurn();
    const feature = readFeature(given, index);
    if ('reason' in feature) {
      issues.push(feature);
      continue;
    }
    const area = ownerOf(feature, areas, byName, level);
    if ('reason' in area) issues.push(area);
    else if (seen.has(area.code)) issues.push(issueOf(feature, 'duplicate_code', { duplicate: area.code }));
    else {
      seen.add(area.code);
      placed.push({ feature, area, level: levelOf(area.code) ?? 'grid' });
    }
  }
  return placed;
}

function issueOf(feature: ReadFeature, reason: string, details: Issue['details']): Issue {
  return { index: feature.index, code: feature.code, name: feature.name, reason, details };
}

function indexByName(areas: ReadonlyMap<string, KnownArea>): Map<string, KnownArea[]> {
  const index = new Map<string, KnownArea[]>();
  for (const area of areas.values()) {
    for (const name of new Set([area.name, area.officialName, area.shortName, area.path])) {
      const others = index.get(name);
      if (others) others.push(area);
      else index.set(name, [area]);
    }
  }
  return index;
}

async function storedShapes(tx: ReadTx, day: string): Promise<Map<string, Outlined>> {
  const found = await sql<{ code: string; geometry: MultiPolygon }>`
    SELECT b.code, b.geometry FROM areas.boundary b
    JOIN areas.area a ON a.tenant_id = b.tenant_id AND a.code = b.code
    WHERE b.tenant_id = ${tenant} AND b.source = 'imported' AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
    ORDER BY b.code`.execute(tx);
  return new Map(found.rows.map((row) => [row.code, outline(row.geometry)]));
}

/** Holds shapes against parents, neighbours and children, larger areas first; adds an issue for each that fails. */
async function checkNeighbours(
  placed: readonly Placed[],
  stored: ReadonlyMap<string, Outlined>,
  issues: Issue[],
): Promise<Placed[]> {
  const shapes = new Map(stored);
  for (const { area } of placed) shapes.delete(area.code);
  const accepted: Placed[] = [];
  const order = [...placed].sort(
    (left, right) => left.area.code.length - right.area.code.length || left.feature.index - right.feature.index,
  );
  for (const [index, each] of order.entries()) {
    if (index % BREATH === BREATH - 1) await nextTurn();
    const issue = conflictOf(each, shapes);
    if (issue) {
      issues.push(issue);
      const before = stored.get(each.area.code);
      if (before) shapes.set(each.area.code, before);
    } else {
      shapes.set(each.area.code, each.feature.shape);
      accepted.push(each);
    }
  }
  return accepted;
}

function conflictOf({ feature, area, level }: Placed, shapes: ReadonlyMap<string, Outlined>): Issue | null {
  const { shape } = feature;
  const parent = ancestorsOf(area.code).findLast((code) => shapes.has(code));
  const around = parent === undefined ? undefined : shapes.get(parent);
  if (around) {
    const outside = shareOutside(shape, around);
    if (isOutside(outside)) return issueOf(feature, 'outside_parent', { percent: percent(outside) });
  }
  for (const [code, other] of shapes) {
    if (code.length === area.code.length) {
      const shared = sharedArea(shape, other);
      if (isOverlap(shared, shape, other, level)) {
        return issueOf(feature, 'overlaps', { other: code, squareMetres: Math.round(shared) });
      }
    } else if (code.startsWith(area.code) && isOutside(shareOutside(other, shape))) {
      return issueOf(feature, 'child_outside', { other: code });
    }
  }
  return null;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
