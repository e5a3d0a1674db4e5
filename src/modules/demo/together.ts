import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result } from '../../kit/result.ts';
import { addDays, atMinute, dayOf, HOUR, MINUTE, weekdayOf } from '../../kit/time.ts';
import type { Actor, Officer } from '../../platform/auth/actor.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { getArea } from '../areas/index.ts';
import { act, type CaseCommand, findStored, registerCases } from '../cases/index.ts';
import { actOnCall, addMember, findCall, insertShift, insertTeam, sendTo } from '../duty/index.ts';
import {
  act as actTogether,
  findJoint,
  type JointCommand,
  type Whistle,
  whistleForCase,
} from '../joint-handling/index.ts';
import { findOrganisationByKind } from '../organisations/index.ts';
import type { Stage } from './cast.ts';
import type { WalkParts } from './walk.ts';

/** One joint matter half way, and one week of duty with a call: what needs several offices, for a newcomer to see. */
export async function writeTogether(parts: WalkParts, stage: Stage): Promise<void> {
  const [first] = stage.towns;
  const place = first?.villages[0];
  if (!first || !place) return;
  await jointMatter(parts, place.village.code);
  await dutyWeek(parts, first.town.code, place.grid.code);
}

function granted<T>(what: string, result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`demo: ${what}: ${result.code} ${JSON.stringify(result.details)}`);
  return result;
}

async function fileMatter(
  { app, tx, cast }: WalkParts,
  matter: { title: string; body: string; classCode: string; areaCode: string; urgent: boolean },
  at: Date,
): Promise<string> {
  const area = await getArea(tx, matter.areaCode);
  const point = area.centre ? ([area.centre[0], area.centre[1]] as const) : null;
  const [receipt] = await registerCases(
    tx,
    { vault: app.vault, rootCode: tenantPrefix(app) },
    cast.named('town-dispatcher'),
    [
      {
        ...{ title: matter.title, body: matter.body, classCode: matter.classCode },
        place: { areaCode: matter.areaCode, point, text: null },
        ...{ channel: 'phone', urgency: matter.urgent ? 'urgent' : 'normal', confidential: false, requester: null },
        ...{ anonymous: false, contactable: false, publicConsent: false, occurredAt: null, fileIds: [] },
        ...{ settlement: null, imported: null },
      },
    ],
    at,
  );
  if (!receipt) throw new Error('a filing without an answer');
  return granted('filing', receipt).id;
}

type Unversioned<T> = T extends { readonly expectedVersion: number } ? Omit<T, 'expectedVersion'> : never;

/** Three offices are called: one is at the place, one on the way, one declines and waits for the county's ruling. */
async function jointMatter(parts: WalkParts, areaCode: string): Promise<void> {
  const { app, tx, cast } = parts;
  const now = app.now();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
  const matter = {
    title: '菜市场周边占道经营、污水横流',
    body: '菜市场后门摊位占了人行道，污水井堵塞外溢，雨天过不去人。',
  };
  const caseId = await fileMatter(parts, { ...matter, classCode: '0903', areaCode, urgent: false }, ago(26 * 60));
  const [housing, market] = [await findOrganisationByKind(tx, 'housing'), await findOrganisationByKind(tx, 'market')];
  const station = cast.named('station');
  const handler = cast.named('handler');
  const team = station.posts[0]?.organisationId;
  if (!housing || !market || !team) return;
  const step = async (actor: Officer, command: Unversioned<CaseCommand>, at: Date) => {
    const stored = await findStored(tx, actor, caseId, false);
    if (!stored) throw new Error(`no demo case ${caseId}`);
    const full = { ...command, expectedVersion: stored.state.version } as CaseCommand;
    granted(command.action, await act(tx, actor, stored, full, at));
  };
  const reason = '涉及排水管网和占道，由住建部门主办。';
  const dispatch = { action: 'dispatch', leadId: housing.id, assistIds: [], reason, instruction: null } as const;
  await step(cast.named('dispatcher'), dispatch, ago(25 * 60));
  await step(handler, { action: 'accept' }, ago(24.5 * 60));
  await step(handler, { action: 'start' }, ago(24 * 60));
  const served = await findStored(tx, handler, caseId, true);
  if (!served) throw new Error(`no demo case ${caseId}`);
  const calls = [
    { organisationId: housing.id, task: '疏通污水井，查清管道堵点。' },
    { organisationId: team, task: '清理人行道上的占道摊位。' },
    { organisationId: market.id, task: '规范市场内摊位，约谈市场管理方。' },
  ];
  const whistle: Whistle = {
    ground: 'public_demand',
    matter: `${matter.title}，需要几家一起整治。`,
    place: '菜市场后门',
    point: null,
    calls,
    leadId: housing.id,
    arriveBy: null,
  };
  const blown = granted('whistle', await whistleForCase(tx, cast.named('town-dispatcher'), served, whistle, ago(180)));
  const joint = async (actor: Actor, command: Unversioned<JointCommand>, at: Date) => {
    const stored = await findJoint(tx, actor, blown.id, true);
    if (!stored) throw new Error('no demo whistle');
    const full = { ...command, expectedVersion: stored.joint.version } as JointCommand;
    granted(command.action, await actTogether(tx, actor, stored, full, at));
  };
  const refuser = await cast.inRole('handler', market.id, tenantPrefix(app));
  const refusal = { legalBasis: '本单位三定规定第二条（示例）', reason: '占道经营不是我局职责。' };
  await joint(handler, { action: 'answer', organisationId: housing.id, remark: '带抽水泵过来。' }, ago(150));
  await joint(refuser, { action: 'refuse', organisationId: market.id, ...refusal }, ago(120));
  const vouched = '我在现场见到他们，定位不准。';
  const town = cast.named('town-dispatcher');
  await joint(town, { action: 'confirm_arrival', organisationId: team, reason: vouched }, ago(60));
}

