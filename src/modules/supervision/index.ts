import type { Module } from '../../platform/app.ts';
import { caseConsumer } from './consumers.ts';
import { jointConsumer } from './joint-orders.ts';
import * as contracts from './contract.ts';
import { supervisionRoutes } from './routes.ts';
import { supervisionTexts } from './texts.ts';
import { supervisionTimers } from './timers.ts';

export const supervisionModule: Module = {
  name: 'supervision',
  texts: supervisionTexts,
  refusals: {
    'supervision.order_not_found': 404,
    'supervision.stale': 409,
    'supervision.not_your_part': 403,
    'supervision.order_over': 409,
    'supervision.wrong_state': 409,
    'supervision.own_answer': 403,
    'supervision.own_order': 403,
    'supervision.already_red': 409,
    'supervision.not_graver': 422,
    'supervision.second_person_needed': 403,
    'supervision.no_lift_asked': 409,
    'supervision.out_of_scope': 403,
    'supervision.case_over': 409,
    'supervision.not_involved': 422,
    'supervision.to_itself': 422,
    'supervision.already_open': 409,
    'supervision.red_only_urgent': 422,
    'supervision.leader_there': 409,
    'supervision.leader_day_wrong': 422,
    'supervision.no_leader': 409,
  },
  grants: {
    handler: ['supervision.read', 'supervision.answer'],
    community_worker: ['supervision.read', 'supervision.answer'],
    verifier: ['supervision.read'],
    dispatcher: [
      'supervision.read',
      'supervision.read_area',
      'supervision.answer',
      'supervision.issue',
      'supervision.review',
    ],
    supervisor: [
      'supervision.read',
      'supervision.read_area',
      'supervision.answer',
      'supervision.issue',
      'supervision.review',
      'supervision.lift',
      'supervision.lead',
    ],
    evaluator: ['supervision.read', 'supervision.read_area'],
  },
  contracts: Object.values(contracts),
  routes: supervisionRoutes,
  consumers: (app) => [caseConsumer(app), jointConsumer(app)],
  timers: supervisionTimers,
};

export { takeCase } from './leaders.ts';
