import { sql } from 'kysely';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { fileInfos } from '../../platform/files/index.ts';
import { areaNames } from '../areas/index.ts';
import { findStored, jointSteps, seesCase } from '../cases/index.ts';
import { findPost, organisationNames, personNames } from '../organisations/index.ts';
import { actingOn } from './act.ts';
import type { CallRow, CallView, ShiftView, TeamView } from './contract.ts';
import { availableActions, type Call, type Called, isOpen, runningClocks } from './rules/call.ts';
import { membersOf, shiftsBetween, type StoredCall, type StoredShift, type Team } from './store.ts';

type Person = ShiftView['line'][number];
type People = ReadonlyMap<string, Person>;

/** Holders of posts by the id of the post: name and office. */
async function peopleOf(tx: ReadTx, postIds: readonly string[]): Promise<People> {
  const posts = [];
  for (const id of new Set(postIds)) {
    const post = await findPost(tx, id);
    if (post) posts.push(post);
  }
  const names = await personNames(tx, [...new Set(posts.map((post) => post.userId))]);
  const offices = await organisationNames(tx, [...new Set(posts.map((post) => post.organisationId))]);
  return new Map(
    posts.map((post) => {
      const office = offices.get(post.organisationId) ?? { name: '', nameEn: '', shortName: '' };
      const organisation = { id: post.organisationId, ...office };
      return [post.id, { postId: post.id, name: names.get(post.userId) ?? '', organisation }];
    }),
  );
}

const known = (people: People, ids: readonly string[]): Person[] =>
  ids.flatMap((id) => {
    const person = people.get(id);
    return person ? [person] : [];
  });

function shiftView(shift: StoredShift, people: People): ShiftView {
  const { id, startsAt, endsAt, handoverNote, handedOverAt } = shift;
  return { id, startsAt, endsAt, line: known(people, shift.line), handoverNote, handedOverAt };
}

/** Shifts with the people who stand in them. */
export async function presentShifts(tx: ReadTx, shifts: readonly StoredShift[]): Promise<ShiftView[]> {
  const people = await peopleOf(
    tx,
    shifts.flatMap((shift) => shift.line),
  );
  return shifts.map((shift) => shiftView(shift, people));
}

export async function presentTeams(
  tx: ReadTx,
  app: Pick<App, 'permissions'>,
  actor: Actor,
  teams: readonly Team[],
  now: Date,
): Promise<TeamView[]> {
  const ids = teams.map((team) => team.id);
  const members = await membersOf(tx, ids);
  const shifts = await shiftsBetween(tx, ids, now, new Date(now.getTime() + 1));
  const people = await peopleOf(tx, [...members.map((one) => one.postId), ...shifts.flatMap((shift) => shift.line)]);
  const areas = await areaNames(tx, [...new Set(teams.map((team) => team.areaCode))]);
  const managing = postsFor(app.permissions, actor, 'duty.manage');
  return teams.map((team) => {
    const shift = shifts.find((one) => one.teamId === team.id);
    const own = members.filter((one) => one.teamId === team.id).map((one) => one.postId);
    return {
      ...team,
      areaName: areas.get(team.areaCode)?.name ?? team.areaCode,
      members: known(people, own),
      now: shift ? shiftView(shift, people) : null,
      manages: covers(managing, team.areaCode),
    };
  });
}

/** Whoever took it up, or is called now. */
function withWhom(call: Call): Called | null {
  if (call.responder) return call.responder;
  return call.state === 'sent' ? (call.line[call.reached - 1] ?? null) : null;
}

