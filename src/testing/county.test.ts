import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from './county.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

describe('the county of the tests', () => {
  test('has divisions, offices, classes and people who are signed in', async () => {
    const me = await county.call('townDispatcher', 'GET', '/api/auth/me');
    expect([me.status, me.body.posts]).toMatchObject([200, [{ role: 'dispatcher', scope: ['421181001'] }]]);
    const filed = await county.file('dispatcher');
    const page = await county.caseOf('townDispatcher', filed.id);
    expect(page.body).toMatchObject({
      state: 'registered',
      class: { code: '1101' },
      place: { areaCode: '421181001001001' },
    });
  });
});
