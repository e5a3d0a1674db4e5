import { z } from 'zod';
import { AREA_LEVELS } from '../../kit/codes.ts';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, day, latitude, longitude, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { REASONS } from './rules/area.ts';
import { KINDS } from './rules/kinds.ts';

const level = z.enum(AREA_LEVELS);
const kind = z.enum(Object.values(KINDS).flat());
const version = z.number().int().min(1);
const count = z.number().int().min(0).max(9_999_999).nullish();
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const areaName = text(40, 2);
const byCode = z.strictObject({ code: areaCode });
/** Files come as text inside JSON, so that one body form serves all; 20 MiB of file and room for escapes. */
const FILE_LIMIT = 24 * 1024 * 1024;
const csv = z
  .string()
  .min(1)
  .max(20 * 1024 * 1024);

const areaRef = z.object({ code: z.string(), name: z.string(), path: z.string() });
const pathStep = z.object({ code: z.string(), name: z.string(), level });

const areaItem = z.object({
  code: z.string(),
  level,
  kind,
  name: z.string(),
  officialName: z.string(),
  parentCode: z.string().nullable(),
  validFrom: z.string(),
  /** The first day on which it is no more. */
  validTo: z.string().nullable(),
  centre: z.tuple([z.number(), z.number()]).nullable(),
  /** No real boundary is known; its place on a map is a drawing (示意). */
  schematic: z.boolean(),
  /** A grid made for a village whose grids are not drawn yet. */
  provisional: z.boolean(),
  households: z.number().int().nullable(),
  population: z.number().int().nullable(),
  version,
  /** Open areas directly below. */
  children: z.number().int(),
});
export type AreaItem = z.output<typeof areaItem>;

const areaDetail = areaItem.extend({
  path: z.array(pathStep),
  successors: z.array(areaRef),
  predecessors: z.array(areaRef),
  /** Who says so, for a real boundary. */
  attribution: z.string().nullable(),
});
export type AreaDetail = z.output<typeof areaDetail>;

const candidate = z.object({
  code: z.string(),
  level,
  name: z.string(),
  path: z.string(),
  score: z.number(),
  reason: z.enum(REASONS),
  matched: z.string(),
});
export type CandidateItem = z.output<typeof candidate>;

export const readTree = defineContract({
  id: 'areas.read_tree',
  method: 'GET',
  path: '/api/areas/tree',
  summary: 'The open areas directly below a code; without one, the top of the jurisdiction',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject({ parent: areaCode.optional() }),
  answer: z.object({ parent: areaDetail.nullable(), items: z.array(areaItem) }),
  refusals: ['areas.not_found'],
  perMinute: 300,
});

export const searchAreas = defineContract({
  id: 'areas.search',
  method: 'GET',
  path: '/api/areas/candidates',
  summary: 'The areas a text may mean, best first, with full paths and reasons; repeated names are all answered',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject({
    text: text(200),
    limit: z.coerce.number().int().min(1).max(20).default(10),
  }),
  answer: z.object({ items: z.array(candidate) }),
  refusals: [],
  perMinute: 120,
});

export const locatePoint = defineContract({
  id: 'areas.locate',
  method: 'GET',
  path: '/api/areas/locate',
  summary: 'The smallest open area at a point; says when only a drawing tells',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject({ lon: z.coerce.number().pipe(longitude), lat: z.coerce.number().pipe(latitude) }),
  answer: z.object({
    area: z.object({ code: z.string(), level, name: z.string(), path: z.string(), schematic: z.boolean() }).nullable(),
    /** The smallest area whose real boundary holds the point. */
    known: areaRef.nullable(),
    /** Whether the point lies in the jurisdiction; null where no boundary is known. */
    inside: z.boolean().nullable(),
  }),
  refusals: [],
  perMinute: 240,
});

