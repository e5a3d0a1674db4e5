import type { Module } from '../../platform/app.ts';
import { registerStepCheck } from '../cases/index.ts';
import { jointContracts } from './contract.ts';
import { CLOSING_TIMER, clockRanOut, followConsumer, organisationClosed, refuseWhileOpen } from './follow.ts';
import { jointGrants } from './grants.ts';
import { JOINT_REFUSALS } from './refusals.ts';
import { jointRoutes, jointTarget } from './routes.ts';
import { JOINT_TIMER } from './store.ts';
import { jointTexts } from './texts.ts';

/** Joint handling (街道吹哨、部门报到): a town whistles, departments come, each does its part, both sides are counted. */
export const jointHandlingModule: Module = {
  name: 'joint-handling',
  texts: jointTexts,
  refusals: JOINT_REFUSALS,
  grants: jointGrants(),
  contracts: jointContracts,
  routes: (app) => {
    registerStepCheck('joint-handling', refuseWhileOpen);
    return jointRoutes(app);
  },
  targets: (app) => ({ joint: jointTarget(app) }),
  consumers: (app) => [followConsumer(app)],
  timers: () => ({ [JOINT_TIMER]: clockRanOut, [CLOSING_TIMER]: organisationClosed }),
};

export { act } from './act.ts';
export type { JointCommand } from './rules/commands.ts';
export type { Joint } from './rules/state.ts';
export { findJoint, openJointOf, type StoredJoint } from './store.ts';
export { type Whistle, whistleForCase } from './whistle.ts';
