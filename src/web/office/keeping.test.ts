import { describe, expect, it } from 'vitest';
import { isPlace, keeping } from './keeping.ts';

describe('addresses', () => {
  it('go back only to a path of our own after signing in', () => {
    expect(isPlace('/queues/to_dispatch?lane=market')).toBe(true);
    for (const elsewhere of [
      'https://example.org',
      '//example.org',
      '/\\example.org',
      'javascript:alert(1)',
      7,
      undefined,
    ]) {
      expect(isPlace(elsewhere)).toBe(false);
    }
  });

  it('keep the parameters a page knows and drop the rest', () => {
    expect(keeping(['q', 'late'])({ q: '路灯', late: true, other: 'x', state: 5 })).toEqual({ q: '路灯' });
    expect(keeping(['q'])({ q: 317 })).toEqual({ q: '317' });
  });
});
