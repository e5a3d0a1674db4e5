import type { Phase } from '../../contract.ts';

/** The word of a phase with a dot whose shape differs too, since colour never speaks alone. */
export function PhaseMark({ phase, text }: { readonly phase: Phase; readonly text: string }) {
  return (
    <span className={`phase phase-${phase}`}>
      <span className="dot" aria-hidden="true" />
      {text}
    </span>
  );
}
