import { type ComponentType, createContext } from 'react';
import type { CaseListItem, CaseListQuery } from '../queries.ts';

/** What a module above cases offers to do with cases that were chosen in a list. */
export type ListActionsProps = {
  /** As they stand in the list, so with the version that the reader saw. */
  readonly chosen: readonly CaseListItem[];
  /** Takes cases out of the choice, e.g. those that are done. */
  readonly onDrop: (ids: readonly string[]) => void;
};

/** What it offers to do with all of a list. */
export type WholeListProps = { readonly filter: CaseListQuery };

export type ListActions = {
  /** The most that may be chosen at once. */
  readonly most: number;
  readonly Actions: ComponentType<ListActionsProps>;
  readonly Whole: ComponentType<WholeListProps>;
};

/** The shell says once what can be done; lists of cases know none of it, and without it nothing can be chosen. */
export const ListActionsContext = createContext<ListActions | null>(null);
export const ListActionsProvider = ListActionsContext.Provider;
