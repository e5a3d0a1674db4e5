/** Where a body stands. `city` exists only where the jurisdiction is a prefecture-level city with counties inside. */
export const ORGANISATION_LEVELS = ['city', 'county', 'town', 'village'] as const;
export type OrganisationLevel = (typeof ORGANISATION_LEVELS)[number];

/** A body with its two lines (条块): the department above it, and the body of its area that directs it. */
export type Organisation = {
  readonly id: string;
  readonly kind: string;
  readonly level: OrganisationLevel;
  readonly name: string;
  readonly nameEn: string;
  readonly shortName: string;
  readonly areaCode: string;
  readonly lineSuperiorId: string | null;
  readonly directingBodyId: string | null;
  readonly phone: string | null;
  readonly complaintPhone: string | null;
  /** A company or an organ of another jurisdiction that acts here. */
  readonly external: boolean;
  /** `yyyy-mm-dd`. */
  readonly validFrom: string;
  /** The first day on which it no longer exists; null while open. */
  readonly validTo: string | null;
  readonly version: number;
};

/** A kind of body, as the dispatch list names it. */
export type OrganisationKind = {
  readonly kind: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly levels: readonly OrganisationLevel[];
  /** A town station (七站八所), which has both lines. */
  readonly station: boolean;
};

/** The kinds that rules name; every other kind is data. */
export const GOVERNMENT = 'government';
export const COMMAND_CENTRE = 'command_centre';
export const VILLAGE = 'village';

/** True when a dated thing holds on a day; `validTo` is the first day on which it does not. */
export function holdsOn(term: { readonly validFrom: string; readonly validTo: string | null }, day: string): boolean {
  return term.validFrom <= day && (term.validTo === null || day < term.validTo);
}

/** The level of an area code by its length: 4 city, 6 county, 9 town, 12 village; null for grids and below. */
export function levelOfCode(code: string): OrganisationLevel | null {
  switch (code.length) {
    case 4:
      return 'city';
    case 6:
      return 'county';
    case 9:
      return 'town';
    case 12:
      return 'village';
    default:
      return null;
  }
}

/** The lengths at which a division code is cut, shortest first: what may stand in a scope above `code`. */
const CODE_LENGTHS = [2, 4, 6, 9, 12, 15, 17];

/** All codes that cover `code`, itself included. */
export function coveringCodes(code: string): readonly string[] {
  return CODE_LENGTHS.filter((length) => length <= code.length).map((length) => code.slice(0, length));
}
