import { type ComponentType, createContext, Suspense, use } from 'react';

/** What is known of a request while somebody writes it down. */
export type FilingHintProps = {
  readonly title: string;
  readonly body: string;
  readonly classCode: string | null;
  readonly areaCode: string | null;
  readonly placeText: string | null;
  readonly point: { readonly lon: number; readonly lat: number } | null;
  readonly channel: 'phone' | 'counter' | 'letter';
  readonly requester: { readonly name: string | null; readonly phone: string | null } | null;
  readonly anonymous: boolean;
  /** The request was entered in another way, e.g. joined to one that is there. */
  readonly onFiled: (receipt: FiledOtherwise) => void;
};
export type FiledOtherwise = { readonly id: string; readonly number: string; readonly queryCode: string };
export type FilingHint = ComponentType<FilingHintProps>;

const Hints = createContext<readonly FilingHint[]>([]);

/** The shell says once what modules above show while a request is written; cases knows none of them. */
export const FilingHintsProvider = Hints.Provider;

export function FilingHints(props: FilingHintProps) {
  return use(Hints).map((Hint) => (
    <Suspense key={Hint.displayName ?? Hint.name} fallback={null}>
      <Hint {...props} />
    </Suspense>
  ));
}
