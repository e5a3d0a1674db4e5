/** What open pages are told: that something changed, with what decides who may know. Never its words. */
export type HubEvent = {
  readonly kind: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
};
