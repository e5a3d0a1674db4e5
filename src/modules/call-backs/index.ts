import type { Module } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { startJob } from '../../platform/jobs/job.ts';
import { noteContext } from './calls.ts';
import * as contract from './contract.ts';
import { callBackRoutes } from './routes.ts';
import { LAPSE_TIMER, sweep, syncCase, syncConsumer } from './sync.ts';
import { callBackTexts } from './texts.ts';

const CALLER = ['call-backs.call', 'call-backs.read'];

export const callBacksModule: Module = {
  name: 'call-backs',
  texts: callBackTexts,
  refusals: {
    'call-backs.none_due': 409,
    'call-backs.claimed': 409,
    'call-backs.not_claimed': 409,
    'call-backs.answer_missing': 422,
    'call-backs.time_missing': 422,
    'call-backs.time_wrong': 422,
    'call-backs.unknown_answer': 422,
    'call-backs.class_unknown': 422,
    'call-backs.named_twice': 422,
    'call-backs.days_wrong': 422,
    'call-backs.link_unknown': 404,
    'call-backs.link_used': 410,
    'call-backs.reason_missing': 422,
  },
  grants: {
    dispatcher: CALLER,
    verifier: CALLER,
    evaluator: CALLER,
    supervisor: ['call-backs.read'],
    administrator: ['call-backs.read', 'call-backs.manage'],
    auditor: ['call-backs.read'],
  },
  sealed: [
    {
      table: 'call_backs.entry',
      key: ['case_id', 'round'],
      sealed: ['note'],
      context: (_column, row) => noteContext({ caseId: String(row.case_id), round: Number(row.round) }),
    },
  ],
  contracts: [
    contract.listCallBacks,
    contract.getCallBack,
    contract.claimCallBack,
    contract.releaseCallBack,
    contract.showNumber,
    contract.recordAttempt,
    contract.readFigures,
    contract.listScripts,
    contract.setScript,
    contract.readLink,
    contract.answerLink,
  ],
  routes: callBackRoutes,
  consumers: (app) => [syncConsumer(app)],
  timers: (app) => ({
    [LAPSE_TIMER]: (timer, tx, now) => syncCase(app, tx, systemActor(timer.tenant, 'call-backs'), timer.subject, now),
  }),
  workers: (app) => [startJob({ app, name: 'call-backs sweep', every: 3_600_000, run: (s) => sweep(app, s) })],
};

export { recountBetween, sumsBetween } from './figures.ts';
export { linkCodeOf } from './link.ts';
