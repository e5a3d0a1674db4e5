/**
 * Expected refusals are values with a stable code; surprises are thrown.
 * A code reads `module.what_went_wrong`; its HTTP status stands in the module's `refusals` table,
 * its texts in the module's catalogue under `refusal.<code>`.
 */
export type RefusalDetails = Readonly<Record<string, string | number | boolean | null>>;

/** One field that did not parse; `path` is dotted, `message` a catalogue key or a finished text. */
export type FieldError = { readonly path: string; readonly code: string; readonly message?: string };

export type Refusal = {
  readonly refused: true;
  readonly code: string;
  readonly details: RefusalDetails;
  readonly errors?: readonly FieldError[];
};

export type Result<T> = T | Refusal;

/** Builds a refusal. `details` fill the `{placeholders}` of the text and are shown to the client. */
export function refuse(code: string, details: RefusalDetails = {}, errors?: readonly FieldError[]): Refusal {
  return errors ? { refused: true, code, details, errors } : { refused: true, code, details };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}
