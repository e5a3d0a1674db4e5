import type { Contract } from '../../../platform/http/contract.ts';
import type { locatePoint, readArea, readMap, readTree, searchAreas } from '../contract.ts';

type Contracts = {
  readonly readTree: typeof readTree;
  readonly searchAreas: typeof searchAreas;
  readonly locatePoint: typeof locatePoint;
  readonly readArea: typeof readArea;
  readonly readMap: typeof readMap;
};

/**
 * Method and path of the contracts that the picker and the map call, apart from their schemas, so that a resident's
 * phone does not load the validation library for them. A test holds this table equal to the contracts.
 */
export const endpoints = {
  readTree: ['GET', '/api/areas/tree'],
  searchAreas: ['GET', '/api/areas/candidates'],
  locatePoint: ['GET', '/api/areas/locate'],
  readArea: ['GET', '/api/areas/:code'],
  readMap: ['GET', '/api/areas/:code/map'],
} as const satisfies Readonly<Record<keyof Contracts, readonly [Contract['method'], string]>>;

function typed<K extends keyof Contracts>(name: K): Contracts[K] {
  const [method, path] = endpoints[name];
  // The client reads method and path alone; the rest of a contract serves the compiler.
  return { method, path } as unknown as Contracts[K];
}

export const api = {
  readTree: typed('readTree'),
  searchAreas: typed('searchAreas'),
  locatePoint: typed('locatePoint'),
  readArea: typed('readArea'),
  readMap: typed('readMap'),
} as const satisfies Contracts;
