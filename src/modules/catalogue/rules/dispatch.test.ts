import { describe, expect, test } from 'vitest';
import { applicableEntries, type Candidate, type DispatchEntry, leadByKind, refuseOverlap } from './dispatch.ts';

const entry = (changes: Partial<DispatchEntry>): DispatchEntry => ({
  id: `e${changes.entryNumber ?? 1}`,
  entryNumber: 1,
  classCode: '11',
  level: 'county',
  areaCode: '421181',
  leadKind: 'housing',
  leadOrganisationId: null,
  assistKinds: [],
  assistIds: [],
  legalBasis: '《城市道路管理条例》第六条',
  decidedBy: '',
  sample: false,
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validTo: null,
  ...changes,
});
const numbers = (entries: readonly DispatchEntry[], classCode: string, areaCode: string) =>
  applicableEntries(entries, classCode, areaCode).map((one) => one.entryNumber);

describe('entries that hold for a class at a place', () => {
  test('a class takes its parent’s entries only when it has none', () => {
    const list = [entry({ entryNumber: 1 }), entry({ entryNumber: 2, classCode: '1101' })];

    expect(numbers(list, '1101', '421181001')).toEqual([2]);
    expect(numbers([entry({})], '1101', '421181001')).toEqual([1]);
  });

  test('a town’s own list goes before the county’s at the same level, elsewhere it says nothing', () => {
    const list = [
      entry({ entryNumber: 1 }),
      entry({ entryNumber: 2, level: 'town' }),
      entry({ entryNumber: 3, areaCode: '421181001' }),
    ];

    expect(numbers(list, '11', '421181001002')).toEqual([2, 3]);
    expect(numbers(list, '11', '421181100')).toEqual([1, 2]);
  });
});

describe('which body a kind means', () => {
  const body = (id: string, kind: string, areaCode: string): Candidate => ({ id, kind, level: '', areaCode });
  const near = [
    body('station', 'police_station', '421181001'),
    body('bureau', 'housing', '421181'),
    body('village', 'village', '421181001001'),
  ];
  const lead = (level: DispatchEntry['level'], leadKind: string, areaCode: string, of = near) =>
    leadByKind({ level, leadKind }, areaCode, of)?.id ?? null;

  test('that of the town, the county, the village; nothing where the place is not known so closely', () => {
    expect(lead('town', 'police_station', '421181001001')).toBe('station');
    expect(lead('county', 'housing', '421181001001')).toBe('bureau');
    expect(lead('village', 'village', '421181001001')).toBe('village');
    expect(lead('town', 'police_station', '421181', [])).toBeNull();
    expect(lead('town', 'housing', '421181001')).toBeNull();
  });

  test('a grid leads through its village and only when the grid is known', () => {
    expect(lead('grid', 'village', '421181001001001')).toBe('village');
    expect(lead('grid', 'village', '421181001001')).toBeNull();
  });

  test('a city without counties answers for county entries itself', () => {
    expect(lead('county', 'housing', '441900003', [body('city', 'housing', '4419')])).toBe('city');
  });
});

describe('entries that cannot stand side by side', () => {
  const term = (from: string, to: string | null) => ({
    validFrom: new Date(`${from}T00:00:00Z`),
    validTo: to === null ? null : new Date(`${to}T00:00:00Z`),
  });

  test('the same class, level and area at one time; the same number for another class', () => {
    const list = [entry({ entryNumber: 7, classCode: '1101', ...term('2026-01-01', '2026-06-01') })];
    const asked = (changes: Partial<DispatchEntry>) =>
      refuseOverlap(entry({ entryNumber: 8, classCode: '1101', ...changes }), list)?.code ?? null;

    expect(asked(term('2026-05-31', null))).toBe('catalogue.entry_overlaps');
    expect(asked(term('2026-06-01', null))).toBeNull();
    expect(asked({ level: 'town' })).toBeNull();
    expect(asked({ areaCode: '421181001' })).toBeNull();
    expect(asked({ classCode: '1102', entryNumber: 7 })).toBe('catalogue.number_taken');
  });

  test('an entry that ended where it began stands in nobody’s way', () => {
    const list = [entry({ ...term('2026-03-01', '2026-03-01') })];

    expect(refuseOverlap(entry({ ...term('2026-01-01', null) }), list)).toBeNull();
  });
});
