import { use, useRef, useState } from 'react';
import type { CaseListItem, CaseListQuery } from '../queries.ts';
import { type ListActions, ListActionsContext } from './list-actions.ts';

export type Choosing = {
  readonly actions: ListActions | null;
  readonly active: boolean;
  readonly chosen: readonly CaseListItem[];
  readonly ids: ReadonlySet<string>;
  /** Nothing more can be chosen. */
  readonly full: boolean;
  start(): void;
  end(): void;
  /** Puts one in or out; with `range`, everything from the one touched last to this. */
  put(id: string, wanted: boolean, range: boolean): void;
  /** Chooses exactly these of the rows shown, as far as the limit goes. */
  set(ids: readonly string[]): void;
  drop(ids: readonly string[]): void;
};

type Chosen = ReadonlyMap<string, CaseListItem>;
const NONE: Chosen = new Map();

/** Which rows of a list are chosen. Another filter is another list: the choice begins anew. */
export function useChoosing(rows: readonly CaseListItem[], filter: CaseListQuery): Choosing {
  const actions = use(ListActionsContext);
  const list = JSON.stringify(filter);
  const [active, setActive] = useState(false);
  const [kept, setKept] = useState<{ list: string; chosen: Chosen }>({ list, chosen: NONE });
  const last = useRef<string | null>(null);
  const chosen = kept.list === list ? kept.chosen : NONE;
  const most = actions?.most ?? 0;
  const keep = (next: readonly CaseListItem[]) =>
    setKept({ list, chosen: new Map(next.slice(0, most).map((row) => [row.id, row])) });
  const known = new Map([...chosen.values(), ...rows].map((row) => [row.id, row]));
  const current = [...chosen.keys()].flatMap((id) => known.get(id) ?? []);
  return {
    actions,
    active: active && actions !== null,
    chosen: current,
    ids: new Set(chosen.keys()),
    full: chosen.size >= most,
    start: () => setActive(true),
    end: () => {
      setActive(false);
      keep([]);
    },
    put(id, wanted, range) {
      const from = range ? rows.findIndex((row) => row.id === last.current) : -1;
      const to = rows.findIndex((row) => row.id === id);
      const touched = from < 0 ? rows.slice(to, to + 1) : rows.slice(Math.min(from, to), Math.max(from, to) + 1);
      last.current = id;
      const ids = new Set(touched.map((row) => row.id));
      const others = current.filter((row) => !ids.has(row.id));
      keep(wanted ? [...others, ...touched] : others);
    },
    set: (ids) => keep(ids.flatMap((id) => known.get(id) ?? [])),
    drop: (ids) => keep(current.filter((row) => !ids.includes(row.id))),
  };
}
