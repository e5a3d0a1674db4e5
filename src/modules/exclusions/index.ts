import type { Module } from '../../platform/app.ts';
import * as contracts from './contract.ts';
import { exclusionRoutes } from './routes.ts';
import { exclusionsTexts } from './texts.ts';

export const exclusionsModule: Module = {
  name: 'exclusions',
  texts: exclusionsTexts,
  refusals: {
    'exclusions.not_found': 404,
    'exclusions.stale': 409,
    'exclusions.already_decided': 409,
    'exclusions.not_in_force': 409,
    'exclusions.second_person_needed': 403,
    'exclusions.decider_not_independent': 403,
    'exclusions.public_words_personal': 422,
    'exclusions.not_your_office': 403,
    'exclusions.not_involved': 422,
    'exclusions.ground_unknown': 422,
    'exclusions.already_asked': 409,
    'exclusions.ground_in_past': 422,
    'exclusions.ground_days': 422,
  },
  grants: {
    handler: ['exclusions.read', 'exclusions.ask'],
    community_worker: ['exclusions.read', 'exclusions.ask'],
    dispatcher: ['exclusions.read'],
    supervisor: ['exclusions.read', 'exclusions.ask', 'exclusions.decide'],
    evaluator: ['exclusions.read', 'exclusions.decide'],
    administrator: ['exclusions.read', 'exclusions.manage'],
  },
  contracts: Object.values(contracts),
  routes: exclusionRoutes,
};

export { excludedAmong, insertExclusion, isExcluded, writeDecision } from './store.ts';
