import type { LiveEvent } from '../../../platform/web/events.ts';

/** What has changed since the page asked last. */
export type News = {
  /** Ids of changed cases; null when any may have changed. */
  cases: Set<string> | null;
  inbox: boolean;
};

/** While an import runs, events come by the hundred; a page asks no more often than this. */
const PAUSE_MS = 1_000;

/**
 * Follows the first event at once; what comes while the page is asking, or in the pause after it, is gathered and
 * followed together. Never two at a time, so that a slow answer is not cut off by the next question.
 */
export function gatherNews(follow: (news: News) => Promise<unknown>): (event: LiveEvent) => void {
  let waiting: News | null = null;
  let running = false;
  const run = async () => {
    running = true;
    while (waiting !== null) {
      const news = waiting;
      waiting = null;
      await follow(news).catch(() => undefined); // what failed shows where it is shown
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    running = false;
  };
  return (event) => {
    waiting = added(waiting ?? { cases: new Set(), inbox: false }, event);
    if (!running) void run();
  };
}

function added({ cases, inbox }: News, { kind, caseId }: LiveEvent): News {
  const anyCase = kind === 'poll' || (kind.startsWith('case.') && typeof caseId !== 'string');
  if (kind.startsWith('case.') && typeof caseId === 'string') cases?.add(caseId);
  return { cases: anyCase ? null : cases, inbox: inbox || kind === 'poll' || kind.startsWith('message') };
}
