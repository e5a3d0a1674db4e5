import { z } from 'zod';
import { LANES, ROLES } from '../../platform/auth/actor.ts';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, day, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { ORGANISATION_LEVELS } from './rules/organisation.ts';
import { GRID_ROLES } from './rules/post.ts';

const level = z.enum(ORGANISATION_LEVELS);
const role = z.enum(ROLES);
const gridRole = z.enum(GRID_ROLES);
const lanes = z.array(z.enum(LANES)).min(1).max(LANES.length).nullable();
const kind = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
/** The id of an account; posts hang on it. */
const userId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const version = z.number().int().min(1);
/** Office numbers as people write them; digits, spaces, brackets and dashes. */
const phone = optionalText(30).refine((value) => value === null || /^[+\d][\d ()（）-]{2,29}$/.test(value), {
  params: { code: 'organisations.phone_form' },
});

const names = { name: z.string(), nameEn: z.string(), shortName: z.string() };
const organisationRef = z.object({ id: uuid, ...names });
const areaRef = z.object({ code: z.string(), name: z.string(), path: z.string() });

const organisationItem = z.object({
  id: uuid,
  kind: z.string(),
  level,
  ...names,
  area: areaRef,
  phone: z.string().nullable(),
  external: z.boolean(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  /** How many bodies it directs, so that a tree knows whether it opens. */
  directs: z.number().int(),
});
export type OrganisationItem = z.output<typeof organisationItem>;

const postItem = z.object({
  id: uuid,
  person: z.object({ userId: z.string(), name: z.string(), nameEn: z.string(), phone: z.string().nullable() }),
  organisation: organisationRef,
  role,
  gridRole: gridRole.nullable(),
  titleZh: z.string(),
  titleEn: z.string(),
  scope: z.array(areaRef),
  /** Set when the scope is a named area set, which it follows. */
  areaSet: z.object({ id: uuid, name: z.string() }).nullable(),
  lanes,
  validFrom: z.string(),
  validTo: z.string().nullable(),
  state: z.enum(['current', 'future', 'over']),
  endReason: z.string().nullable(),
  /** Why it cannot be ended by the reader; null when it can. */
  endRefusal: z.string().nullable(),
});
export type PostItem = z.output<typeof postItem>;

export const ORGANISATION_ACTIONS = ['change', 'close', 'add_post'] as const;

const organisationDetail = z.object({
  organisation: organisationItem.extend({ complaintPhone: z.string().nullable(), version }),
  lineSuperior: organisationRef.nullable(),
  directingBody: organisationRef.nullable(),
  /** How many bodies have it as their line superior. */
  leadsInLine: z.number().int(),
  successor: organisationRef.nullable(),
  formerNames: z.array(z.object({ ...names, until: z.string() })),
  /** Null for readers who may not see who works there. */
  posts: z.array(postItem).nullable(),
  actions: z.array(
    z.object({
      action: z.enum(ORGANISATION_ACTIONS),
      allowed: z.boolean(),
      refusal: z.string().nullable(),
      /** What fills the refusal's text. */
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
});
export type OrganisationDetail = z.output<typeof organisationDetail>;

const organisationId = z.object({ id: z.string() });

export const listOrganisations = defineContract({
  id: 'organisations.list',
  method: 'GET',
  path: '/api/organisations',
  summary: 'List or search organisations in the order of areas; with `directedBy` or `lineOf` one step of a tree',
  access: { kind: 'action', action: 'organisations.read', target: 'visible' },
  effect: 'read',
  query: z.strictObject({
    ...pageQuery,
    /** Words of a name, also of a former one. */
    q: z.string().max(50).optional(),
    kind: kind.optional(),
    level: level.optional(),
    /** Organisations of this area and all below it. */
    areaCode: areaCode.optional(),
    /** What a body directs; `top` for what nobody directs. */
    directedBy: z.union([uuid, z.literal('top')]).optional(),
    lineOf: uuid.optional(),
    closed: flag.optional(),
  }),
  answer: pageOf(organisationItem),
  refusals: [],
});

export const listKinds = defineContract({
  id: 'organisations.list_kinds',
  method: 'GET',
  path: '/api/organisation-kinds',
  summary: 'List the kinds of organisations',
  access: { kind: 'action', action: 'organisations.read', target: 'visible' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        kind: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        levels: z.array(level),
        station: z.boolean(),
      }),
    ),
  }),
  refusals: [],
});

export const addKind = defineContract({
  id: 'organisations.add_kind',
  method: 'POST',
  path: '/api/organisation-kinds',
  summary: 'Add a kind of organisation, so that the dispatch list can name it',
  access: { kind: 'action', action: 'organisations.manage', target: 'tenant' },
  effect: 'write',
  body: z.strictObject({
    kind,
    nameZh: text(40),
    nameEn: text(80),
    levels: z.array(level).min(1).max(4),
    station: z.boolean(),
  }),
  answer: z.object({ kind: z.string() }),
  status: 201,
  refusals: ['organisations.kind_taken'],
});

