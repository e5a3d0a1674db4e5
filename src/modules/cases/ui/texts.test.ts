import { describe, expect, it } from 'vitest';
import { LANES } from '../../../platform/auth/actor.ts';
import { joinTexts } from '../../../platform/i18n/texts.ts';
import { QUEUES } from '../rules/queues.ts';
import {
  CHANNELS,
  CLOSURES,
  CONTACT_WAYS,
  PAUSE_REASONS,
  REJECTION_REASONS,
  ROUTE_OUTCOMES,
  ROUTES,
  SATISFACTION,
  SENSITIVITIES,
  SHELVING_GROUNDS,
  SOLVED,
  STAGES,
  STATES,
  URGENCIES,
  VERIFICATION_WAYS,
} from '../rules/words.ts';
import { OFFICE_ACTIONS } from '../steps-contract.ts';
import { caseTexts } from '../texts.ts';
import { caseUiTexts } from './texts.ts';

const texts = joinTexts([caseTexts, caseUiTexts]);

/** Text keys that screens build from the lifecycle's words. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'cases.state.': STATES,
  'cases.stage.': [...STAGES, 'total', 'contact'],
  'cases.action.': OFFICE_ACTIONS,
  'cases.reason.': REJECTION_REASONS,
  'cases.pause.': PAUSE_REASONS,
  'cases.closure.': CLOSURES,
  'cases.ui.queue.': QUEUES,
  'cases.ui.empty.': QUEUES,
  'cases.ui.lane.': LANES,
  'cases.ui.channel.': CHANNELS,
  'cases.ui.urgency.': URGENCIES,
  'cases.ui.sensitivity.': SENSITIVITIES,
  'cases.ui.route.': ROUTES,
  'cases.ui.outcome.': ROUTE_OUTCOMES,
  'cases.ui.ground.': SHELVING_GROUNDS,
  'cases.ui.solved.': SOLVED,
  'cases.ui.satisfaction.': SATISFACTION,
  'cases.ui.contact.': [...CONTACT_WAYS, 'none'],
  'cases.ui.way.': VERIFICATION_WAYS,
  'cases.ui.answer_draft.': REJECTION_REASONS,
};

describe('texts of the case screens', () => {
  it.each(Object.entries(FAMILIES))('%s has a text for every word', (prefix, words) => {
    expect(words.filter((word) => !(prefix + word in texts.en))).toEqual([]);
  });
});
