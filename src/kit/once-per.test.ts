import { expect, test } from 'vitest';
import { oncePer } from './once-per.ts';

test('is made once for an object and a name, also when there is nothing to it', () => {
  const once = oncePer<object, string | undefined>();
  const [one, other] = [{}, {}];
  let made = 0;
  const make = () => {
    made += 1;
    return undefined;
  };
  for (const owner of [one, one, other]) expect(once(owner, 'name', make)).toBeUndefined();
  expect(made).toBe(2);
  expect(once(one, 'another', () => 'made')).toBe('made');
  expect(once(one, 'another', () => 'again')).toBe('made');
});
