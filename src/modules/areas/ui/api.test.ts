import { expect, test } from 'vitest';
import { locatePoint, readArea, readMap, readTree, searchAreas } from '../contract.ts';
import { endpoints } from './api.ts';

const contracts = { locatePoint, readArea, readMap, readTree, searchAreas };

test.each(Object.entries(endpoints))('%s is the endpoint of its contract', (name, [method, path]) => {
  const declared = contracts[name as keyof typeof contracts];

  expect([declared.method, declared.path]).toEqual([method, path]);
});
