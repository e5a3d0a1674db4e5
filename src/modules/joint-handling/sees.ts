import { type RawBuilder, sql } from 'kysely';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { organisationsOf, type Permissions } from '../../platform/auth/permission.ts';
import { seesByArea, visibleByArea } from '../cases/index.ts';
import type { StoredJoint } from './store.ts';

/** Who takes part sees it whole; so does whoever sees the case by area. */
export function sees(app: Pick<App, 'permissions'>, actor: Actor, { joint, lane, sensitivity }: StoredJoint): boolean {
  if (actor.kind !== 'officer') return false;
  const own = new Set(organisationsOf(actor));
  // Those named are called when the town has whistled, not when a community asks it to.
  const called = joint.whistledAt === null ? [] : joint.members.map((one) => one.organisationId);
  const parts = [joint.whistlerId, joint.askerId, joint.centreId, ...called];
  if (parts.some((id) => id !== null && own.has(id))) return true;
  return seesByArea(app.permissions, actor, 'joint_handling.read', { areaCode: joint.areaCode, lane, sensitivity });
}

/** The same rule as SQL on `joint_handling.joint AS c`. */
export function visible(permissions: Permissions, actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'officer') return sql<boolean>`false`;
  return sql<boolean>`(${visibleByArea(permissions, actor, 'joint_handling.read')} OR ${whistledBy(actor)}
    OR ${calledTo(actor)} OR (c.facts->>'centreId')::uuid = ANY(${own(actor)}::uuid[]))`;
}

const own = (actor: Actor): string[] => (actor.kind === 'officer' ? [...organisationsOf(actor)] : []);

export function whistledBy(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`(c.whistler_id = ANY(${own(actor)}::uuid[]) OR c.asker_id = ANY(${own(actor)}::uuid[]))`;
}

export function calledTo(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`(c.whistled_at IS NOT NULL AND c.id IN (SELECT m.joint_id FROM joint_handling.member m
    WHERE m.tenant_id = c.tenant_id AND m.organisation_id = ANY(${own(actor)}::uuid[])))`;
}

/** A called organisation declined, and the actor's centre has not ruled yet. */
export function waitsForRuling(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`((c.facts->>'centreId')::uuid = ANY(${own(actor)}::uuid[]) AND c.state = 'called' AND EXISTS (
    SELECT FROM joint_handling.member m
    WHERE m.tenant_id = c.tenant_id AND m.joint_id = c.id AND m.state = 'refused'))`;
}