export const readArea = defineContract({
  id: 'areas.read_area',
  method: 'GET',
  path: '/api/areas/:code',
  summary: 'One area with its path, successors and predecessors; closed ones too',
  access: { kind: 'public' },
  effect: 'read',
  params: byCode,
  answer: areaDetail,
  refusals: ['areas.not_found'],
  perMinute: 300,
});

const geometry = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(z.array(z.number())))),
});
const mapFeature = z.object({
  type: z.literal('Feature'),
  properties: z.object({
    code: z.string(),
    name: z.string(),
    level,
    schematic: z.boolean(),
    /** Where its label and a pin may stand. */
    centre: z.array(z.number()),
  }),
  geometry,
});
const mapLayer = z.object({
  type: z.literal('FeatureCollection'),
  bbox: z.array(z.number()),
  /** The area whose parts these are. */
  outline: mapFeature.nullable(),
  features: z.array(mapFeature),
  /** True when anything in it is a drawing: the map must say so. */
  schematic: z.boolean(),
  /** Where the real boundaries come from. */
  attributions: z.array(z.string()),
});
export type MapLayer = z.output<typeof mapLayer>;

export const readMap = defineContract({
  id: 'areas.read_map',
  method: 'GET',
  path: '/api/areas/:code/map',
  summary: 'What a map of an area draws, as GeoJSON: its outline and the areas below it, simplified; cached by ETag',
  access: { kind: 'public' },
  effect: 'read',
  params: byCode,
  query: z.strictObject({
    /** Which level to draw; the one directly below unless told. */
    level: level.optional(),
  }),
  answer: mapLayer,
  refusals: ['areas.not_found', 'areas.map_too_large'],
  perMinute: 240,
});

export const listChildren = defineContract({
  id: 'areas.list_children',
  method: 'GET',
  path: '/api/areas/:code/children',
  summary: 'The areas directly below a code; with `closed` also those that are no more',
  access: { kind: 'action', action: 'areas.read', target: 'visible' },
  effect: 'read',
  params: byCode,
  query: z.strictObject({ closed: flag.optional() }),
  answer: z.object({ items: z.array(areaItem) }),
  refusals: ['areas.not_found'],
});

export const listEstates = defineContract({
  id: 'areas.list_estates',
  method: 'GET',
  path: '/api/areas/:code/estates',
  summary: 'The estates of the addresses that lie directly in an area, with their number of addresses',
  access: { kind: 'action', action: 'areas.manage', target: 'area', param: 'code' },
  effect: 'read',
  params: byCode,
  answer: z.object({ items: z.array(z.object({ estate: z.string(), addresses: z.number().int() })) }),
  refusals: ['areas.not_found'],
});

export const exportAreas = defineContract({
  id: 'areas.export',
  method: 'GET',
  path: '/api/areas/:code/export',
  summary: 'All areas at and below a code as CSV, closed ones too',
  access: { kind: 'action', action: 'areas.read', target: 'visible' },
  effect: 'read',
  sensitive: true,
  params: byCode,
  answer: z.object({ filename: z.string(), csv: z.string() }),
  refusals: ['areas.not_found'],
  perMinute: 10,
});

const manage = { kind: 'action', action: 'areas.manage', target: 'area', param: 'code' } as const;

export const createChild = defineContract({
  id: 'areas.create_child',
  method: 'POST',
  path: '/api/areas/:code/children',
  summary: 'Add an area below another: a grid below a village, a micro-grid below a grid, a village below a town',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({
    name: areaName,
    kind: kind.optional(),
    code: areaCode.optional(),
    households: count,
    population: count,
  }),
  answer: areaDetail,
  status: 201,
  refusals: [
    'areas.not_found',
    'areas.parent_closed',
    'areas.no_level_below',
    'areas.grid_needs_village',
    'areas.kind_misfit',
    'areas.code_misfit',
    'areas.code_taken',
    'areas.code_retired',
    'areas.codes_used_up',
    'areas.name_taken',
  ],
});

