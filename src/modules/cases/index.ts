import type { Module } from '../../platform/app.ts';
import { joinTexts } from '../../platform/i18n/texts.ts';
import { registerReferenceCheck } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { caseGrants } from './grants.ts';
import { CLOCK_TIMER } from './record.ts';
import { caseFileTarget } from './files.ts';
import { liveRoute } from './live.ts';
import { refuseWithOpenCases } from './references.ts';
import { CASE_REFUSALS } from './refusals.ts';
import { caseRoutes, caseTarget } from './routes.ts';
import { stepContracts } from './steps-contract.ts';
import { CASE_SERVER_REFUSALS, caseServerTexts } from './server-texts.ts';
import { caseTexts } from './texts.ts';
import { organisationEnded, SUCCESSION_TIMER, successionConsumer } from './succession.ts';
import { clockRanOut } from './timers.ts';

export const casesModule: Module = {
  name: 'cases',
  texts: joinTexts([caseTexts, caseServerTexts]),
  refusals: { ...CASE_REFUSALS, ...CASE_SERVER_REFUSALS },
  grants: caseGrants(),
  contracts: [
    contract.listCases,
    contract.listQueues,
    contract.findCaseByNumber,
    contract.getCase,
    contract.dispatchSuggestions,
    contract.verifyChain,
    contract.registerCase,
    contract.reportFromGrid,
    contract.unmaskRequester,
    contract.followEvents,
    ...stepContracts,
  ],
  routes: (app) => {
    registerReferenceCheck('cases.open_cases', refuseWithOpenCases);
    return [...caseRoutes(app), liveRoute(app)];
  },
  targets: (app) => ({ case: caseTarget(app), file: caseFileTarget(app) }),
  consumers: (app) => [successionConsumer(app)],
  live: ['case.'],
  timers: () => ({ [CLOCK_TIMER]: clockRanOut, [SUCCESSION_TIMER]: organisationEnded }),
};

export {
  type CaseChainEnd,
  type ChainPlace,
  chainEnds,
  chainEndsAfter,
  eventHashes,
  placeKey,
} from './chain-ends.ts';
export { act, refusalOfStep, type Step } from './act.ts';
export { checkTenant, type TenantCheck } from './check-chain.ts';
export { ENDED_STATES, type EndedCase, endedCases, eraseCaseContent, type Erasure } from './erase.ts';
export { type Duplicate, duplicatesOf } from './duplicates.ts';
export {
  type Entry,
  type Filing,
  type ImportedHistory,
  type IntakeDeps,
  type Receipt,
  registerCases,
  registerEntries,
} from './intake.ts';
export {
  countReleased,
  findReleasedCase,
  type ReleasedCase,
  releasedByArea,
  releasedByIds,
  type ReleasedFilter,
  releasedCases,
  releasedPoints,
} from './released.ts';
export {
  actAsRequester,
  casesOfRequesters,
  findCaseId,
  type OwnCase,
  queryCodeFits,
  type ResidentCase,
  residentCase,
} from './resident.ts';
export { isMissed, missedCalls } from './rules/answers.ts';
export type { CaseCommand } from './rules/commands.ts';
export type { CaseState } from './rules/state.ts';
export type { Satisfaction, Solved } from './rules/words.ts';
export { registerStepCheck, type StepCheck } from './step-checks.ts';
export { type JointEntry, jointSteps } from './joint-steps.ts';
export { metresBetween } from './rules/distance.ts';
export type { JointStep } from './rules/words.ts';
export { sees as seesCase } from './sees.ts';
export { seesByArea, visibleByArea } from './visibility.ts';
export { type CaseFilter, casePage, caseRowsOf, caseWordsOf, casesIn } from './lists.ts';
export { actOnEach, type StepOnEach } from './on-each.ts';
export { unmaskForCase } from './unmask.ts';
export { viewCase } from './view.ts';
export { findStored, type StoredCase } from './stored.ts';
export { visible as visibleCases } from './visibility.ts';
export { type CaseLine, caseLines, countWaiting, listShelved, oldestWaiting, type Waiting } from './waiting.ts';
export { responsibleOrganisation } from './rules/responsible.ts';
