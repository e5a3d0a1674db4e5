import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { pointInJurisdiction } from '../areas/index.ts';
import { act as actOnCase, type CaseState, findStored, registerCases, type StoredCase } from '../cases/index.ts';
import { type JointSettings, jointSettings } from '../catalogue/index.ts';
import { commandCentreFor, countyCommandCentre, getOrganisation } from '../organisations/index.ts';
import { contextOf, type Step, tell } from './act.ts';
import type { CallFor } from './rules/commands.ts';
import { whistle } from './rules/decide.ts';
import type { Limits, Point } from './rules/state.ts';
import type { Ground } from './rules/words.ts';
import { insertJoint, openJointOf, type StoredJoint } from './store.ts';

/** What a town says when it whistles. */
export type Whistle = {
  readonly ground: Ground;
  readonly matter: string;
  readonly place: string | null;
  readonly point: Point | null;
  readonly calls: readonly CallFor[];
  readonly leadId: string;
  readonly arriveBy: string | null;
};

export type Whistler = { readonly whistlerId: string; readonly askerId: string | null };

/** States of a case in which more hands still help; once it is reported done, others look at it. */
const BEFORE_DONE: readonly CaseState['state'][] = [
  'registered',
  'dispatched',
  'accepted',
  'in_progress',
  'extension_requested',
  'shelved',
  'returned',
  'reopened',
];

/** Why a case cannot be whistled for, whoever asks; null when it can. */
export async function refuseForCase(tx: ReadTx, actor: Actor, { state }: StoredCase): Promise<Result<null>> {
  if (state.caseClass.petition) return refuse('joint_handling.petition_route_only');
  if (!BEFORE_DONE.includes(state.state)) return refuse('joint_handling.case_over');
  return (await openJointOf(tx, actor, state.id)) ? refuse('joint_handling.already_open') : null;
}

/** As whom an officer whistles in an area: for his town, or for a community that asks its town; else why not. */
export async function whistlerFor(tx: ReadTx, actor: Actor, areaCode: string): Promise<Result<Whistler>> {
  if (actor.kind !== 'officer') return refuse('joint_handling.towns_only');
  const covering = actor.posts.filter((post) => post.scope.some((prefix) => areaCode.startsWith(prefix)));
  for (const post of covering.filter(({ role }) => role === 'dispatcher')) {
    const { level } = await getOrganisation(tx, post.organisationId);
    if (level === 'town') return { whistlerId: post.organisationId, askerId: null };
  }
  const community = covering.find(({ role }) => role === 'community_worker');
  const centre = community ? await commandCentreFor(tx, areaCode) : null;
  if (!community || centre?.level !== 'town') return refuse('joint_handling.towns_only');
  return { whistlerId: centre.id, askerId: community.organisationId };
}

export function limitsOf(ground: Ground, settings: JointSettings): Limits {
  const { radius, ruling, rulingEmergency } = settings;
  switch (ground) {
    case 'emergency':
      return {
        answer: settings.answerEmergency,
        arrive: settings.arriveEmergency,
        part: settings.partEmergency,
        ruling: rulingEmergency,
        radius,
      };
    case 'joint_enforcement':
      return {
        answer: settings.answerEnforcement,
        arrive: settings.arriveEnforcement,
        part: settings.partEnforcement,
        ruling,
        radius,
      };
    case 'public_demand':
      return {
        answer: settings.answerDemand,
        arrive: settings.arriveDemand,
        part: settings.partDemand,
        ruling,
        radius,
      };
  }
}