export const changeArea = defineContract({
  id: 'areas.change_area',
  method: 'PATCH',
  path: '/api/areas/:code',
  summary: 'Rename an area or correct its kind and figures; its code stays',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({
    version,
    name: areaName.optional(),
    kind: kind.optional(),
    households: count,
    population: count,
  }),
  answer: areaDetail,
  refusals: [
    'areas.not_found',
    'areas.already_closed',
    'areas.name_taken',
    'areas.kind_misfit',
    'areas.changed_meanwhile',
  ],
});

export const closeArea = defineContract({
  id: 'areas.close_area',
  method: 'POST',
  path: '/api/areas/:code/closure',
  summary: 'End an area on a day and name its successors; it is never deleted',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({
    version,
    /** The first day on which it is no more; today unless told. */
    day: day.optional(),
    successors: z.array(areaCode).max(20).default([]),
  }),
  answer: areaDetail,
  refusals: [
    'areas.not_found',
    'areas.already_closed',
    'areas.top_area',
    'areas.open_children',
    'areas.bad_successor',
    'areas.last_grid',
    'areas.addresses_left',
    'areas.day_in_future',
    'areas.day_before_start',
    'areas.changed_meanwhile',
  ],
});

export const mergeAreas = defineContract({
  id: 'areas.merge_areas',
  method: 'POST',
  path: '/api/areas/:code/merger',
  summary: 'Merge children of an area into one of them or into a new one; what lies below goes with them',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({
    codes: z.array(areaCode).min(2).max(50),
    into: z.union([z.strictObject({ code: areaCode }), z.strictObject({ name: areaName, kind: kind.optional() })]),
    day: day.optional(),
  }),
  answer: areaDetail,
  refusals: [
    'areas.not_found',
    'areas.not_a_child',
    'areas.already_closed',
    'areas.merger_needs_two',
    'areas.target_not_among',
    'areas.name_taken',
    'areas.kind_misfit',
    'areas.grid_needs_village',
    'areas.codes_used_up',
    'areas.day_in_future',
    'areas.day_before_start',
  ],
});

export const splitArea = defineContract({
  id: 'areas.split_area',
  method: 'POST',
  path: '/api/areas/:code/split',
  summary: 'Split an area into new ones; its open parts and addresses are shared out among them',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({
    version,
    day: day.optional(),
    parts: z
      .array(
        z.strictObject({
          name: areaName,
          kind: kind.optional(),
          households: count,
          population: count,
          children: z.array(areaCode).max(500).optional(),
          estates: z.array(z.string().min(1).max(40)).max(2000).optional(),
        }),
      )
      .min(2)
      .max(20),
  }),
  answer: z.object({ closed: areaDetail, parts: z.array(areaDetail) }),
  refusals: [
    'areas.not_found',
    'areas.already_closed',
    'areas.top_area',
    'areas.split_needs_two',
    'areas.name_taken',
    'areas.split_children_left',
    'areas.split_estates_left',
    'areas.split_twice',
    'areas.split_foreign',
    'areas.kind_misfit',
    'areas.grid_needs_village',
    'areas.codes_used_up',
    'areas.day_in_future',
    'areas.day_before_start',
    'areas.changed_meanwhile',
  ],
});

export const removeBoundary = defineContract({
  id: 'areas.remove_boundary',
  method: 'DELETE',
  path: '/api/areas/:code/boundary',
  summary: 'Take a boundary back that was imported by mistake; the area is drawn schematically again',
  access: manage,
  effect: 'write',
  params: byCode,
  answer: areaDetail,
  refusals: ['areas.not_found', 'areas.no_boundary'],
});

export const AREA_SET_KINDS = [
  'cluster',
  'park',
  'business_district',
  'scenic_area',
  'watershed',
  'special_grid',
] as const;
const setKind = z.enum(AREA_SET_KINDS);

const areaSet = z.object({
  id: uuid,
  kind: setKind,
  name: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  version,
  members: z.array(areaRef.extend({ validFrom: z.string(), validTo: z.string().nullable() })),
});
export type AreaSetItem = z.output<typeof areaSet>;

