import { joinTexts } from '../../../platform/i18n/texts.ts';
import { eventTexts } from './texts/events.ts';
import { pageTexts } from './texts/page.ts';
import { stepTexts } from './texts/steps.ts';
import { wordTexts } from './texts/words.ts';

/** Texts of the office's case screens, beside those of the module itself. */
export const caseUiTexts = joinTexts([wordTexts, eventTexts, pageTexts, stepTexts]);
