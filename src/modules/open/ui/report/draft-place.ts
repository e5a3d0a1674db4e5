import { recall } from '../../../../platform/web/memory.ts';

/** Name and shape version of the kept draft; apart from the wizard so that the home page need not load it. */
export const DRAFT_NAME = 'report';
export const DRAFT_VERSION = 4;

export function hasDraft(): boolean {
  const kept = recall(`draft.${DRAFT_NAME}`) as { version?: unknown } | undefined;
  return kept?.version === DRAFT_VERSION;
}
