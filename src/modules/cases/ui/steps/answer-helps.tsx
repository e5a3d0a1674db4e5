import { type ComponentType, createContext, Suspense, use } from 'react';

/** Steps whose words the requester reads. */
export type AnsweringStep = 'reply' | 'reject' | 'refer' | 'report_done';

export type AnswerHelpProps = {
  readonly caseId: string;
  readonly step: AnsweringStep;
  /** What stands in the field now. */
  readonly text: string;
  /** Puts other words in its place; the person goes on from there. */
  readonly onText: (text: string) => void;
};
/** Something a module above offers to whoever writes to a requester; it answers null where it has nothing to offer. */
export type AnswerHelp = ComponentType<AnswerHelpProps>;

const Helps = createContext<readonly AnswerHelp[]>([]);

/** The shell says once which helps there are; cases knows none of them. */
export const AnswerHelpsProvider = Helps.Provider;

export function AnswerHelps(props: AnswerHelpProps) {
  return use(Helps).map((Help) => (
    <Suspense key={Help.displayName ?? Help.name} fallback={null}>
      <Help {...props} />
    </Suspense>
  ));
}