/** A week of the town's emergency team, with a gap to fill, and a call that has been reported on. */
async function dutyWeek(parts: WalkParts, townCode: string, gridCode: string): Promise<void> {
  const { app, tx, cast } = parts;
  const now = app.now();
  const team = { id: uuidv7(now.getTime()), kind: 'emergency', name: '应急处置一队', areaCode: townCode };
  await insertTeam(tx, team, now);
  const people = [cast.named('station'), cast.named('grid-worker')];
  const posts = people.flatMap((one) => one.posts.map((post) => post.id));
  for (const one of people) {
    for (const { id: postId } of one.posts) await addMember(tx, { teamId: team.id, postId, userId: one.userId }, now);
  }
  const today = dayOf(now);
  const monday = addDays(today, 1 - weekdayOf(today));
  for (let day = 0; day < 14; day += 1) {
    // The second Sunday is left open, so that the roster shows a gap.
    if (day === 13) continue;
    const on = addDays(monday, day);
    const line = day % 2 === 0 ? posts : posts.toReversed();
    const span = { startsAt: atMinute(on, 480).toISOString(), endsAt: atMinute(addDays(on, 1), 480).toISOString() };
    await insertShift(tx, { id: uuidv7(now.getTime()), teamId: team.id, ...span, line });
  }
  await reportedCall(parts, team, gridCode);
}

async function reportedCall(parts: WalkParts, team: Parameters<typeof sendTo>[3], areaCode: string): Promise<void> {
  const { app, tx, cast } = parts;
  const sentAt = new Date(app.now().getTime() - HOUR);
  const after = (minutes: number) => new Date(sentAt.getTime() + minutes * MINUTE);
  const matter = { title: '小区门口电线掉落', body: '大风把电线刮落在小区门口，行人要绕行，请马上来人看护。' };
  const caseId = await fileMatter(parts, { ...matter, classCode: '0405', areaCode, urgent: true }, sentAt);
  const dispatcher = cast.named('dispatcher');
  const stored = await findStored(tx, dispatcher, caseId, true);
  if (!stored) throw new Error(`no demo case ${caseId}`);
  const sent = granted('send', await sendTo(tx, dispatcher, stored, team, null, after(0)));
  const opened = await findCall(tx, dispatcher, sent.id, false);
  const first = opened?.call.line[0];
  const people = [cast.named('station'), cast.named('grid-worker')];
  const called = people.find((one) => one.userId === first?.userId);
  // Before the first shift of the week nobody is on duty: then the call waits at the centre, which is a sight as well.
  if (!called) return;
  const point = opened?.call.point ?? [115, 31];
  const steps = [
    [{ action: 'acknowledge' }, 0.5],
    [{ action: 'arrive', point }, 7],
    [{ action: 'report', text: '已拉警戒线，电力公司抢修人员在路上。', files: [] }, 22],
  ] as const;
  for (const [command, minutes] of steps) {
    const call = await findCall(tx, called, sent.id, true);
    if (!call) throw new Error('no demo call');
    const full = { ...command, expectedVersion: call.call.version };
    granted(command.action, await actOnCall(tx, called, call, full, after(minutes)));
  }
}
