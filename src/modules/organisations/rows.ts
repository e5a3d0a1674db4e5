import { sql } from 'kysely';
import type { Lane, Role } from '../../platform/auth/actor.ts';
import type { Organisation, OrganisationLevel } from './rules/organisation.ts';
import type { GridRole, HeldPost } from './rules/post.ts';

/** The tenant of the running transaction, for rows and filters; row security demands the same. */
export const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

export type OrganisationRow = {
  id: string;
  kind: string;
  level: OrganisationLevel;
  name: string;
  name_en: string;
  short_name: string;
  area_code: string;
  line_superior_id: string | null;
  directing_body_id: string | null;
  phone: string | null;
  complaint_phone: string | null;
  external: boolean;
  valid_from: string;
  valid_to: string | null;
  version: number;
};

export const ORGANISATION_COLUMNS = sql`o.id, o.kind, o.level, o.name, o.name_en, o.short_name, o.area_code,
  o.line_superior_id, o.directing_body_id, o.phone, o.complaint_phone, o.external, o.valid_from::text AS valid_from,
  o.valid_to::text AS valid_to, o.version`;

export function toOrganisation(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    kind: row.kind,
    level: row.level,
    name: row.name,
    nameEn: row.name_en,
    shortName: row.short_name,
    areaCode: row.area_code,
    lineSuperiorId: row.line_superior_id,
    directingBodyId: row.directing_body_id,
    phone: row.phone,
    complaintPhone: row.complaint_phone,
    external: row.external,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: row.version,
  };
}

export type PostRow = {
  id: string;
  user_id: string;
  organisation_id: string;
  role: Role;
  grid_role: GridRole | null;
  title_zh: string;
  title_en: string;
  scope: string[];
  area_set_id: string | null;
  lanes: Lane[] | null;
  valid_from: string;
  valid_to: string | null;
};

export const POST_COLUMNS = sql`p.id, p.user_id, p.organisation_id, p.role, p.grid_role, p.title_zh, p.title_en, p.scope,
  p.area_set_id, p.lanes, p.valid_from::text AS valid_from, p.valid_to::text AS valid_to`;

export function toHeldPost(row: PostRow): HeldPost {
  return {
    id: row.id,
    userId: row.user_id,
    organisationId: row.organisation_id,
    role: row.role,
    gridRole: row.grid_role,
    scope: row.scope,
    lanes: row.lanes,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}

/** True for what may stand in a uuid column; anything else would make the statement fail. */
export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id);
}
