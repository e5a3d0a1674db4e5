import { type ReactNode, useId, useState } from 'react';

type FoldProps = {
  readonly title: string;
  readonly open?: boolean;
  /** Its content is made when it is opened. */
  readonly lazy?: boolean;
  readonly children: ReactNode;
};

/** A part that is closed until wanted, so that the page asks one thing at a time. */
export function Fold({ title, open = false, lazy = false, children }: FoldProps) {
  const [shown, setShown] = useState(open);
  const id = useId();
  return (
    <section className="fold">
      <h2>
        <button type="button" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          {title}
          <span aria-hidden="true">{shown ? '−' : '＋'}</span>
        </button>
      </h2>
      <div id={id} hidden={!shown}>
        {(shown || !lazy) && children}
      </div>
    </section>
  );
}
