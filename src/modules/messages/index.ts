import type { Module } from '../../platform/app.ts';
import * as contracts from './contract.ts';
import { messagesRoutes } from './routes.ts';
import { messageWorkers } from './send.ts';
import { tellConsumer } from './tell.ts';
import { tellDuty } from './tell-duty.ts';
import { tellHolder } from './tell-holder.ts';
import { tellJoint } from './tell-joint.ts';
import { tellSupervision } from './tell-supervision.ts';
import { messagesTexts } from './texts.ts';

export const messagesModule: Module = {
  name: 'messages',
  texts: messagesTexts,
  refusals: {
    'messages.delivery_not_found': 404,
    'messages.placeholder_unknown': 422,
    'messages.number_missing': 422,
    'messages.too_long_to_send': 422,
  },
  grants: { administrator: ['messages.manage'] },
  contracts: Object.values(contracts),
  routes: messagesRoutes,
  consumers: (app) => [tellConsumer(app), tellSupervision(app), tellJoint(app), tellDuty(app), tellHolder(app)],
  workers: messageWorkers,
};
