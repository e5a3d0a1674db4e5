import type { useTexts } from '../../../platform/web/i18n.tsx';
import type { CallBackItem } from './queries.ts';

type Say = ReturnType<typeof useTexts>['t'];

/** What the requester said, in two words. */
export function saidText(t: Say, said: NonNullable<CallBackItem['said']>): string {
  return t('call-backs.ui.said', {
    solved: t(`call-backs.ui.solved.${said.solved}`),
    satisfaction: t(`call-backs.ui.satisfaction.${said.satisfaction}`),
  });
}