export const readOrganisation = defineContract({
  id: 'organisations.read',
  method: 'GET',
  path: '/api/organisations/:id',
  summary: 'One organisation with its two lines, its posts and what the reader may do',
  access: { kind: 'action', action: 'organisations.read', target: 'organisation', param: 'id' },
  effect: 'read',
  params: organisationId,
  answer: organisationDetail,
  refusals: ['organisations.not_found'],
});

export const createOrganisation = defineContract({
  id: 'organisations.create',
  method: 'POST',
  path: '/api/organisations',
  summary: 'Enter an organisation',
  access: { kind: 'action', action: 'organisations.manage', target: 'visible' },
  effect: 'write',
  body: z.strictObject({
    kind,
    name: text(80),
    nameEn: text(160),
    shortName: text(40),
    areaCode,
    lineSuperiorId: uuid.nullable(),
    directingBodyId: uuid.nullable(),
    phone,
    complaintPhone: phone,
    /** From outside the jurisdiction's own administration: a company, or an organ of another place. */
    external: z.boolean(),
    validFrom: day.optional(),
  }),
  answer: z.object({ id: uuid }),
  status: 201,
  refusals: [
    'organisations.kind_unknown',
    'organisations.kind_level',
    'organisations.area_unknown',
    'organisations.name_taken',
    'organisations.line_unknown',
  ],
});

export const changeOrganisation = defineContract({
  id: 'organisations.change',
  method: 'PUT',
  path: '/api/organisations/:id',
  summary: 'Rename an organisation, change its lines or its office numbers; the former name stays findable',
  access: { kind: 'action', action: 'organisations.manage', target: 'organisation', param: 'id' },
  effect: 'write',
  params: organisationId,
  body: z.strictObject({
    version,
    name: text(80),
    nameEn: text(160),
    shortName: text(40),
    lineSuperiorId: uuid.nullable(),
    directingBodyId: uuid.nullable(),
    phone,
    complaintPhone: phone,
  }),
  answer: z.object({ version }),
  refusals: [
    'organisations.not_found',
    'organisations.closed',
    'organisations.stale',
    'organisations.name_taken',
    'organisations.line_unknown',
    'organisations.line_circle',
  ],
});

export const closeOrganisation = defineContract({
  id: 'organisations.close',
  method: 'POST',
  path: '/api/organisations/:id/closure',
  summary: 'Close an organisation from a day on; its posts end with it',
  access: { kind: 'action', action: 'organisations.manage', target: 'organisation', param: 'id' },
  effect: 'write',
  params: organisationId,
  body: z.strictObject({ version, endsOn: day, successorId: uuid.nullable() }),
  answer: z.object({ endedPosts: z.number().int() }),
  refusals: [
    'organisations.not_found',
    'organisations.closed',
    'organisations.stale',
    'organisations.ending_in_past',
    'organisations.has_subordinates',
    'organisations.in_use',
    'organisations.line_unknown',
    'organisations.last_administrator',
  ],
});

export const createPost = defineContract({
  id: 'organisations.create_post',
  method: 'POST',
  path: '/api/organisations/:id/posts',
  summary: 'Give a person a post: role, scope, lanes and term',
  access: { kind: 'action', action: 'posts.manage', target: 'organisation', param: 'id' },
  effect: 'write',
  fresh: true,
  params: organisationId,
  body: z.strictObject({
    userId,
    role,
    gridRole: gridRole.nullable(),
    titleZh: optionalText(30),
    titleEn: optionalText(60),
    /** Areas one by one, or a named area set. */
    scope: z.array(areaCode).max(50),
    areaSetId: uuid.nullable(),
    lanes,
    validFrom: day,
    validTo: day.nullable(),
  }),
  answer: z.object({ id: uuid }),
  status: 201,
  refusals: [
    'organisations.not_found',
    'organisations.closed',
    'organisations.person_unknown',
    'organisations.scope_empty',
    'organisations.term_backwards',
    'organisations.scope_outside',
    'organisations.area_unknown',
    'organisations.grid_role_needed',
    'organisations.grid_role_needless',
    'organisations.grid_code_needed',
    'organisations.full_time_one_grid',
    'organisations.full_time_taken',
    'organisations.post_overlaps',
    'organisations.beyond_own_scope',
    'organisations.role_reserved',
    'organisations.offices_apart',
  ],
});

