import { refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { LOCALES } from '../../platform/i18n/texts.ts';
import type { CaseCommand, StepCheck } from '../cases/index.ts';
import { isLeftOpen } from './rules/template.ts';

/** What the requester will read of a step; null where a step says nothing to him. */
function publicWords(command: CaseCommand): string | null {
  switch (command.action) {
    case 'reply':
      return command.text;
    case 'reject':
    case 'refer':
      return command.answer;
    case 'report_done':
      return command.result;
    default:
      return null;
  }
}

/** Nobody is sent an answer with a gap in it: marks of a template stop the step that would send them. */
export function leftOpenCheck({ texts }: Pick<App, 'texts'>): StepCheck {
  const marks = LOCALES.map((locale) => texts[locale]['answers.mark_begins'] ?? '').filter((mark) => mark !== '');
  return async (_tx, _actor, _stored, command) => {
    const words = publicWords(command);
    if (words === null || !isLeftOpen(words, marks)) return null;
    const mark = /【待填：[^】]*】?|\[to fill in: [^\]]*\]?|\{[^{}\n]*\}/.exec(words)?.[0] ?? '';
    return refuse('answers.field_left_open', { mark });
  };
}
