/** What differs from case to case in a text that is otherwise the same; a number says which of its kind. */
export type SlotKind =
  | 'id'
  | 'number'
  | 'area'
  | 'class'
  | 'time'
  | 'organisation'
  | 'title'
  | 'body'
  | 'place'
  | 'search'
  | 'previous'
  | 'hash'
  | 'commitment'
  | 'salt'
  | 'head';

/** A text with gaps: literal, slot, literal, … one literal more than slots. */
export type Pieces = {
  readonly literals: readonly string[];
  readonly slots: readonly { kind: SlotKind; at: number }[];
};

/** Values of the gaps, of each kind a list. */
export type Values = { readonly [kind in SlotKind]: readonly string[] };

// Private-use characters: nothing people write holds them, and JSON writes them as they are.
const OPEN = '\ue000';
const CLOSE = '\ue001';

/** Marks a gap inside a text. */
export function slot(kind: SlotKind, at = 0): string {
  return `${OPEN}${kind}:${at}${CLOSE}`;
}

/** Cuts a text at its gaps. `written` is put on the literals alone. */
export function cut(text: string, written: (literal: string) => string = (literal) => literal): Pieces {
  const parts = text.split(/\ue000([a-z]+:\d+)\ue001/);
  return {
    literals: parts.filter((_, at) => at % 2 === 0).map(written),
    slots: parts
      .filter((_, at) => at % 2 === 1)
      .map((part) => {
        const [kind = '', at] = part.split(':');
        return { kind: kind as SlotKind, at: Number(at) };
      }),
  };
}

export function fillIn({ literals, slots }: Pieces, values: Values): string {
  let text = literals[0] ?? '';
  for (let at = 0; at < slots.length; at++) {
    const gap = slots[at];
    if (gap) text += values[gap.kind][gap.at];
    text += literals[at + 1];
  }
  return text;
}