async function namesOfTeams(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM duty.team
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function presentCalls(
  tx: ReadTx,
  actor: Actor,
  stored: readonly StoredCall[],
  now: Date,
): Promise<CallRow[]> {
  const people = await peopleOf(
    tx,
    stored.flatMap(({ call }) => withWhom(call)?.postId ?? []),
  );
  const areas = await areaNames(tx, [...new Set(stored.map(({ call }) => call.areaCode))]);
  const teams = await namesOfTeams(tx, [...new Set(stored.map(({ call }) => call.teamId))]);
  const rows: CallRow[] = [];
  for (const { call, caseNumber } of stored) {
    const of = await findStored(tx, actor, call.caseId, false);
    const holder = withWhom(call);
    const [next] = runningClocks({ ...call, late: [] }).toSorted((one, other) => one.dueAt.localeCompare(other.dueAt));
    rows.push({
      id: call.id,
      caseId: call.caseId,
      caseNumber,
      title: of?.title ?? '',
      version: call.version,
      state: call.state,
      place: {
        areaCode: call.areaCode,
        path: (areas.get(call.areaCode)?.path ?? call.areaCode).split('/').filter((part) => part !== ''),
        point: call.point ? { lon: call.point[0], lat: call.point[1] } : null,
      },
      team: { id: call.teamId, name: teams.get(call.teamId) ?? '' },
      sentAt: call.sentAt,
      endedAt: call.endedAt,
      with: holder ? (people.get(holder.postId) ?? null) : null,
      clock: next
        ? { name: next.clock, startedAt: call.sentAt, dueAt: next.dueAt, late: now > new Date(next.dueAt) }
        : null,
      mine: actor.kind === 'officer' && call.line.slice(0, call.reached).some((one) => one.userId === actor.userId),
    });
  }
  return rows;
}

export async function presentCall(
  tx: ReadTx,
  app: Pick<App, 'permissions'>,
  actor: Actor,
  stored: StoredCall,
  now: Date,
): Promise<CallView> {
  const { call } = stored;
  const [row] = await presentCalls(tx, actor, [stored], now);
  if (!row) throw new Error('a call without its row');
  const people = await peopleOf(
    tx,
    call.line.map((one) => one.postId),
  );
  const of = await findStored(tx, actor, call.caseId, false);
  return {
    ...row,
    seesCase: of !== null && seesCase(app, actor, of),
    line: call.line.flatMap((one, index) => {
      const person = people.get(one.postId);
      return person ? [{ ...person, reached: index < call.reached }] : [];
    }),
    clocks: clocksOf(call, now),
    arrivalMetres: call.arrivalMetres,
    radius: call.limits.radius,
    timeline: await timelineOf(tx, actor, call),
    actions: availableActions(call, actingOn(actor, call)),
    handovers: await handoversOf(tx, call.id),
  };
}

function clocksOf(call: Call, now: Date): CallView['clocks'] {
  const open = isOpen(call);
  const part = (name: string, dueAt: string, doneAt: string | null) => {
    const late = doneAt === null ? open && now > new Date(dueAt) : doneAt > dueAt;
    return { name, dueAt, doneAt, late };
  };
  return [
    part('acknowledge', call.acknowledgeDueAt, call.acknowledgedAt),
    part('arrive', call.arriveDueAt, call.arrivedAt),
    part('report', call.reportDueAt, call.reportedAt),
    part('close', call.closeDueAt, call.state === 'closed' ? call.endedAt : null),
  ];
}

async function timelineOf(tx: ReadTx, actor: Actor, call: Call): Promise<CallView['timeline']> {
  const entries = await jointSteps(tx, actor, call.caseId, call.id);
  const offices = await organisationNames(tx, [...new Set(entries.flatMap((one) => one.organisationId ?? []))]);
  const people = await personNames(tx, [...new Set(entries.flatMap((one) => one.by ?? []))]);
  const ids = [...new Set(entries.flatMap((one) => one.fileIds))];
  const files = new Map((ids.length === 0 ? [] : await fileInfos(tx, ids)).map((one) => [one.id, one]));
  return entries.map((entry) => {
    const office = entry.organisationId ? offices.get(entry.organisationId) : undefined;
    return {
      seq: entry.seq,
      at: entry.at.toISOString(),
      step: entry.step,
      organisation: office && entry.organisationId ? { id: entry.organisationId, ...office } : null,
      person: entry.by ? (people.get(entry.by) ?? null) : null,
      texts: { ...entry.texts },
      files: entry.fileIds.flatMap((id) => {
        const found = files.get(id);
        return found ? [{ id, image: found.type.startsWith('image/') }] : [];
      }),
    };
  });
}

async function handoversOf(tx: ReadTx, callId: string): Promise<CallView['handovers']> {
  const { rows } = await sql<{ id: string; reference: string }>`
    SELECT id, reference FROM duty.police_handover
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND call_id = ${callId}::uuid ORDER BY at`.execute(
    tx,
  );
  return rows;
}
