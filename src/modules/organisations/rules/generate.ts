import type { Organisation, OrganisationKind, OrganisationLevel } from './organisation.ts';
import { COMMAND_CENTRE, coveringCodes, GOVERNMENT, levelOfCode, VILLAGE } from './organisation.ts';
import { areaNameEn, bareTown, mark, transliterate } from './names.ts';

type Template = { readonly name: string; readonly shortName: string; readonly nameEn: string };

/** One kind of the seed file (`database/seeds/organisations.json`). */
export type SeedKind = {
  readonly kind: string;
  readonly levels: readonly string[];
  readonly nameZh: string;
  readonly nameEn: string;
  readonly template: Template;
  /** Other names by what the place is: street, town, zone, body (one that runs itself: farm, park); community, village. */
  readonly variants?: Readonly<Record<string, Template>>;
  readonly station?: boolean;
  readonly external?: boolean;
  /** The kind of the department above it. */
  readonly lineSuperior?: string;
  /** The complaint line that residents are told, e.g. the hotline 12345. */
  readonly complaintPhone?: string;
};

/** An area as generation needs it; `kind` is the area's (subdistrict, town, farm …). */
export type Place = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly validFrom: string;
};

type Words = Readonly<Record<'place' | 'bare' | 'mark' | 'county' | 'placeEn' | 'bareEn', string>>;

/** Kinds as rows: their order in the seed is their order in lists. */
export function seedKinds(kinds: readonly SeedKind[]): readonly OrganisationKind[] {
  return kinds.map((kind) => ({
    kind: kind.kind,
    nameZh: kind.nameZh,
    nameEn: kind.nameEn,
    levels: kind.levels as readonly OrganisationLevel[],
    station: kind.station === true,
  }));
}

/**
 * All bodies of a jurisdiction from its area tree and the seed, parents before children. A town's bodies are directed
 * by the town, a village by its town, departments by their government; the line superior is the department one level
 * up (of the kind the seed names), wherever the nearest one stands. A body is as old as its area in the division list.
 */
export function generateOrganisations(
  places: readonly Place[],
  kinds: readonly SeedKind[],
  newId: () => string,
): readonly Organisation[] {
  const names = new Map(places.map((place) => [place.code, place.name]));
  const inCity = places.some((place) => place.code.length === 4);
  const made: Organisation[] = [];
  const ids = new Map<string, string>();
  const nearest = (kind: string, codes: readonly string[]) =>
    codes.map((code) => ids.get(`${kind} ${code}`)).find((id) => id !== undefined) ?? null;

  for (const place of [...places].sort(byCode)) {
    const level = levelOfCode(place.code);
    // A city without counties has a row of its own name at the county level; its bodies stand at the city's.
    if (level === null || place.kind === 'city_itself') continue;
    const words = wordsFor(place, level, names, inCity);
    const above = coveringCodes(place.code).slice(0, -1).reverse();
    for (const kind of kinds) {
      if (!kind.levels.includes(level)) continue;
      const id = newId();
      ids.set(`${kind.kind} ${place.code}`, id);
      const governs = kind.kind === GOVERNMENT || kind.kind === VILLAGE;
      made.push({
        id,
        kind: kind.kind,
        level,
        ...fill(kind.variants?.[variantOf(place, level)] ?? kind.template, words),
        areaCode: place.code,
        lineSuperiorId: nearest(kind.lineSuperior ?? kind.kind, above),
        directingBodyId: nearest(GOVERNMENT, governs ? above : [place.code]),
        phone: null,
        complaintPhone: kind.complaintPhone ?? null,
        external: kind.external === true,
        validFrom: place.validFrom,
        validTo: null,
        version: 1,
      });
    }
  }
  return made;
}

function byCode(one: Place, other: Place): number {
  return one.code.length - other.code.length || (one.code < other.code ? -1 : 1);
}

/** What an area's kind is called in the seed's `variants`; every other kind is a body that runs itself. */
const VARIANTS: Readonly<Record<string, string>> = {
  subdistrict: 'street',
  town: 'town',
  township: 'town',
  development_zone: 'zone',
  community: 'community',
  village: 'village',
};

function variantOf(place: Place, level: OrganisationLevel): string {
  return VARIANTS[place.kind] ?? (level === 'town' ? 'body' : '');
}

function wordsFor(place: Place, level: OrganisationLevel, names: ReadonlyMap<string, string>, inCity: boolean): Words {
  const bare = level === 'town' ? bareTown(place.name) : place.name;
  return {
    place: place.name,
    bare,
    mark: inCity && level === 'county' ? place.name : mark(place.name),
    county: names.get(place.code.slice(0, 6)) ?? names.get(place.code.slice(0, 4)) ?? '',
    placeEn: areaNameEn(place.name),
    bareEn: bare !== place.name && VARIANTS[place.kind] !== undefined ? transliterate(bare) : areaNameEn(place.name),
  };
}

function fill(template: Template, words: Words): Template {
  const put = (text: string) => text.replace(/\{(\w+)\}/g, (_, word: string) => words[word as keyof Words] ?? '');
  return { name: put(template.name), shortName: put(template.shortName), nameEn: put(template.nameEn) };
}

/** True for a kind that takes in and passes on: it needs a dispatcher, every other leading kind a handler. */
export function needsDispatcher(kind: string): boolean {
  return kind === COMMAND_CENTRE;
}
