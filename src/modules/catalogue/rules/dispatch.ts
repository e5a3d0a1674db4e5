/** Where a body that leads stands. `grid` is the team of a grid, led through its village. */
export const ENTRY_LEVELS = ['city', 'county', 'town', 'village', 'grid'] as const;
export type EntryLevel = (typeof ENTRY_LEVELS)[number];

/** An entry of the dispatch list (派单目录). The lead is a kind of body or one body. */
export type DispatchEntry = {
  readonly id: string;
  readonly entryNumber: number;
  readonly classCode: string;
  readonly level: EntryLevel;
  readonly areaCode: string;
  readonly leadKind: string | null;
  readonly leadOrganisationId: string | null;
  readonly assistKinds: readonly string[];
  readonly assistIds: readonly string[];
  readonly legalBasis: string;
  readonly decidedBy: string;
  readonly sample: boolean;
  readonly validFrom: Date;
  readonly validTo: Date | null;
};

/**
 * The entries that hold for a class at a place, in the order of their numbers. A class without entries of its own takes
 * its parent's; a county's or town's own list goes before that of the whole jurisdiction.
 */
export function applicableEntries(
  entries: readonly DispatchEntry[],
  classCode: string,
  areaCode: string,
): readonly DispatchEntry[] {
  const here = entries.filter((entry) => areaCode.startsWith(entry.areaCode));
  const own = here.filter((entry) => entry.classCode === classCode);
  const family = own.length > 0 ? own : here;
  return family
    .filter((entry) => !family.some((other) => other.level === entry.level && moreSpecific(other, entry)))
    .sort((a, b) => a.entryNumber - b.entryNumber || (a.id < b.id ? -1 : 1));
}

function moreSpecific(one: DispatchEntry, other: DispatchEntry): boolean {
  return one.areaCode.length > other.areaCode.length;
}

/** A body as the list resolves it. */
export type Candidate = {
  readonly id: string;
  readonly kind: string;
  readonly level: string;
  readonly areaCode: string;
};

/** The length of the area codes at which a level's body stands for a place. */
const CODE_LENGTH: Readonly<Record<EntryLevel, number>> = { city: 4, county: 6, town: 9, village: 12, grid: 12 };

/**
 * The body that leads by kind: of the town, village or county the place lies in. Null when the place is not known that
 * closely, or there is no such body. A jurisdiction without counties answers for county entries at its own level.
 */
export function leadByKind(
  entry: Pick<DispatchEntry, 'level' | 'leadKind'>,
  areaCode: string,
  near: readonly Candidate[],
): Candidate | null {
  if (entry.level === 'grid' && areaCode.length < 15) return null;
  const length = CODE_LENGTH[entry.level];
  const ofKind = near.filter((one) => one.kind === entry.leadKind);
  const exact = ofKind.find((one) => one.areaCode.length === length);
  if (exact || entry.level !== 'county') return exact ?? null;
  return ofKind.find((one) => one.areaCode.length === CODE_LENGTH.city) ?? null;
}

/** A term as two instants, half open. */
type Term = { readonly validFrom: Date; readonly validTo: Date | null };

/** True when two terms share a moment; an empty term (ended where it began) shares none. */
export function termsMeet(one: Term, other: Term): boolean {
  const empty = (term: Term) => term.validTo !== null && term.validTo <= term.validFrom;
  const before = (a: Term, b: Term) => b.validTo === null || a.validFrom < b.validTo;
  return !empty(one) && !empty(other) && before(one, other) && before(other, one);
}

/** Why an entry cannot stand beside those there are: the same class, level and area twice, or a number taken. */
export function refuseOverlap(
  entry: Pick<DispatchEntry, 'entryNumber' | 'classCode' | 'level' | 'areaCode'> & Term,
  others: readonly DispatchEntry[],
): { readonly code: 'catalogue.entry_overlaps' | 'catalogue.number_taken'; readonly number: number } | null {
  const meeting = others.filter((other) => other.areaCode === entry.areaCode && termsMeet(other, entry));
  const twin = meeting.find((other) => other.classCode === entry.classCode && other.level === entry.level);
  if (twin) return { code: 'catalogue.entry_overlaps', number: twin.entryNumber };
  const sameNumber = meeting.find((other) => other.entryNumber === entry.entryNumber);
  return sameNumber ? { code: 'catalogue.number_taken', number: entry.entryNumber } : null;
}
