import { type ComponentType, createContext, Suspense, use } from 'react';

/** A part of the case page that a module above cases brings; it answers null where it has nothing to say. */
export type CasePanel = {
  readonly id: string;
  /** `before_timeline`: full width, what belongs to the matter. `side`: beside it, under who is in charge. */
  readonly place: 'before_timeline' | 'side';
  readonly Panel: ComponentType<CasePanelProps>;
};

/** `state` and `version` change with each step, so that a panel can ask again. */
export type CasePanelProps = { readonly caseId: string; readonly state: string; readonly version: number };

const Panels = createContext<readonly CasePanel[]>([]);

/** The shell says once which panels there are; cases knows none of them. */
export const CasePanelsProvider = Panels.Provider;

/** The panels of one place, in the shell's order. Each loads when the page is shown. */
export function CasePanels({ place, ...props }: CasePanelProps & { place: CasePanel['place'] }) {
  const shown = use(Panels).filter((panel) => panel.place === place);
  return shown.map(({ id, Panel }) => (
    <Suspense key={id} fallback={null}>
      <Panel {...props} />
    </Suspense>
  ));
}
