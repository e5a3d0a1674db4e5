import { type Figure, target } from '../figure.ts';
import type { Scenario } from '../stage.ts';

/** From the command to the first answer that says it is ready, as the bench started the platform itself. */
export const start: Scenario = {
  name: 'start',
  async run({ starts, size }) {
    return starts.map(({ what, seconds }): Figure => {
      const [words, most] = what === 'first' ? ['first start with a county and its demo', 15] : ['warm start', 2];
      return {
        scenario: 'start',
        what: words,
        size: size.name,
        value: seconds,
        unit: 's',
        target: target([`≤ ${most} s`, seconds <= most]),
      };
    });
  },
};
