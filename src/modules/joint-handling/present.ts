import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { fileInfos } from '../../platform/files/index.ts';
import { areaNames } from '../areas/index.ts';
import { findStored, jointSteps, seesCase } from '../cases/index.ts';
import { type OrganisationNames, organisationNames, personNames } from '../organisations/index.ts';
import { contextFor } from './act.ts';
import type { JointRow, JointView } from './contract.ts';
import { availableActions } from './rules/actions.ts';
import { runningClocks } from './rules/clocks.ts';
import type { Joint, Member } from './rules/state.ts';
import type { StoredJoint } from './store.ts';

type Names = ReadonlyMap<string, OrganisationNames>;
type Areas = Awaited<ReturnType<typeof areaNames>>;

export function namedBy(names: Names, id: string) {
  const found = names.get(id);
  return { id, name: found?.name ?? id, nameEn: found?.nameEn ?? id, shortName: found?.shortName ?? id };
}

function organisationsIn(joint: Joint): string[] {
  const { whistlerId, askerId, leadId, centreId, members } = joint;
  const called = members.flatMap((one) => [one.organisationId, ...(one.successorId ? [one.successorId] : [])]);
  return [whistlerId, leadId, centreId, ...(askerId ? [askerId] : []), ...called];
}

function ownOf(actor: Actor): ReadonlySet<string> {
  return new Set(actor.kind === 'officer' ? organisationsOf(actor) : []);
}

/** Rows of a list, in two statements whatever the page's length. */
export async function presentRows(
  tx: ReadTx,
  actor: Actor,
  stored: readonly StoredJoint[],
  now: Date,
): Promise<JointRow[]> {
  const names = await organisationNames(tx, [...new Set(stored.flatMap(({ joint }) => organisationsIn(joint)))]);
  const areas = await areaNames(tx, [...new Set(stored.map(({ joint }) => joint.areaCode))]);
  return stored.map((one) => rowOf(one, names, areas, ownOf(actor), now));
}

function rowOf(
  { joint, caseNumber }: StoredJoint,
  names: Names,
  areas: Areas,
  own: ReadonlySet<string>,
  now: Date,
): JointRow {
  const path = (areas.get(joint.areaCode)?.path ?? joint.areaCode).split('/').filter((part) => part !== '');
  return {
    id: joint.id,
    caseId: joint.caseId,
    caseNumber,
    version: joint.version,
    state: joint.state,
    ground: joint.ground,
    matter: joint.matter,
    place: {
      areaCode: joint.areaCode,
      path,
      text: joint.place,
      point: joint.point ? { lon: joint.point[0], lat: joint.point[1] } : null,
    },
    whistler: namedBy(names, joint.whistlerId),
    lead: namedBy(names, joint.leadId),
    openedAt: joint.openedAt,
    whistledAt: joint.whistledAt,
    endedAt: joint.endedAt,
    members: joint.members.map((member) => ({
      organisation: namedBy(names, member.organisationId),
      state: member.state,
      mine: own.has(member.organisationId),
      clock: clockOf(joint, member, now),
    })),
  };
}

/** What a called organisation owes next, also when it is late already. */
function clockOf(joint: Joint, member: Member, now: Date): JointRow['members'][number]['clock'] {
  if (joint.state !== 'called') return null;
  const untold: Joint = { ...joint, members: [{ ...member, late: [] }] };
  const [next] = runningClocks(untold).toSorted((one, other) => one.dueAt.localeCompare(other.dueAt));
  if (!next) return null;
  const starts: Readonly<Record<string, string | null>> = {
    answer: member.calledAt,
    arrival: member.calledAt,
    ruling: member.refusedAt,
    part: member.arrivedAt,
  };
  const { clock, dueAt } = next;
  return { name: clock, startedAt: starts[clock] ?? member.calledAt, dueAt, late: now > new Date(dueAt) };
}

/** The whole page of one joint handling. */
export async function presentJoint(
  tx: ReadTx,
  app: Pick<App, 'permissions'>,
  actor: Actor,
  stored: StoredJoint,
  now: Date,
): Promise<JointView> {
  const { joint } = stored;
  const served = await findStored(tx, actor, joint.caseId, false);
  const entries = await jointSteps(tx, actor, joint.caseId, joint.id);
  const told = entries.flatMap((entry) => (entry.organisationId ? [entry.organisationId] : []));
  const names = await organisationNames(tx, [...new Set([...organisationsIn(joint), ...told])]);
  const areas = await areaNames(tx, [joint.areaCode]);
  const people = await personNames(tx, [...new Set(entries.flatMap((entry) => (entry.by ? [entry.by] : [])))]);
  const files = new Map(
    (await fileInfos(tx, [...new Set(entries.flatMap((entry) => entry.fileIds))])).map((one) => [one.id, one]),
  );
  const row = rowOf(stored, names, areas, ownOf(actor), now);
  const context = await contextFor(tx, actor, joint, null, now);
  return {
    ...row,
    seesCase: served !== null && seesCase(app, actor, served),
    asker: joint.askerId ? namedBy(names, joint.askerId) : null,
    centre: namedBy(names, joint.centreId),
    arriveBy: joint.arriveBy,
    confirmDueAt: joint.confirmDueAt,
    limits: { ...joint.limits },
    cancelledLate: joint.cancelledLate,
    centreRating: joint.centreRating,
    members: joint.members.map((member, index) => memberView(joint, member, row.members[index], names)),
    timeline: entries.map((entry) => ({
      seq: entry.seq,
      at: entry.at.toISOString(),
      step: entry.step,
      organisation: entry.organisationId ? namedBy(names, entry.organisationId) : null,
      person: entry.by ? (people.get(entry.by) ?? null) : null,
      texts: { ...entry.texts },
      files: entry.fileIds.flatMap((id) => {
        const found = files.get(id);
        return found ? [{ id, image: found.type.startsWith('image/') }] : [];
      }),
    })),
    actions: availableActions(joint, context).map((action) => ({ ...action, details: { ...action.details } })),
  };
}

function memberView(
  joint: Joint,
  member: Member,
  row: JointRow['members'][number] | undefined,
  names: Names,
): JointView['members'][number] {
  if (!row) throw new Error('a member without its row');
  return {
    ...row,
    task: member.task,
    isLead: joint.leadId === member.organisationId,
    calledAt: member.calledAt,
    answerDueAt: member.answerDueAt,
    answeredAt: member.answeredAt,
    ruling: member.ruling,
    arriveDueAt: member.arriveDueAt,
    arrivedAt: member.arrivedAt,
    arrivalMetres: member.arrivalMetres,
    partMinutes: member.partMinutes,
    partDueAt: member.partDueAt,
    doneAt: member.doneAt,
    late: [...member.late],
    successor: member.successorId ? namedBy(names, member.successorId) : null,
    rating: member.rating,
    whistleRating: member.whistleRating,
  };
}
