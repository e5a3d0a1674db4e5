import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Organisation } from './organisation.ts';
import {
  type HeldPost,
  normaliseScope,
  type PostTerms,
  refuseEnding,
  refuseGiving,
  refusePost,
  scopeCovers,
} from './post.ts';

const COUNTY = '421181';
const village: Organisation = {
  id: 'village',
  kind: 'village',
  level: 'village',
  name: '园林社区居民委员会',
  nameEn: 'Yuanlin',
  shortName: '园林社区',
  areaCode: '421181001001',
  lineSuperiorId: null,
  directingBodyId: null,
  phone: null,
  complaintPhone: null,
  external: false,
  validFrom: '2020-01-01',
  validTo: null,
  version: 1,
};
const gridPost: PostTerms = {
  userId: 'li',
  organisationId: village.id,
  role: 'grid_worker',
  gridRole: 'full_time',
  scope: ['421181001001001'],
  lanes: null,
  validFrom: '2026-01-01',
  validTo: null,
};
const held = (changes: Partial<HeldPost>): HeldPost => ({ ...gridPost, id: 'held', ...changes });
const refusal = (changes: Partial<PostTerms>, others: readonly HeldPost[] = [], of = village) =>
  refusePost({ ...gridPost, ...changes }, of, others, COUNTY)?.code ?? null;

describe('giving a post', () => {
  test('a full-time grid worker of one grid of the village is fine', () => {
    expect(refusal({})).toBeNull();
  });

  test.each<[string, Partial<PostTerms>]>([
    ['organisations.term_backwards', { validTo: '2026-01-01' }],
    ['organisations.closed', { validFrom: '2019-12-31' }],
    ['organisations.scope_outside', { scope: ['421181001002001'] }],
    ['organisations.grid_role_needed', { gridRole: null }],
    ['organisations.grid_role_needless', { role: 'handler', scope: ['421181001001'] }],
    ['organisations.grid_code_needed', { scope: ['421181001001'] }],
    ['organisations.full_time_one_grid', { scope: ['421181001001001', '421181001001002'] }],
  ])('%s', (code, changes) => {
    expect(refusal(changes)).toBe(code);
  });

  test('a second full-time grid at the same time is refused, part-time or a later term is not', () => {
    const other = held({ organisationId: 'other', scope: ['421181001002001'], validTo: '2026-06-01' });

    expect(refusal({}, [other])).toBe('organisations.full_time_taken');
    expect(refusal({ gridRole: 'part_time' }, [other])).toBeNull();
    expect(refusal({ validFrom: '2026-06-01' }, [other])).toBeNull();
  });

  test('the same post twice at a time is refused, whole or in part of its scope', () => {
    const handler = { role: 'handler', gridRole: null, scope: ['421181001001'] } as const;

    expect(refusal(handler, [held(handler)])).toBe('organisations.post_overlaps');
    expect(refusal({ ...handler, scope: ['421181001001001'] }, [held(handler)])).toBe('organisations.post_overlaps');
    expect(refusal({ ...handler, role: 'verifier' }, [held(handler)])).toBeNull();
  });

  test('a post that was taken back before it began stands in nobody’s way', () => {
    expect(refusal({}, [held({ validFrom: '2026-02-01', validTo: '2026-02-01' })])).toBeNull();
  });

  test('an outside company may act anywhere in the jurisdiction, but not beyond', () => {
    const company = { ...village, external: true };
    const handler = { role: 'handler', gridRole: null } as const;

    expect(refusal({ ...handler, scope: [COUNTY] }, [], company)).toBeNull();
    expect(refusal({ ...handler, scope: ['421182'] }, [], company)).toBe('organisations.scope_outside');
  });
});

describe('who may give', () => {
  test('an administrator of a town gives posts of his town, and neither administrators nor auditors', () => {
    const town = ['421181001'];

    expect(refuseGiving({ role: 'handler', scope: ['421181001001'] }, town, COUNTY)).toBeNull();
    expect(refuseGiving({ role: 'handler', scope: ['421181'] }, town, COUNTY)?.code).toBe(
      'organisations.beyond_own_scope',
    );
    expect(refuseGiving({ role: 'administrator', scope: town }, town, COUNTY)?.code).toBe(
      'organisations.role_reserved',
    );
    expect(refuseGiving({ role: 'administrator', scope: town }, [COUNTY], COUNTY)).toBeNull();
  });
});

describe('ending a post', () => {
  const term = { validFrom: '2026-01-01', validTo: '2026-12-31' };

  test.each([
    ['2026-06-01', null],
    ['2026-05-31', 'organisations.ending_in_past'],
    ['2027-01-01', 'organisations.ending_after_term'],
  ])('on %s: %s', (day, code) => {
    expect(refuseEnding(term, day, '2026-06-01')?.code ?? null).toBe(code);
  });

  test('what is over is not ended again', () => {
    expect(refuseEnding(term, '2027-01-02', '2027-01-01')?.code).toBe('organisations.post_over');
  });
});

describe('scopes', () => {
  const code = fc
    .tuple(fc.constantFrom(6, 9, 12, 15), fc.stringMatching(/^[12]{15}$/))
    .map(([length, digits]) => digits.slice(0, length));

  test('normalised scopes cover exactly what was given, and nothing twice', () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 12 }), code, (codes, probe) => {
        const scope = normaliseScope(codes);
        expect(scopeCovers(scope, probe)).toBe(scopeCovers(codes, probe));
        for (const one of scope) expect(scope.filter((other) => one.startsWith(other))).toEqual([one]);
      }),
    );
  });
});
