import { describe, expect, test } from 'vitest';
import { refuseChild } from './case-class.ts';
import { effectiveFrom, stateAt } from './dating.ts';
import { DEADLINE_STAGES, type DeadlineRow, effectiveDeadlines, refuseAmount } from './deadlines.ts';
import { CASE_SETTINGS, caseSettingsFrom, officeHoursFit, officeHoursFrom, settingOf } from './settings.ts';

describe('deadlines', () => {
  const row = (classCode: string, amount: number): DeadlineRow => ({
    classCode,
    stage: 'total',
    amount,
    clock: 'working_days',
    basis: '',
  });
  const defaults = DEADLINE_STAGES.map((stage) => ({ ...row('*', 5), stage }));

  test.each([
    ['its own', [row('1101', 1), row('11', 2)], 1, 'own'],
    ['its parent’s', [row('11', 2)], 2, 'parent'],
    ['the default', [row('12', 9)], 5, 'default'],
  ])('a class takes %s', (_, rows, amount, source) => {
    const { total } = effectiveDeadlines([...rows, ...defaults], '1101', '11');
    expect([total.amount, total.source]).toEqual([amount, source]);
  });

  test('a missing default is our own mistake', () => {
    expect(() => effectiveDeadlines([], '1101', '11')).toThrow('no default deadline for total');
  });

  test.each([
    [{ amount: 0.5, clock: 'round_the_clock' }, null],
    [{ amount: 0, clock: 'office_hours' }, 'catalogue.amount_range'],
    [{ amount: 100_000, clock: 'round_the_clock' }, 'catalogue.amount_range'],
    [{ amount: 1.5, clock: 'working_days' }, 'catalogue.amount_whole_days'],
    [{ amount: Number.NaN, clock: 'working_days' }, 'catalogue.amount_range'],
  ] as const)('%o: %s', (deadline, code) => {
    expect(refuseAmount(deadline)).toBe(code);
  });
});

describe('settings', () => {
  const rows = [
    { name: 'call_back_tries', classCode: '*', value: 4 },
    { name: 'call_back_tries', classCode: '14', value: 6 },
  ];

  test('a class has its own number, else the general one, else what the rule came with', () => {
    expect(settingOf(CASE_SETTINGS.callBackTries, rows, '14')).toBe(6);
    expect(caseSettingsFrom(rows, '11')).toMatchObject({ callBackTries: 4, verificationRadius: 200 });
  });

  test('office hours are two halves, one without a break, and fall back when they make no sense', () => {
    const opens = (name: string, value: number) => ({ name, classCode: '*', value });

    expect(officeHoursFrom([])).toEqual([
      [510, 720],
      [870, 1050],
    ]);
    expect(officeHoursFrom([opens('morning_closes', 720), opens('afternoon_opens', 720)])).toEqual([[510, 1050]]);
    expect(officeHoursFrom([opens('morning_opens', 1300)])).toEqual([
      [510, 720],
      [870, 1050],
    ]);
    expect(officeHoursFit([540, 720, 700, 1000])).toBe(false);
  });
});

describe('families of classes', () => {
  const upper = { parentCode: null, sensitivity: 'normal', petition: false } as const;

  test.each([
    ['catalogue.two_levels_only', { ...upper, parentCode: '11' }, { sensitivity: 'normal', petition: false }],
    ['catalogue.sealed_parent', { ...upper, sensitivity: 'sealed' }, { sensitivity: 'normal', petition: false }],
    ['catalogue.petition_parent', { ...upper, petition: true }, { sensitivity: 'sealed', petition: false }],
    [null, upper, { sensitivity: 'sealed', petition: true }],
  ] as const)('%s', (code, parent, child) => {
    expect(refuseChild(parent, child)).toBe(code);
  });
});

describe('dates of changes', () => {
  const now = new Date('2026-11-20T20:00:00Z'); // the 21st in China

  test('today and no day mean at once, a later day its beginning in China, an earlier one nothing', () => {
    expect(effectiveFrom(undefined, now)).toEqual(now);
    expect(effectiveFrom('2026-11-21', now)).toEqual(now);
    expect(effectiveFrom('2026-12-01', now)).toEqual(new Date('2026-11-30T16:00:00Z'));
    expect(effectiveFrom('2026-11-20', now)).toMatchObject({ code: 'catalogue.in_past' });
  });

  test.each([
    ['current', '2026-11-20T20:00:00Z', null],
    ['future', '2026-11-20T20:00:01Z', null],
    ['over', '2026-01-01T00:00:00Z', '2026-11-20T20:00:00Z'],
  ])('%s', (state, from, to) => {
    expect(stateAt({ validFrom: new Date(from), validTo: to === null ? null : new Date(to) }, now)).toBe(state);
  });
});
