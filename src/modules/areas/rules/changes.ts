import { type AreaLevel, fitsParent, levelOf } from '../../../kit/codes.ts';
import { type Refusal, refuse } from '../../../kit/result.ts';
import type { Area } from './area.ts';
import { levelBelow, nextCode, segmentRange } from './codes.ts';
import { type AreaKind, KINDS, kindFitsLevel } from './kinds.ts';

/** An area's place among its siblings: what decisions about codes and names need. */
export type Siblings = {
  readonly parent: Area;
  /** All children ever, closed ones too. */
  readonly all: readonly Area[];
};

export type NewChild = {
  readonly name: string;
  readonly code?: string | null | undefined;
  readonly kind?: AreaKind | null | undefined;
};

export type ChildDecision = {
  readonly code: string;
  readonly level: AreaLevel;
  readonly kind: AreaKind;
  /** The provisional grid that the new one takes over or ends. */
  readonly provisional: string | null;
};

/**
 * Decides code and kind of a new area below a parent. Refuses a closed parent, a kind that does not stand there (a grid
 * needs a village), a code that does not fit or was ever used, and a name an open sibling has.
 */
export function decideChild(siblings: Siblings, asked: NewChild): ChildDecision | Refusal {
  const { parent, all } = siblings;
  const level = levelBelow(parent.level);
  if (parent.validTo !== null) return refuse('areas.parent_closed', { parent: parent.name });
  if (level === null) return refuse('areas.no_level_below', { parent: parent.name });
  const kind = asked.kind ?? KINDS[level][0];
  if (!kindFitsLevel(kind, level)) return wrongPlace(kind, parent);
  const open = all.filter((area) => area.validTo === null);
  const provisional = open.length === 1 && open[0]?.provisional === true ? open[0] : null;
  if (open.some((area) => area.name === asked.name && area !== provisional)) {
    return refuse('areas.name_taken', { name: asked.name });
  }
  if (asked.code) {
    const misfit = refuseCode(siblings, asked.code);
    if (misfit && asked.code !== provisional?.code) return misfit;
    return { code: asked.code, level, kind, provisional: provisional?.code ?? null };
  }
  if (provisional) return { code: provisional.code, level, kind, provisional: provisional.code };
  const code = freeCode(siblings, level, kind, new Set());
  return code === null
    ? refuse('areas.codes_used_up', { parent: parent.name })
    : { code, level, kind, provisional: null };
}

function wrongPlace(kind: AreaKind, parent: Area): Refusal {
  const isGrid = (KINDS.grid as readonly string[]).includes(kind);
  return isGrid
    ? refuse('areas.grid_needs_village', { parent: parent.name })
    : refuse('areas.kind_misfit', { kind, parent: parent.name });
}

function refuseCode(siblings: Siblings, code: string): Refusal | null {
  const { parent, all } = siblings;
  if (levelOf(code) === null || !fitsParent(code, parent.code)) {
    return refuse('areas.code_misfit', { code, parent: parent.code });
  }
  const known = all.find((area) => area.code === code);
  if (!known) return null;
  return refuse(known.validTo === null ? 'areas.code_taken' : 'areas.code_retired', { code, name: known.name });
}

function freeCode(siblings: Siblings, level: AreaLevel, kind: AreaKind, alsoUsed: ReadonlySet<string>): string | null {
  const range = segmentRange(level, kind);
  const used = new Set([...siblings.all.map((area) => area.code), ...alsoUsed]);
  return range && nextCode(siblings.parent.code, range, used);
}

/** A day on which an area may end: not before it began, and not in the future. */
export function refuseDay(area: Area, day: string, today: string): Refusal | null {
  if (day > today) return refuse('areas.day_in_future', { today });
  return day < area.validFrom ? refuse('areas.day_before_start', { from: area.validFrom }) : null;
}

export type ClosingFacts = {
  readonly area: Area;
  readonly openChildren: readonly Area[];
  /** Open areas beside it under the same parent, without itself. */
  readonly openSiblings: readonly Area[];
  readonly addresses: number;
  /** The areas named as successors; null for a code that is none. */
  readonly successors: readonly (Area | null)[];
};

/** Whether an area may end now. Its provisional grid ends with it; other open children must be closed first. */
export function decideClosing(facts: ClosingFacts): Refusal | null {
  const { area, openChildren, openSiblings, addresses, successors } = facts;
  if (area.validTo !== null) return refuse('areas.already_closed', { name: area.name, on: area.validTo });
  if (area.parentCode === null) return refuse('areas.top_area');
  const children = openChildren.filter((child) => !child.provisional);
  if (children.length > 0)
    return refuse('areas.open_children', { count: children.length, name: children[0]?.name ?? '' });
  for (const successor of successors) {
    if (
      successor === null ||
      successor.validTo !== null ||
      successor.level !== area.level ||
      successor.code === area.code
    ) {
      return refuse('areas.bad_successor', { name: successor?.name ?? '' });
    }
  }
  if (area.level === 'grid' && openSiblings.length === 0) return refuse('areas.last_grid');
  if (addresses > 0 && successors.length !== 1) return refuse('areas.addresses_left', { count: addresses });
  return null;
}

