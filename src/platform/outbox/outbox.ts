/** An event that others follow; written in the transaction of the change it tells of. */
export type OutboxEvent = {
  readonly id: string;
  readonly tenant: number;
  /** `case.dispatched`, `post.ended` … */
  readonly kind: string;
  /** The id of what it is about, e.g. the case id. */
  readonly subject: string;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
};
