import type { Shot } from '../load.ts';
import type { Stage } from '../stage.ts';
import { filings, places } from './shots.ts';

/** A working day's mix, as far as one dispatcher may ask for it: of twenty requests twelve lists, five cases, two filings, one count. */
export async function mixedShots(stage: Stage): Promise<readonly Shot[]> {
  const { towns } = await places(stage);
  // The floor of filing leaves rows that are right in size alone: nobody can open them. They wait for dispatch.
  const { rows } = await stage.client.query<{ id: string }>(
    `SELECT id FROM cases.case_file WHERE tenant_id = $1 AND sensitivity = 'normal' AND state <> 'registered'
     ORDER BY opened_at DESC LIMIT 200`,
    [stage.tenant],
  );
  const filed = await filings(stage, 400);
  const get = (path: string): Shot => ({ method: 'GET', path });
  const lists = [
    'queue=to_dispatch',
    'queue=all',
    'late=true',
    ...towns.slice(0, 9).map((town) => `queue=all&area=${town}`),
  ];
  return filed.flatMap((filing, at) => {
    if (at % 2 === 1) return [filing];
    return [
      filing,
      ...lists.map((query) => get(`/api/cases?limit=20&${query}`)),
      ...[0, 1, 2, 3, 4].map((more) => get(`/api/cases/${rows[(at * 5 + more) % rows.length]?.id}`)),
      get('/api/statistics/counts?by=area'),
    ];
  });
}
