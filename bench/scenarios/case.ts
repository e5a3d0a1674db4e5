import type { Shot } from '../load.ts';
import type { Scenario } from '../stage.ts';
import { measureReads } from './reads.ts';

/** Cases that are read in turn; enough that they are not one page of the cache. */
const DIFFERENT = 40;

/** One case with its events and what may be done, for a dispatcher. */
export const casePage: Scenario = {
  name: 'case',
  async run(stage) {
    const { rows } = await stage.client.query<{ id: string }>(
      // Those of the plain script hold no sealed requester that could be opened; their numbers end like none of ours.
      `SELECT id FROM cases.case_file TABLESAMPLE BERNOULLI (LEAST(100, 100.0 * 4000 / $2::float8))
       WHERE tenant_id = $1 AND sensitivity = 'normal' AND number NOT LIKE '%-s' AND id > '00000001-0000-0000-0000-000000000000' ORDER BY md5(id::text) LIMIT $3`,
      [stage.tenant, stage.size.cases, DIFFERENT],
    );
    const shots = rows.map(({ id }): Shot => ({ method: 'GET', path: `/api/cases/${id}` }));
    return [
      await measureReads(stage, {
        scenario: 'case',
        what: 'case page',
        username: 'dispatcher',
        shots,
        main: /FROM cases\.event/,
        target: () => undefined,
      }),
    ];
  },
};
