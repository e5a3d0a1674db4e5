import { target } from '../figure.ts';
import type { Shot } from '../load.ts';
import type { Scenario } from '../stage.ts';
import { measureReads } from './reads.ts';
import { places } from './shots.ts';

/** Above it, cases were made without the words of the search index. */
const MOST_SEARCHABLE = 2_000_000;

/** Words of title and text, common and rare ones, with filters and visibility. */
export const search: Scenario = {
  name: 'search',
  async run(stage) {
    if (stage.size.cases > MOST_SEARCHABLE) return [];
    const { towns, classes } = await places(stage);
    const find = (words: string, filters = ''): Shot => ({
      method: 'GET',
      path: `/api/cases?limit=20&q=${encodeURIComponent(words)}${filters}`,
    });
    const figure = await measureReads(stage, {
      scenario: 'search',
      what: 'search with filters',
      username: 'dispatcher',
      shots: [
        find('路灯'),
        find('路灯 幸福路', `&area=${towns[3]}`),
        find('下水道 堵', '&state=closed'),
        find('电动车 楼道', '&lane=safety'),
        find('宅基地', `&classCode=${classes[0]}`),
        find('希望 尽快处理', `&area=${towns[5]}&state=in_progress`),
        find('阳光花园 108号'),
        find('没有这个词组合 恐龙'),
      ],
      main: /FROM cases\.case_file c/,
      target: ({ p99 }) => target(['p99 ≤ 100 ms', p99 <= 100]),
    });
    return [figure];
  },
};