export type Merger = {
  readonly target: { readonly code: string; readonly isNew: boolean; readonly kind: AreaKind };
  readonly closing: readonly Area[];
};

export type MergeAsked = {
  readonly codes: readonly string[];
  /** The area that goes on, or the name of a new one. */
  readonly into: { readonly code: string } | { readonly name: string; readonly kind?: AreaKind | undefined };
};

/** Decides a merger of open siblings into one of them or into a new area. */
export function decideMerger(siblings: Siblings, asked: MergeAsked): Merger | Refusal {
  const { parent, all } = siblings;
  const codes = [...new Set(asked.codes)];
  const merging = codes.map((code) => all.find((area) => area.code === code));
  const members: Area[] = [];
  for (const [index, area] of merging.entries()) {
    if (!area) return refuse('areas.not_a_child', { code: codes[index] ?? '', parent: parent.name });
    if (area.validTo !== null) return refuse('areas.already_closed', { name: area.name, on: area.validTo });
    members.push(area);
  }
  const [first] = members;
  if (!first || members.length < 2) return refuse('areas.merger_needs_two');
  const { into } = asked;
  if ('code' in into) {
    const target = members.find((area) => area.code === into.code);
    if (!target) return refuse('areas.target_not_among', { code: into.code });
    return {
      target: { code: target.code, isNew: false, kind: target.kind },
      closing: members.filter((area) => area !== target),
    };
  }
  const kind = into.kind ?? first.kind;
  if (!kindFitsLevel(kind, first.level)) return wrongPlace(kind, parent);
  const others = all.filter((area) => area.validTo === null && !members.includes(area));
  if (others.some((area) => area.name === into.name)) return refuse('areas.name_taken', { name: into.name });
  const code = freeCode(siblings, first.level, kind, new Set());
  if (code === null) return refuse('areas.codes_used_up', { parent: parent.name });
  return { target: { code, isNew: true, kind }, closing: members };
}

export type SplitPart = {
  readonly name: string;
  readonly kind?: AreaKind | undefined;
  readonly households?: number | null | undefined;
  readonly population?: number | null | undefined;
  /** Which open children go to this part, by code. */
  readonly children?: readonly string[] | undefined;
  /** Which estates' addresses go to this part. */
  readonly estates?: readonly string[] | undefined;
};

export type Split = { readonly parts: readonly (SplitPart & { readonly code: string; readonly kind: AreaKind })[] };

export type SplitFacts = {
  readonly siblings: Siblings;
  readonly area: Area;
  readonly openChildren: readonly Area[];
  /** Estates of the addresses that lie directly in the area. */
  readonly estates: readonly string[];
};

/** Decides a split into two parts or more; every open child and every estate must be given to exactly one part. */
export function decideSplit(facts: SplitFacts, parts: readonly SplitPart[]): Split | Refusal {
  const { siblings, area, openChildren, estates } = facts;
  if (area.validTo !== null) return refuse('areas.already_closed', { name: area.name, on: area.validTo });
  if (area.parentCode === null) return refuse('areas.top_area');
  if (parts.length < 2) return refuse('areas.split_needs_two');
  const names = parts.map((part) => part.name);
  const others = siblings.all.filter((sibling) => sibling.validTo === null && sibling.code !== area.code);
  const taken = names.find(
    (name, index) => names.indexOf(name) !== index || others.some((other) => other.name === name),
  );
  if (taken !== undefined) return refuse('areas.name_taken', { name: taken });
  const children = openChildren.filter((child) => !child.provisional).map((child) => child.code);
  const uneven =
    refuseShares(
      'children',
      children,
      parts.map((part) => part.children ?? []),
    ) ??
    refuseShares(
      'estates',
      estates,
      parts.map((part) => part.estates ?? []),
    );
  if (uneven) return uneven;
  const given = new Set<string>();
  const decided: Split['parts'][number][] = [];
  for (const part of parts) {
    const kind = part.kind ?? area.kind;
    if (!kindFitsLevel(kind, area.level)) return wrongPlace(kind, siblings.parent);
    const code = freeCode(siblings, area.level, kind, given);
    if (code === null) return refuse('areas.codes_used_up', { parent: siblings.parent.name });
    given.add(code);
    decided.push({ ...part, code, kind });
  }
  return { parts: decided };
}

/** Each of `all` in exactly one share, and nothing else in any. */
function refuseShares(
  what: 'children' | 'estates',
  all: readonly string[],
  shares: readonly (readonly string[])[],
): Refusal | null {
  const given = shares.flat();
  const foreign = given.find((each) => !all.includes(each));
  if (foreign !== undefined) return refuse('areas.split_foreign', { what, name: foreign });
  const twice = given.find((each, index) => given.indexOf(each) !== index);
  if (twice !== undefined) return refuse('areas.split_twice', { what, name: twice });
  const missing = all.filter((each) => !given.includes(each));
  if (missing.length === 0) return null;
  return refuse(`areas.split_${what}_left`, { count: missing.length, name: missing[0] ?? '' });
}