const manageAll = { kind: 'action', action: 'areas.manage', target: 'tenant' } as const;
const bySetId = z.strictObject({ id: uuid });
const setMembers = z.array(areaCode).min(1).max(500);
const setRefusals = [
  'areas.set_not_found',
  'areas.set_name_taken',
  'areas.member_unknown',
  'areas.member_nested',
] as const;

export const listSets = defineContract({
  id: 'areas.list_sets',
  method: 'GET',
  path: '/api/area-sets',
  summary: 'List area sets by name, ended ones last',
  access: { kind: 'action', action: 'areas.read', target: 'visible' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, ended: flag.optional() }),
  answer: pageOf(areaSet),
  refusals: [],
});

export const createSet = defineContract({
  id: 'areas.create_set',
  method: 'POST',
  path: '/api/area-sets',
  summary: 'Name a set of areas',
  access: manageAll,
  effect: 'write',
  body: z.strictObject({ kind: setKind, name: text(60, 2), validFrom: day.optional(), members: setMembers }),
  answer: areaSet,
  status: 201,
  refusals: [...setRefusals],
});

export const changeSet = defineContract({
  id: 'areas.change_set',
  method: 'PATCH',
  path: '/api/area-sets/:id',
  summary: 'Change a set; members that leave keep the time they belonged',
  access: manageAll,
  effect: 'write',
  params: bySetId,
  body: z.strictObject({
    version,
    kind: setKind.optional(),
    name: text(60, 2).optional(),
    members: setMembers.optional(),
  }),
  answer: areaSet,
  refusals: [...setRefusals, 'areas.set_ended', 'areas.changed_meanwhile'],
});

export const closeSet = defineContract({
  id: 'areas.close_set',
  method: 'POST',
  path: '/api/area-sets/:id/closure',
  summary: 'End a set on a day',
  access: manageAll,
  effect: 'write',
  params: bySetId,
  body: z.strictObject({ version, day: day.optional() }),
  answer: areaSet,
  refusals: [
    'areas.set_not_found',
    'areas.set_ended',
    'areas.day_in_future',
    'areas.day_before_start',
    'areas.changed_meanwhile',
  ],
});

export const deleteSet = defineContract({
  id: 'areas.delete_set',
  method: 'DELETE',
  path: '/api/area-sets/:id',
  summary: 'Delete a set nothing refers to',
  access: manageAll,
  effect: 'write',
  params: bySetId,
  answer: z.object({ ok: z.literal(true) }),
  refusals: ['areas.set_not_found', 'areas.in_use'],
});

const issue = z.object({
  /** 0 for the first row or feature. */
  index: z.number().int(),
  code: z.string().nullable(),
  name: z.string().nullable(),
  /** Text key `areas.issue.<reason>`. */
  reason: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The reason in the caller's language. */
  text: z.string(),
});
export type IssueItem = z.output<typeof issue>;

const importReport = z.object({
  /** Null for a trial that wrote nothing. */
  id: uuid.nullable(),
  subject: z.enum(['grids', 'boundaries', 'addresses']),
  at: z.string(),
  total: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Share of rows that found their place, 0 to 1. */
  matchRate: z.number(),
  issues: z.array(issue),
});
export type ImportReport = z.output<typeof importReport>;

const importRefusals = ['areas.import_empty', 'areas.import_too_large', 'areas.not_loaded'] as const;
const importContract = {
  method: 'POST',
  access: manageAll,
  effect: 'write',
  bodyLimit: FILE_LIMIT,
  perMinute: 20,
} as const;

export const importGrids = defineContract({
  ...importContract,
  id: 'areas.import_grids',
  path: '/api/area-imports/grids',
  summary: 'Import grids from CSV; every row is taken over or listed with its reason',
  body: z.strictObject({ csv, dryRun: z.boolean().default(false) }),
  answer: importReport,
  refusals: [...importRefusals, 'areas.csv_invalid', 'areas.csv_columns'],
});

