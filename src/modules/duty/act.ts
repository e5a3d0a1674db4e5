import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { TimerHandler } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import { covers } from '../../platform/auth/permission.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { attachFiles } from '../../platform/files/index.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { act as actOnCase, findStored, type StoredCase } from '../cases/index.ts';
import { dutySettings } from '../catalogue/index.ts';
import { commandCentreFor, findPost } from '../organisations/index.ts';
import { type Acting, type Call, type Called, decide, send, type Told, type Versioned } from './rules/call.ts';
import { kindsFor } from './rules/kinds.ts';
import type { Clock, Party } from './rules/words.ts';
import {
  callsOfCase,
  findCall,
  insertCall,
  saveCall,
  shiftsBetween,
  type StoredCall,
  type Team,
  teamKinds,
  teamsFor,
} from './store.ts';
import { isOpen } from './rules/call.ts';
import { dayOf } from '../../kit/time.ts';

export type Step = { readonly id: string; readonly version: number; readonly state: Call['state'] };

/** What an actor is to a call: called so far, the one who took it, a dispatcher whose post covers the place. */
export function actingOn(actor: Actor, call: Call): Acting {
  const parties = new Set<Party>();
  if (actor.kind === 'system') return { id: `system:${actor.name}`, parties: parties.add('system') };
  if (actor.kind !== 'officer') return { id: actor.kind, parties };
  if (call.line.slice(0, call.reached).some((one) => one.userId === actor.userId)) parties.add('called');
  if (call.responder?.userId === actor.userId) parties.add('responder');
  const dispatching = actor.posts.filter((post) => post.role === 'dispatcher');
  if (covers(dispatching, call.areaCode)) parties.add('centre');
  return { id: actor.userId, parties };
}

/** The people of a team's shift at a moment, in order; posts that have ended since are passed over. */
export async function lineOf(tx: ReadTx, team: Team, now: Date): Promise<readonly Called[]> {
  const [shift] = await shiftsBetween(tx, [team.id], now, new Date(now.getTime() + 1));
  const today = dayOf(now);
  const line: Called[] = [];
  for (const postId of shift?.line ?? []) {
    const post = await findPost(tx, postId);
    if (!post || (post.validTo !== null && post.validTo <= today)) continue;
    if (line.every((one) => one.userId !== post.userId)) {
      line.push({ postId, userId: post.userId, organisationId: post.organisationId });
    }
  }
  return line;
}

/** Sends a case to a team that is on duty; the case is locked. An empty line goes to the centre at once. */
export async function sendTo(
  tx: WriteTx,
  actor: Actor,
  { state }: StoredCase,
  team: Team,
  reason: string | null,
  now: Date,
): Promise<Result<Step>> {
  const open = (await callsOfCase(tx, actor, state.id)).some(({ call }) => isOpen(call));
  if (open) return refuse('duty.already_sent');
  const limits = await dutySettings(tx, now, state.caseClass.code);
  const centre = await commandCentreFor(tx, state.areaCode);
  const line = await lineOf(tx, team, now);
  const { call, told } = send(
    {
      id: uuidv7(now.getTime()),
      caseId: state.id,
      areaCode: state.areaCode,
      point: state.point,
      teamId: team.id,
      centreId: centre.id,
      line,
      limits,
      reason,
    },
    now,
  );
  const stored: StoredCall = {
    call,
    caseNumber: state.number,
    lane: state.caseClass.lane,
    sensitivity: state.sensitivity,
  };
  await insertCall(tx, actor, stored, now);
  const followed = await tell(tx, actor, stored, told, now, null);
  if (isRefusal(followed)) return followed;
  await note(tx, actor, 'duty.send', call, now);
  return { id: call.id, version: call.version, state: call.state };
}

/** The team an urgent matter goes to by itself: of the kind that names its class most closely, the nearest on duty. */
export async function teamToTake(tx: ReadTx, stored: StoredCase, now: Date): Promise<Team | null> {
  const { areaCode, caseClass } = stored.state;
  const teams = await teamsFor(tx, areaCode);
  const wanted = kindsFor(await teamKinds(tx, now), caseClass.code).flatMap(({ kind }) =>
    teams.filter((team) => team.kind === kind),
  );
  for (const team of wanted) if ((await lineOf(tx, team, now)).length > 0) return team;
  return wanted[0] ?? null;
}

/** One step of a call; row, clocks, the case's chain, outbox and audit are written in the caller's transaction. */
export async function act(
  tx: WriteTx,
  actor: Actor,
  stored: StoredCall,
  command: Versioned,
  now: Date,
): Promise<Result<Step>> {
  const decided = decide(stored.call, command, actingOn(actor, stored.call), now);
  if (isRefusal(decided)) return decided;
  const { call } = decided;
  await saveCall(tx, actor, call, now);
  const clock = command.action === 'run_out' ? command.clock : null;
  const followed = await tell(tx, actor, { ...stored, call }, decided.told, now, clock);
  if (isRefusal(followed)) return followed;
  await note(tx, actor, `duty.${command.action}`, call, now);
  return { id: call.id, version: call.version, state: call.state };
}

function note(tx: WriteTx, actor: Actor, action: string, call: Call, now: Date): Promise<void> {
  const details = { caseId: call.caseId, state: call.state };
  return audit(tx, actor, { action, targetKind: 'duty_call', targetId: call.id, result: 'done', details }, now);
}

/** Tells the case's chain, and the outbox: ids, place code and clock, neither words nor people. */
async function tell(
  tx: WriteTx,
  actor: Actor,
  { call, caseNumber }: StoredCall,
  steps: readonly Told[],
  now: Date,
  clock: Clock | null,
): Promise<Result<null>> {
  const system = systemActor(actor.tenant, 'duty');
  for (const { step, organisationId, texts, files } of steps) {
    const taken = await attachFiles(tx, actor, files, { kind: 'case', id: call.caseId });
    if (isRefusal(taken)) return taken;
    const of = await findStored(tx, system, call.caseId, true);
    if (!of) return refuse('cases.not_found');
    const by = actor.kind === 'officer' ? actor.userId : null;
    const recorded = await actOnCase(
      tx,
      system,
      of,
      {
        ...{
          action: 'record_joint_step',
          jointId: call.id,
          step,
          organisationId,
          joins: [],
          leaves: [],
          by,
          texts,
          files,
        },
        expectedVersion: of.state.version,
      },
      now,
    );
    if (isRefusal(recorded)) return recorded;
  }
  await publishAll(
    tx,
    steps.map(({ step, organisationId }) => ({
      tenant: actor.tenant,
      kind: `duty.${step.slice('duty_'.length)}`,
      subject: call.id,
      at: now,
      payload: {
        caseId: call.caseId,
        number: caseNumber,
        areaCode: call.areaCode,
        teamId: call.teamId,
        reached: call.reached,
        centreId: call.centreId,
        organisationId,
        clock,
      },
    })),
  );
  return null;
}

/** A clock ran out: the next in line is called, or lateness is recorded; once. One that was overtaken does nothing. */
export const clockRanOut: TimerHandler = async (timer, tx, now) => {
  const actor = systemActor(timer.tenant, 'duty');
  const stored = await findCall(tx, actor, timer.subject, true);
  if (!stored) return;
  const { clock } = timer.payload as { clock: Clock };
  await act(tx, actor, stored, { action: 'run_out', clock, expectedVersion: stored.call.version }, now);
};
