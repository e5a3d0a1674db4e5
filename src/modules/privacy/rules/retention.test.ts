import { describe, expect, test } from 'vitest';
import { dueFor, earliestDue, monthsAfter, ruleFor } from './retention.ts';

const rules = [
  { id: 'all', classPrefix: '', identityMonths: 24, contentMonths: null },
  { id: 'help', classPrefix: '16', identityMonths: 12, contentMonths: 36 },
];
const at = (day: string) => new Date(`${day}T08:00:00Z`);

describe('retention', () => {
  test('takes the rule that names the class most closely', () => {
    expect(ruleFor(rules, '1601')?.id).toBe('help');
    expect(ruleFor(rules, '1101')?.id).toBe('all');
    expect(ruleFor([], '1101')).toBeNull();
  });

  test.each([
    ['1101', '2028-03-09', null],
    ['1101', '2028-03-10', { identity: true, content: false, ruleId: 'all' }],
    ['1601', '2027-03-10', { identity: true, content: false, ruleId: 'help' }],
    ['1601', '2029-03-10', { identity: true, content: true, ruleId: 'help' }],
  ])('of class %s on %s', (classCode, day, due) => {
    expect(dueFor(rules, { classCode, endedAt: at('2026-03-10') }, at(day))).toEqual(due);
  });

  test('counts months of the calendar', () => {
    expect(monthsAfter(at('2027-12-31'), 2)).toEqual(at('2028-02-29'));
    expect(monthsAfter(at('2026-03-31'), -1)).toEqual(at('2026-02-28'));
    expect(earliestDue(rules, at('2028-03-10'))).toEqual(at('2027-03-10'));
  });
});
