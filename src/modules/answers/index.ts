import type { Module } from '../../platform/app.ts';
import { registerStepCheck } from '../cases/index.ts';
import * as contract from './contract.ts';
import { leftOpenCheck } from './left-open.ts';
import { answerRoutes } from './routes.ts';
import { answersTexts } from './texts.ts';

const USES = ['answers.use'];

export const answersModule: Module = {
  name: 'answers',
  texts: answersTexts,
  refusals: {
    'answers.not_found': 404,
    'answers.stale': 409,
    'answers.already_ended': 409,
    'answers.unknown_field': 422,
    'answers.class_unknown': 422,
    'answers.case_not_found': 422,
    'answers.field_left_open': 422,
    'answers.machine_off': 409,
    'answers.machine_confidential': 409,
    'answers.machine_failed': 424,
  },
  grants: {
    dispatcher: ['answers.use', 'answers.read'],
    handler: USES,
    community_worker: USES,
    supervisor: ['answers.use', 'answers.read'],
    administrator: ['answers.read', 'answers.manage'],
  },
  contracts: [
    contract.listTemplates,
    contract.listVersions,
    contract.addTemplate,
    contract.changeTemplate,
    contract.endTemplate,
    contract.previewTemplate,
    contract.templatesForCase,
    contract.machineHelp,
    contract.machineSummary,
    contract.machineReply,
  ],
  routes: (app) => {
    registerStepCheck('answers.left_open', leftOpenCheck(app));
    return answerRoutes(app);
  },
};
