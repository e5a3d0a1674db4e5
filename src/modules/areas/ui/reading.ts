import { useCallback, useEffect, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import type { AreaItem, MapLayer } from '../contract.ts';
import { api } from './api.ts';

/** What was read once in this page; areas change rarely, and a page is reloaded more often than they do. */
const kept = new Map<string, Promise<unknown>>();

/** Reads once for the whole page; a failure is forgotten, so that the next try asks again. */
export function readOnce<T>(key: string, read: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known) return known as Promise<T>;
  const asked = read();
  kept.set(key, asked);
  asked.catch(() => kept.delete(key));
  return asked;
}

/** Forgets everything read; for screens that change areas. */
export function forgetAreas(): void {
  kept.clear();
}

/** The areas below a code; without one, the top of the jurisdiction. */
export function readChildren(parent: string | null): Promise<readonly AreaItem[]> {
  return readOnce(`tree:${parent ?? ''}`, async () => {
    const { items } = await call(api.readTree, { query: parent === null ? {} : { parent } });
    return items;
  });
}

/** The map layer of an area; with null, of the whole jurisdiction. */
export async function readLayer(code: string | null): Promise<MapLayer> {
  const top = code ?? (await readChildren(null))[0]?.code;
  if (top === undefined) throw new Error('the jurisdiction has no area yet');
  return readOnce(`map:${top}`, () => call(api.readMap, { params: { code: top }, query: {} }));
}

export type Reading<T> = {
  readonly value: T | undefined;
  readonly failed: boolean;
  readonly retry: () => void;
};

/** Reads when the key changes. The last value of the same key stays while it is read again. */
export function useReading<T>(key: string, read: () => Promise<T>): Reading<T> {
  const [state, setState] = useState<{ key: string; value?: T; failed: boolean }>({ key, failed: false });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when `read` means something else.
  useEffect(() => {
    let over = false;
    setState((last) => (last.key === key ? { ...last, failed: false } : { key, failed: false }));
    read().then(
      (value) => !over && setState({ key, value, failed: false }),
      () => !over && setState({ key, failed: true }),
    );
    return () => {
      over = true;
    };
  }, [key, turn]);
  const retry = useCallback(() => setTurn((last) => last + 1), []);
  const current = state.key === key;
  return { value: current ? state.value : undefined, failed: current && state.failed, retry };
}

export type PlaceAt = {
  /** False only when real boundaries say that the point lies outside. */
  readonly inside: boolean;
  /** The smallest area at the point, and its path below the jurisdiction. */
  readonly code: string | null;
  readonly path: string | null;
  /** True when only a drawing says so. */
  readonly schematic: boolean;
};

/** Asks which area a point lies in. */
export async function placeAt(point: { readonly lon: number; readonly lat: number }): Promise<PlaceAt> {
  const { area, inside } = await call(api.locatePoint, { query: { lon: point.lon, lat: point.lat } });
  return {
    inside: inside ?? true,
    code: area?.code ?? null,
    path: area?.path ?? null,
    schematic: area?.schematic ?? false,
  };
}
