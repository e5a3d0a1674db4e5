/** Several things that happen to one case within so many minutes reach a person as one message. */
export const BUNDLE_MINUTES = 10;

/** Older events come from a load or a long stop; nobody is sent a message about what was days ago. */
const STALE_HOURS = 48;

export function isStale(eventAt: Date, now: Date): boolean {
  return now.getTime() - eventAt.getTime() > STALE_HOURS * 3_600_000;
}

/**
 * When a message may go out: at once, or, when the same person was written to about the same case a moment ago, at the
 * end of the bundling time; what happens until then is added to it.
 */
export function sendAt(lastSentOrWaiting: Date | null, now: Date): Date {
  if (lastSentOrWaiting === null) return now;
  const earliest = new Date(lastSentOrWaiting.getTime() + BUNDLE_MINUTES * 60_000);
  return earliest > now ? earliest : now;
}

/** Which of two notices a bundled message is worded by: the one that asks most of its reader, else the newer. */
const WEIGHT: Readonly<Record<string, number>> = {
  asked: 4,
  closed: 3,
  replied: 2,
  not_handled: 2,
  ordered_red: 4,
  ordered_yellow: 3,
  late: 2,
  designated: 2,
  assigned: 1,
};

export function leading<N extends string>(before: N, now: N): N {
  return (WEIGHT[before] ?? 0) > (WEIGHT[now] ?? 0) ? before : now;
}
