import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODULES } from './compose.ts';
import { type Matrix, openMatrix } from './testing/permissions/matrix.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await openMatrix();
}, 120_000);
afterAll(() => matrix.close());

const ROUTES = MODULES.flatMap((module) => module.contracts).filter(
  ({ access }) => access.kind === 'action' && ['case', 'file'].includes(access.target),
);

describe('every route about one case or file, for everybody, about cases of every kind', () => {
  test.each(ROUTES.map((contract) => [contract.id, contract] as const))(
    '%s',
    { timeout: 120_000 },
    async (_id, contract) => {
      expect(await matrix.check(contract)).toEqual([]);
    },
  );

  test('what may not be seen answers exactly as what is not there', async () => {
    const hidden = matrix.fixtures.cases.find((of) => of.kind === 'there, sealed');
    const ask = async (id: string) => {
      const { status, body } = await matrix.county.call('gridWorker', 'GET', `/api/cases/${id}`);
      return { status, body: { ...body, instance: null } };
    };

    expect(await ask(hidden?.filed.id ?? '')).toEqual(await ask(crypto.randomUUID()));
  });

  test('how much was asked', () => {
    process.stdout.write(`permissions: ${matrix.checks()} checks of ${ROUTES.length} routes about one case or file\n`);
    expect(matrix.checks()).toBeGreaterThan(ROUTES.length * 50);
  });
});
