/** A deadline that fires once. Unique per (tenant, kind, subject, name); setting it again moves it. */
export type Timer = {
  readonly tenant: number;
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: Date;
  readonly payload: Readonly<Record<string, unknown>>;
};
