import type { Locale } from '../../../platform/i18n/texts.ts';

/** Steps whose words the requester reads. */
export const ANSWER_STEPS = ['reply', 'reject', 'refer', 'report_done'] as const;
export type AnswerStep = (typeof ANSWER_STEPS)[number];

/** A text in both languages. */
export type Both = Readonly<Record<Locale, string>>;

/** Words for a step of a class, by version. */
export type Template = {
  readonly id: string;
  readonly version: number;
  readonly classCode: string;
  readonly step: AnswerStep;
  readonly name: Both;
  readonly words: Both;
  readonly ended: boolean;
  /** Null for a shipped one. */
  readonly since: Date | null;
};

/** What a case can fill in. */
export const FIELDS = ['number', 'title', 'office', 'deadline', 'place', 'result'] as const;
export type Field = (typeof FIELDS)[number];
export type FieldValues = Readonly<Record<Field, string | null>>;

/** Stands for every class. */
export const EVERY_CLASS = '*';

const NAMED = /\{([^{}\n]*)\}/g;

/** Names in braces that are no field, as they were written. */
export function unknownFields(words: string): readonly string[] {
  const names = [...words.matchAll(NAMED)].map((match) => match[1] ?? '');
  return [...new Set(names.filter((name) => !isField(name)))];
}

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name);
}

type Filled = { readonly text: string; readonly missing: readonly Field[] };

/** The words with their fields filled in; one without a value becomes the mark that `markOf` makes for it. */
export function fillIn(words: string, values: FieldValues, markOf: (field: Field) => string): Filled {
  const missing = new Set<Field>();
  const text = words.replace(NAMED, (whole, name: string) => {
    if (!isField(name)) return whole;
    const value = values[name];
    if (value !== null && value !== '') return value;
    missing.add(name);
    return markOf(name);
  });
  return { text, missing: [...missing] };
}

/** Whether words still hold a field's name or one of the marks: they are not yet fit to be read. */
export function isLeftOpen(words: string, marks: readonly string[]): boolean {
  const named = [...words.matchAll(NAMED)].some((match) => isField(match[1] ?? ''));
  return named || marks.some((mark) => words.includes(mark));
}

type Offered = { readonly classCode: string; readonly step: AnswerStep; readonly ended: boolean };

/** Those for a step of a case of this class: its own first, then its upper class's, then those for all. */
export function offeredFor<T extends Offered>(
  templates: readonly T[],
  step: AnswerStep,
  classCode: string,
): readonly T[] {
  const rank = (code: string): number => {
    if (code === EVERY_CLASS) return 0;
    return classCode.startsWith(code) ? code.length : -1;
  };
  return templates
    .filter((one) => !one.ended && one.step === step && rank(one.classCode) >= 0)
    .toSorted((a, b) => rank(b.classCode) - rank(a.classCode));
}
