/** How long data of ended cases is kept; the rule with the longest matching prefix of the class holds. */
export type RetentionRule = {
  readonly id: string;
  /** Empty: all classes without a rule of their own. */
  readonly classPrefix: string;
  readonly identityMonths: number;
  /** Null: words are kept until an order erases them. */
  readonly contentMonths: number | null;
};

export type Due = { readonly identity: boolean; readonly content: boolean; readonly ruleId: string };

/** The rule for a class, or null when not even a general one is there. */
export function ruleFor(rules: readonly RetentionRule[], classCode: string): RetentionRule | null {
  const fitting = rules.filter((rule) => classCode.startsWith(rule.classPrefix));
  return fitting.sort((one, two) => two.classPrefix.length - one.classPrefix.length)[0] ?? null;
}

/** What of a case has been kept long enough. Months of the calendar; the 31st falls back to the month's last day. */
export function dueFor(
  rules: readonly RetentionRule[],
  of: { classCode: string; endedAt: Date },
  now: Date,
): Due | null {
  const rule = ruleFor(rules, of.classCode);
  if (!rule) return null;
  const over = (months: number | null) => months !== null && monthsAfter(of.endedAt, months) <= now;
  const due = { identity: over(rule.identityMonths), content: over(rule.contentMonths), ruleId: rule.id };
  return due.identity || due.content ? due : null;
}

/** The same day and time so many months on, in UTC. */
export function monthsAfter(from: Date, months: number): Date {
  const at = new Date(from);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at;
}

/** Nothing that ended after this can be due under any of the rules. */
export function earliestDue(rules: readonly RetentionRule[], now: Date): Date | null {
  const months = rules.flatMap((rule) => [
    rule.identityMonths,
    ...(rule.contentMonths === null ? [] : [rule.contentMonths]),
  ]);
  return months.length === 0 ? null : monthsAfter(now, -Math.min(...months));
}
