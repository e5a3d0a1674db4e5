/**
 * How phone codes are limited. Per phone: against flooding a person. Per address: against walking through numbers;
 * generous, since a whole village may share one mobile gateway. Tries: six digits, five guesses, then a new code.
 */
export const CODE_RULES = {
  lifeSeconds: 600,
  tries: 5,
  resendSeconds: 60,
  perPhoneHour: 5,
  perPhoneDay: 10,
  perAddressHour: 60,
} as const;

export type CodeHistory = {
  /** When codes were asked for this phone in the last day, newest first. */
  readonly forPhone: readonly Date[];
  /** How many codes were asked from this address in the last hour. */
  readonly fromAddressInHour: number;
};

/** Seconds to wait until another code may be sent; 0 when it may be sent now. */
export function secondsUntilNextCode(history: CodeHistory, now: Date): number {
  if (history.fromAddressInHour >= CODE_RULES.perAddressHour) return 3600;
  const waits = [
    waitFor(history.forPhone, 1, CODE_RULES.resendSeconds, now),
    waitFor(history.forPhone, CODE_RULES.perPhoneHour, 3600, now),
    waitFor(history.forPhone, CODE_RULES.perPhoneDay, 86_400, now),
  ];
  return Math.max(...waits);
}

/** With at most `count` codes in any `seconds`: how long until the count-th newest leaves the window. */
function waitFor(sent: readonly Date[], count: number, seconds: number, now: Date): number {
  const limiting = sent[count - 1];
  if (!limiting) return 0;
  return Math.max(0, Math.ceil((limiting.getTime() + seconds * 1000 - now.getTime()) / 1000));
}