/** Whistles for a case that is there and locked. */
export async function whistleForCase(
  tx: WriteTx,
  actor: Actor,
  stored: StoredCase,
  asked: Whistle,
  now: Date,
): Promise<Result<Step>> {
  const { state } = stored;
  const refused = (await refuseForCase(tx, actor, stored)) ?? null;
  if (isRefusal(refused)) return refused;
  const who = await whistlerFor(tx, actor, state.areaCode);
  if (isRefusal(who)) return who;
  const point = asked.point ?? state.point;
  const centre = await countyCommandCentre(tx);
  const caseLeadId = state.dispatch?.leadId ?? null;
  const ids = [...asked.calls.map((call) => call.organisationId), who.whistlerId, ...(caseLeadId ? [caseLeadId] : [])];
  // Who whistles holds no part yet: the rules look at what is asked alone.
  const acting = { id: '', standing: new Map(), organisationIds: [] };
  const decided = whistle(
    {
      ...asked,
      ...who,
      id: uuidv7(now.getTime()),
      caseId: state.id,
      areaCode: state.areaCode,
      point,
      pointInside: point ? await pointInJurisdiction(tx, point[0], point[1]) : null,
      centreId: centre.id,
      limits: limitsOf(asked.ground, await jointSettings(tx, now, state.caseClass.code)),
      caseLeadId,
    },
    await contextOf(tx, acting, ids, now),
  );
  if (isRefusal(decided)) return decided;
  const { joint } = decided;
  const entered: StoredJoint = {
    joint,
    caseNumber: state.number,
    lane: state.caseClass.lane,
    sensitivity: state.sensitivity,
  };
  await insertJoint(tx, actor, entered, now);
  const told = await tell(tx, actor, entered, decided.told, now);
  if (isRefusal(told)) return told;
  const details = { caseId: state.id, ground: joint.ground, called: joint.members.length };
  const entry = { action: 'joint_handling.whistle', targetKind: 'joint_handling', targetId: joint.id } as const;
  await audit(tx, actor, { ...entry, result: 'done', details }, now);
  return { id: joint.id, version: joint.version, state: joint.state };
}

export type NewMatter = Whistle & { readonly title: string; readonly classCode: string; readonly areaCode: string };

/** Whistles for a matter without a case: it is registered, given to the lead, and whistled for in one step. */
export async function whistleAnew(
  app: App,
  tx: WriteTx,
  actor: Actor,
  asked: NewMatter,
  now: Date,
): Promise<Result<Step & { caseId: string; caseNumber: string }>> {
  if (asked.ground === 'public_demand') return refuse('joint_handling.case_needed');
  const who = await whistlerFor(tx, actor, asked.areaCode);
  if (isRefusal(who)) return who;
  const [receipt] = await registerCases(
    tx,
    { vault: app.vault, rootCode: tenantPrefix(app) },
    actor,
    [filingOf(asked)],
    now,
  );
  if (!receipt) throw new Error('a filing without an answer');
  if (isRefusal(receipt)) return receipt;
  const given = await giveToLead(tx, actor, receipt.id, asked, now);
  if (isRefusal(given)) return given;
  const stored = await findStored(tx, actor, receipt.id, true);
  if (!stored) throw new Error(`no case ${receipt.id}`);
  const step = await whistleForCase(tx, actor, stored, asked, now);
  return isRefusal(step) ? step : { ...step, caseId: receipt.id, caseNumber: receipt.number };
}

function filingOf(asked: NewMatter): Parameters<typeof registerCases>[3][number] {
  return {
    title: asked.title,
    body: asked.matter,
    classCode: asked.classCode,
    place: { areaCode: asked.areaCode, point: asked.point, text: asked.place },
    channel: 'system',
    urgency: asked.ground === 'emergency' ? 'urgent' : 'normal',
    confidential: false,
    requester: null,
    anonymous: false,
    contactable: false,
    publicConsent: false,
    occurredAt: null,
    fileIds: [],
    settlement: null,
    imported: null,
  };
}

async function giveToLead(
  tx: WriteTx,
  actor: Actor,
  caseId: string,
  asked: NewMatter,
  now: Date,
): Promise<Result<null>> {
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) throw new Error(`no case ${caseId}`);
  const { leadId, matter } = asked;
  const dispatched = await actOnCase(
    tx,
    actor,
    stored,
    {
      action: 'dispatch',
      leadId,
      assistIds: [],
      reason: matter,
      instruction: null,
      expectedVersion: stored.state.version,
    },
    now,
  );
  return isRefusal(dispatched) ? dispatched : null;
}