export const importBoundaries = defineContract({
  ...importContract,
  id: 'areas.import_boundaries',
  path: '/api/area-imports/boundaries',
  summary: 'Import boundaries from GeoJSON; every feature is taken over or listed with its reason',
  body: z.strictObject({
    geojson: z.looseObject({ type: z.string() }),
    /** Takes features of this level alone. */
    level: level.optional(),
    /** Who says so, shown on maps. */
    attribution: text(80).optional(),
    dryRun: z.boolean().default(false),
  }),
  answer: importReport,
  refusals: [...importRefusals, 'areas.geojson_invalid', 'areas.geojson_wrong_crs'],
});

export const importAddresses = defineContract({
  ...importContract,
  id: 'areas.import_addresses',
  path: '/api/area-imports/addresses',
  summary: 'Import addresses from CSV; answers the match rate and every row that found no place',
  body: z.strictObject({ csv, dryRun: z.boolean().default(false) }),
  answer: importReport,
  refusals: [...importRefusals, 'areas.csv_invalid', 'areas.csv_columns'],
});

export const listImports = defineContract({
  id: 'areas.list_imports',
  method: 'GET',
  path: '/api/area-imports',
  summary: 'List imports, newest first',
  access: manageAll,
  effect: 'read',
  query: z.strictObject({ ...pageQuery, after: uuid.optional() }),
  answer: pageOf(importReport.omit({ issues: true }).extend({ id: uuid })),
  refusals: [],
});

export const readImport = defineContract({
  id: 'areas.read_import',
  method: 'GET',
  path: '/api/area-imports/:id',
  summary: 'One import with its list of errors',
  access: manageAll,
  effect: 'read',
  params: bySetId,
  answer: importReport,
  refusals: ['areas.import_not_found'],
});

const address = z.object({
  id: uuid,
  grid: areaRef,
  estate: z.string(),
  building: z.string(),
  unit: z.string(),
  room: z.string(),
  /** The parts as one line. */
  text: z.string(),
});
export type AddressItem = z.output<typeof address>;
const part = z.string().max(60).optional();

export const listAddresses = defineContract({
  id: 'areas.list_addresses',
  method: 'GET',
  path: '/api/addresses',
  summary: 'List addresses of one’s own areas, or those whose estate begins with a text',
  access: { kind: 'action', action: 'areas.read_addresses', target: 'visible' },
  effect: 'read',
  sensitive: true,
  query: z.strictObject({
    ...pageQuery,
    after: uuid.optional(),
    area: areaCode.optional(),
    estate: z.string().max(40).optional(),
  }),
  answer: pageOf(address),
  refusals: [],
});

export const createAddress = defineContract({
  id: 'areas.create_address',
  method: 'POST',
  path: '/api/areas/:code/addresses',
  summary: 'Add an address to a grid, in the fixed spelling',
  access: manage,
  effect: 'write',
  params: byCode,
  body: z.strictObject({ estate: part, building: part, unit: part, room: part }),
  answer: address,
  status: 201,
  refusals: [
    'areas.not_found',
    'areas.not_a_grid',
    'areas.already_closed',
    'areas.address_invalid',
    'areas.address_known',
  ],
});

export const deleteAddress = defineContract({
  id: 'areas.delete_address',
  method: 'DELETE',
  path: '/api/addresses/:id',
  summary: 'Delete an address nothing refers to',
  access: manageAll,
  effect: 'write',
  params: bySetId,
  answer: z.object({ ok: z.literal(true) }),
  refusals: ['areas.address_not_found', 'areas.in_use'],
});

export const areaContracts = [
  readTree,
  searchAreas,
  locatePoint,
  readArea,
  readMap,
  listChildren,
  listEstates,
  exportAreas,
  createChild,
  changeArea,
  closeArea,
  mergeAreas,
  splitArea,
  removeBoundary,
  listSets,
  createSet,
  changeSet,
  closeSet,
  deleteSet,
  importGrids,
  importBoundaries,
  importAddresses,
  listImports,
  readImport,
  listAddresses,
  createAddress,
  deleteAddress,
];
