import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { addDays, dayOf, daysBetween, startOfDay, weekdayOf } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { findArea } from '../areas/index.ts';
import { findPost } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { presentShifts, presentTeams } from './present.ts';
import { gapsBetween, overlapWith, type Shift, shifted } from './rules/roster.ts';
import * as store from './store.ts';

/** Monday of a day's week. */
const mondayOf = (day: string) => addDays(day, 1 - weekdayOf(day));
const LATER = new Date('9999-01-01T00:00:00Z');

/** A team the actor may change: his post covers its area. */
async function managed(app: App, tx: ReadTx, actor: Actor, id: string, lock = true): Promise<Result<store.Team>> {
  const team = await store.findTeam(tx, id, lock);
  const fits = team && covers(postsFor(app.permissions, actor, 'duty.manage'), team.areaCode);
  return fits ? team : refuse('duty.team_unknown');
}

async function managedShift(
  app: App,
  tx: ReadTx,
  actor: Actor,
  id: string,
): Promise<Result<{ team: store.Team; shift: store.StoredShift }>> {
  const shift = await store.findShift(tx, id);
  const team = shift ? await managed(app, tx, actor, shift.teamId) : null;
  return shift && team && !isRefusal(team) ? { team, shift } : refuse('duty.shift_unknown');
}

function note(tx: WriteTx, actor: Actor, action: string, targetId: string, now: Date): Promise<void> {
  return audit(tx, actor, { action, targetKind: 'duty_team', targetId, result: 'done' }, now);
}

/** Whose teams an officer sees: those of the areas of his posts, and of the town and county above. */
function prefixesOf(app: App, actor: Actor): string[] {
  return postsFor(app.permissions, actor, 'duty.follow').flatMap((post) => post.scope);
}

async function teamsSeen(app: App, tx: ReadTx, actor: Actor): Promise<readonly store.Team[]> {
  const prefixes = prefixesOf(app, actor);
  const below = await store.teamsIn(tx, prefixes);
  const above = (await Promise.all(prefixes.map((prefix) => store.teamsFor(tx, prefix)))).flat();
  return [...new Map([...below, ...above].map((team) => [team.id, team])).values()];
}

export function rosterRoutes(app: App): Route[] {
  return [...teamRoutes(app), ...shiftRoutes(app)];
}

function teamRoutes(app: App): Route[] {
  return [
    route(contract.listTeams, async ({ tx, actor, now }) => ({
      teams: await presentTeams(tx, app, actor, await teamsSeen(app, tx, actor), now),
      kinds: (await store.teamKinds(tx, now)).map((kind) => ({ ...kind, takes: [...kind.takes] })),
    })),
    route(contract.setKind, async ({ tx, actor, params, body, now }) => {
      const kind = { kind: params.kind, ...body };
      await store.putKind(tx, kind, actorId(actor), now);
      await note(tx, actor, 'duty.set_kind', params.kind, now);
      return kind;
    }),
    route(contract.addTeam, async ({ tx, actor, body, now }) => {
      if (!covers(postsFor(app.permissions, actor, 'duty.manage'), body.areaCode)) return refuse('duty.out_of_scope');
      const area = await findArea(tx, body.areaCode);
      if (!area || !['town', 'county', 'city'].includes(area.level)) return refuse('duty.area_unknown');
      const kinds = await store.teamKinds(tx, now);
      if (!kinds.some((kind) => kind.kind === body.kind)) return refuse('duty.kind_unknown');
      const team = { id: uuidv7(now.getTime()), ...body };
      await store.insertTeam(tx, team, now);
      await note(tx, actor, 'duty.add_team', team.id, now);
      return { id: team.id };
    }),
    route(contract.endTeam, async ({ tx, actor, params, now }) => {
      const team = await managed(app, tx, actor, params.id);
      if (isRefusal(team)) return team;
      if ((await store.shiftsBetween(tx, [team.id], now, LATER)).length > 0) return refuse('duty.shifts_to_come');
      await store.closeTeam(tx, team.id, now);
      await note(tx, actor, 'duty.end_team', team.id, now);
      return { ok: true as const };
    }),
    route(contract.addMember, async ({ tx, actor, params, body, now }) => {
      const team = await managed(app, tx, actor, params.id);
      if (isRefusal(team)) return team;
      const post = await findPost(tx, body.postId);
      if (!post || (post.validTo !== null && post.validTo <= dayOf(now))) return refuse('duty.post_unknown');
      await store.addMember(tx, { teamId: team.id, postId: post.id, userId: post.userId }, now);
      await note(tx, actor, 'duty.add_member', team.id, now);
      return { ok: true as const };
    }),
    route(contract.removeMember, async ({ tx, actor, params, now }) => {
      const team = await managed(app, tx, actor, params.id);
      if (isRefusal(team)) return team;
      const coming = await store.shiftsBetween(tx, [team.id], now, LATER);
      if (coming.some((shift) => shift.line.includes(params.postId))) return refuse('duty.shifts_to_come');
      await store.removeMember(tx, team.id, params.postId);
      await note(tx, actor, 'duty.remove_member', team.id, now);
      return { ok: true as const };
    }),
  ];
}

