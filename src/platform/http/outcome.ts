/** What a request came to, when it was not refused. */
export type Outcome = { readonly status: number; readonly answer: unknown };
