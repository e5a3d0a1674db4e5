import { target } from '../figure.ts';
import type { Shot } from '../load.ts';
import type { Scenario } from '../stage.ts';
import { measureReads } from './reads.ts';
import { places } from './shots.ts';

/** Pages of 20 of queues and filtered lists, under the visibility of a dispatcher of the whole county and of a handler. */
export const queue: Scenario = {
  name: 'queue',
  async run(stage) {
    const { towns, classes } = await places(stage);
    const town = towns[3] ?? '';
    const page = (query: string): Shot => ({ method: 'GET', path: `/api/cases?limit=20&${query}` });
    const reached = ({ ratio, trips }: { ratio: number; trips: number }) =>
      target(['≥ 0.8 × floor', ratio >= 0.8], ['≤ 3 round trips', trips <= 3]);
    const shared = { scenario: 'queue', main: /FROM cases\.case_file c/, target: reached };
    return [
      await measureReads(stage, {
        ...shared,
        what: 'queues and lists of the county',
        username: 'dispatcher',
        shots: [
          page('queue=to_dispatch'),
          page('queue=to_dispatch&lane=services'),
          page('queue=all'),
          page(`queue=all&area=${town}`),
          page('queue=all&state=closed'),
          page(`state=in_progress&area=${town}`),
          page(`classCode=${classes[0]}`),
          page('late=true'),
        ],
      }),
      await measureReads(stage, {
        ...shared,
        what: 'queues of an office',
        username: 'handler',
        shots: [page('queue=to_accept'), page('queue=handling'), page('queue=all')],
      }),
    ];
  },
};
