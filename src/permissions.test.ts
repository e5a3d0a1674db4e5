import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODULES } from './compose.ts';
import { contractsOf, type Matrix, openMatrix } from './testing/permissions/matrix.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await openMatrix();
}, 120_000);
afterAll(() => matrix.close());

/** Every route that the modules declare; those about one case or file stand in permissions.cases.test.ts. */
const ROUTES = MODULES.flatMap((module) => module.contracts);
const aboutOne = (kinds: readonly string[]) =>
  ROUTES.filter(({ access }) => access.kind === 'action' && kinds.includes(access.target));
const others = ROUTES.filter((contract) => !aboutOne(['case', 'file']).includes(contract));

describe('every route for everybody', () => {
  test('the routes are those that the modules declare', () => {
    const served = contractsOf(matrix.county.app).map(({ id }) => id);

    expect(served.toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
  });

  test.each(others.map((contract) => [contract.id, contract] as const))(
    '%s',
    { timeout: 120_000 },
    async (_id, contract) => {
      expect(await matrix.check(contract)).toEqual([]);
    },
  );

  test('how much was asked', () => {
    process.stdout.write(`permissions: ${matrix.checks()} checks of ${others.length} routes\n`);
    expect(matrix.checks()).toBeGreaterThan(others.length * 20);
  });
});