export const endPost = defineContract({
  id: 'organisations.end_post',
  method: 'POST',
  path: '/api/posts/:id/ending',
  summary: 'End a post from a day on; ending it today takes its rights away at once',
  access: { kind: 'action', action: 'posts.manage', target: 'post', param: 'id' },
  effect: 'write',
  fresh: true,
  params: z.object({ id: z.string() }),
  body: z.strictObject({ endsOn: day, reason: text(200) }),
  answer: z.object({ validTo: z.string() }),
  refusals: [
    'organisations.post_not_found',
    'organisations.post_over',
    'organisations.ending_in_past',
    'organisations.ending_after_term',
    'organisations.last_administrator',
    'organisations.beyond_own_scope',
    'organisations.role_reserved',
  ],
});

export const listPosts = defineContract({
  id: 'organisations.list_posts',
  method: 'GET',
  path: '/api/posts',
  summary: 'List posts within the reader’s scope, by person, role, area or lane',
  access: { kind: 'action', action: 'posts.read', target: 'visible' },
  effect: 'read',
  query: z.strictObject({
    ...pageQuery,
    q: z.string().max(50).optional(),
    userId: userId.optional(),
    role: role.optional(),
    gridRole: gridRole.optional(),
    areaCode: areaCode.optional(),
    over: flag.optional(),
  }),
  answer: pageOf(postItem),
  refusals: [],
});

export const listMyPosts = defineContract({
  id: 'organisations.list_my_posts',
  method: 'GET',
  path: '/api/my/posts',
  summary: 'The posts of the signed-in officer that hold today',
  access: { kind: 'signed_in' },
  effect: 'read',
  answer: z.object({ items: z.array(postItem) }),
  refusals: [],
});

export const listPeople = defineContract({
  id: 'organisations.list_people',
  method: 'GET',
  path: '/api/people',
  summary: 'Find officers by name, to give them posts',
  access: { kind: 'action', action: 'posts.manage', target: 'visible' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, q: z.string().max(50).optional() }),
  answer: pageOf(
    z.object({
      userId: z.string(),
      name: z.string(),
      nameEn: z.string(),
      phone: z.string().nullable(),
      posts: z.number().int(),
    }),
  ),
  refusals: [],
});

export const changePerson = defineContract({
  id: 'organisations.change_person',
  method: 'PUT',
  path: '/api/people/:userId',
  summary: 'Correct the name or the office number of an officer',
  access: { kind: 'action', action: 'posts.manage', target: 'tenant' },
  effect: 'write',
  params: z.object({ userId }),
  body: z.strictObject({ name: text(40), nameEn: optionalText(80), phone }),
  answer: z.object({ userId: z.string() }),
  refusals: ['organisations.person_unknown'],
});

const vacancy = z.object({
  kind: z.enum(['grid', 'organisation']),
  area: areaRef,
  organisation: organisationRef.nullable(),
  /** The role that nobody holds. */
  role,
});

export const listVacancies = defineContract({
  id: 'organisations.list_vacancies',
  method: 'GET',
  path: '/api/vacancies',
  summary: 'Grids without a full-time worker, or organisations without a dispatcher or handler',
  access: { kind: 'action', action: 'posts.read', target: 'visible' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, kind: z.enum(['grid', 'organisation']), areaCode: areaCode.optional() }),
  answer: pageOf(vacancy),
  refusals: [],
});

const member = z.object({
  postId: uuid,
  userId: z.string(),
  name: z.string(),
  nameEn: z.string(),
  phone: z.string().nullable(),
  gridRole,
  validTo: z.string().nullable(),
});

export const listGridTeams = defineContract({
  id: 'organisations.list_grid_teams',
  method: 'GET',
  path: '/api/grid-teams',
  summary: 'Grids with leader, full-time, part-time and advisers',
  access: { kind: 'action', action: 'posts.read', target: 'visible' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, areaCode: areaCode.optional() }),
  answer: pageOf(z.object({ area: areaRef, organisation: organisationRef.nullable(), team: z.array(member) })),
  refusals: [],
});

/** What residents read about their grid (L4 art. 6: name, extent, worker, phone and complaint line are posted). */
export const readPublicGrid = defineContract({
  id: 'organisations.read_public_grid',
  method: 'GET',
  path: '/api/public/grids/:code',
  summary: 'My grid: extent, who works in it, and where to complain',
  access: { kind: 'public' },
  effect: 'read',
  params: z.object({ code: z.string().regex(/^\d{15}(\d{2})?$/) }),
  answer: z.object({
    code: z.string(),
    name: z.string(),
    path: z.array(z.object({ code: z.string(), name: z.string(), level: z.string() })),
    /** True when the boundary is a drawing, not the real one. */
    schematic: z.boolean(),
    centre: z.object({ lon: z.number(), lat: z.number() }).nullable(),
    team: z.array(z.object({ name: z.string(), nameEn: z.string(), phone: z.string().nullable(), gridRole })),
    village: z.object({ ...names, phone: z.string().nullable() }).nullable(),
    complaint: z.object({ ...names, phone: z.string() }).nullable(),
  }),
  refusals: ['organisations.grid_unknown'],
});
export type PublicGrid = z.output<typeof readPublicGrid.answer>;
