import type { Role } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { caseLines } from '../cases/index.ts';
import { holders } from '../organisations/index.ts';
import type { About, Params } from './facts.ts';

/** Who works in an office that is asked to do or to answer something. */
export const WORKING: readonly Role[] = ['handler', 'community_worker', 'dispatcher'];

/** User ids of those who hold one of the roles in one of the organisations, each once. */
export async function workersOf(
  tx: ReadTx,
  organisationIds: readonly string[],
  roles: readonly Role[],
  now: Date,
): Promise<readonly string[]> {
  const found = await Promise.all(
    organisationIds.flatMap((organisationId) => roles.map((role) => holders(tx, { organisationId, role }, now))),
  );
  return [...new Set(found.flat().map((holder) => holder.userId))];
}

/** What a notice about a case is worded by; of a sealed case neither place nor class. */
export async function paramsFor(
  tx: ReadTx,
  caseId: string,
  areaCode: string | null,
  dueAt: string | null,
  about?: About,
): Promise<Params> {
  const line = (await caseLines(tx, [caseId])).get(caseId);
  const open = line !== undefined && !line.sealed;
  const classCode = open ? line.classCode : null;
  const told = { number: line?.number ?? '', areaCode: open ? areaCode : null, classCode, dueAt };
  return about === undefined ? told : { ...told, about };
}
