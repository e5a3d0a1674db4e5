import type { Module } from '../../platform/app.ts';
import type { Role } from '../../platform/auth/actor.ts';
import type { Grants } from '../../platform/auth/permission.ts';
import { clockRanOut } from './act.ts';
import { callRoutes, callTarget } from './call-routes.ts';
import { dutyContracts } from './contract.ts';
import { followConsumer } from './follow.ts';
import { DUTY_REFUSALS } from './refusals.ts';
import { rosterRoutes } from './roster-routes.ts';
import { DUTY_TIMER } from './store.ts';
import { dutyTexts } from './texts.ts';

/** Anyone who may stand in a roster answers calls. */
const ANSWERS = ['duty.follow', 'duty.acknowledge', 'duty.arrive', 'duty.report', 'duty.close', 'duty.hand_over'];
const ON_DUTY: readonly Role[] = ['handler', 'grid_worker', 'community_worker', 'verifier', 'supervisor', 'dispatcher'];

const grants: Grants = {
  ...Object.fromEntries(ON_DUTY.map((role) => [role, ANSWERS])),
  supervisor: [...ANSWERS, 'duty.read', 'duty.police'],
  evaluator: ['duty.follow', 'duty.read'],
  dispatcher: [...ANSWERS, 'duty.read', 'duty.manage', 'duty.send', 'duty.reassign', 'duty.stand_down', 'duty.police'],
};

/** Duty rosters and quick response (小脑+手脚): who is on duty, and urgent matters that go to them by the minute. */
export const dutyModule: Module = {
  name: 'duty',
  texts: dutyTexts,
  refusals: DUTY_REFUSALS,
  grants,
  contracts: dutyContracts,
  routes: (app) => [...rosterRoutes(app), ...callRoutes(app)],
  targets: (app) => ({ duty_call: callTarget(app) }),
  consumers: (app) => [followConsumer(app)],
  timers: () => ({ [DUTY_TIMER]: clockRanOut }),
};

export { act as actOnCall, sendTo } from './act.ts';
export type { Call } from './rules/call.ts';
export { addMember, findCall, insertShift, insertTeam } from './store.ts';
