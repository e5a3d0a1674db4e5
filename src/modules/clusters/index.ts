import type { Module } from '../../platform/app.ts';
import * as contracts from './contract.ts';
import { countDaily } from './issues.ts';
import { clusterRoutes } from './routes.ts';
import { signatureConsumer } from './signatures.ts';
import { clusterTexts } from './texts.ts';

export const clustersModule: Module = {
  name: 'clusters',
  texts: clusterTexts,
  refusals: {
    'clusters.issue_not_found': 404,
    'clusters.issue_decided': 409,
    'clusters.issue_not_opened': 409,
    'clusters.month_taken': 409,
  },
  grants: {
    dispatcher: ['clusters.read', 'clusters.decide'],
    supervisor: ['clusters.read'],
    evaluator: ['clusters.read'],
    administrator: ['clusters.read'],
  },
  contracts: [
    contracts.similarToText,
    contracts.similarToCase,
    contracts.mergeCases,
    contracts.undoMerges,
    contracts.followCase,
    contracts.listIssues,
    contracts.readIssue,
    contracts.openIssue,
    contracts.dismissIssue,
    contracts.publishIssue,
    contracts.publicIssues,
  ],
  routes: clusterRoutes,
  consumers: (app) => [signatureConsumer(app)],
  workers: (app) => [countDaily(app)],
};

export { clustersCommand, ClustersError } from './command.ts';
export { countIssues } from './issues.ts';
export { isJoinable, joinByWish } from './merging.ts';
export { type Question, similarReleased } from './similar.ts';