function shiftRoutes(app: App): Route[] {
  return [
    route(contract.readRoster, async ({ tx, actor, params, query }) => {
      const seen = (await teamsSeen(app, tx, actor)).find((team) => team.id === params.id);
      if (!seen) return refuse('duty.team_unknown');
      const week = mondayOf(query.week);
      const [from, to] = [startOfDay(week), startOfDay(addDays(week, 7))];
      const shifts = await store.shiftsBetween(tx, [seen.id], from, to);
      const gaps = gapsBetween(from.toISOString(), to.toISOString(), shifts).map((gap) => ({ ...gap }));
      return { week, shifts: await presentShifts(tx, shifts), gaps };
    }),
    route(contract.addShift, async ({ tx, actor, params, body, now }) => {
      const team = await managed(app, tx, actor, params.id);
      if (isRefusal(team)) return team;
      const span = { startsAt: new Date(body.startsAt).toISOString(), endsAt: new Date(body.endsAt).toISOString() };
      const shift = { id: uuidv7(now.getTime()), teamId: team.id, ...span, line: [...new Set(body.line)] };
      const refusal = await refuseShift(tx, shift);
      if (refusal) return refusal;
      await store.insertShift(tx, shift);
      await note(tx, actor, 'duty.add_shift', team.id, now);
      return { id: shift.id };
    }),
    route(contract.removeShift, async ({ tx, actor, params, now }) => {
      const found = await managedShift(app, tx, actor, params.id);
      if (isRefusal(found)) return found;
      if (new Date(found.shift.startsAt) <= now) return refuse('duty.shift_begun');
      await store.deleteShift(tx, found.shift.id);
      await note(tx, actor, 'duty.remove_shift', found.team.id, now);
      return { ok: true as const };
    }),
    route(contract.copyWeek, async ({ tx, actor, params, body, now }) => {
      const team = await managed(app, tx, actor, params.id);
      if (isRefusal(team)) return team;
      const [from, to] = [mondayOf(body.from), mondayOf(body.to)];
      const begins = startOfDay(from).toISOString();
      const source = (await store.shiftsBetween(tx, [team.id], startOfDay(from), startOfDay(addDays(from, 7)))).filter(
        (shift) => shift.startsAt >= begins,
      );
      if (source.length === 0 || from === to) return refuse('duty.nothing_to_copy');
      for (const span of shifted(source, daysBetween(from, to))) {
        const { startsAt, endsAt } = span;
        const shift = { id: uuidv7(now.getTime()), teamId: team.id, startsAt, endsAt, line: span.line };
        const refusal = await refuseShift(tx, shift);
        if (refusal) return refusal;
        await store.insertShift(tx, shift);
      }
      await note(tx, actor, 'duty.copy_week', team.id, now);
      return { copied: source.length };
    }),
    route(contract.handShiftOver, async ({ tx, actor, params, body, now }) => {
      const shift = await store.findShift(tx, params.id);
      const own = actor.kind === 'officer' ? actor.posts.map((post) => post.id) : [];
      if (!shift) return refuse('duty.shift_unknown');
      const manages = !isRefusal(await managed(app, tx, actor, shift.teamId, false));
      if (!manages && !shift.line.some((id) => own.includes(id))) {
        return refuse('duty.not_your_part', { action: 'hand_over' });
      }
      await store.noteHandover(tx, shift.id, body.note, now);
      await note(tx, actor, 'duty.hand_shift_over', shift.teamId, now);
      return { ok: true as const };
    }),
  ];
}

const LONGEST_HOURS = 72;

/** Members only, no overlap in the team, and nobody in two places at once. The team is locked. */
async function refuseShift(tx: ReadTx, shift: Shift & { readonly teamId: string }) {
  const { startsAt, endsAt, teamId, line } = shift;
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
  if (!(hours > 0 && hours <= LONGEST_HOURS)) return refuse('duty.shift_order', { hours: LONGEST_HOURS });
  const members = (await store.membersOf(tx, [teamId])).map((one) => one.postId);
  if (line.some((id) => !members.includes(id))) return refuse('duty.not_a_member');
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const overlap = overlapWith(shift, await store.shiftsBetween(tx, [teamId], from, to));
  if (overlap) return refuse('duty.shift_overlap', spanText(overlap));
  const busy = await store.shiftsOfPosts(tx, line, from, to);
  return busy[0] ? refuse('duty.person_busy', spanText(busy[0])) : null;
}

function spanText({ startsAt, endsAt }: Shift) {
  const local = (moment: string) =>
    new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
  return { from: local(startsAt), to: local(endsAt) };
}
