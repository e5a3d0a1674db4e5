import { describe, expect, it } from 'vitest';
import { humanDetails } from './human-details.ts';

describe('details of a refusal', () => {
  it('show moments in China time and leave everything else as it is', () => {
    const details = {
      until: '2026-11-20T11:42:00.000Z',
      tries: 2,
      yours: false,
      number: '20261120-000317-4',
      today: '2026-11-20',
    };
    expect(humanDetails(details)).toEqual({ ...details, until: '2026-11-20 19:42' });
  });
});
