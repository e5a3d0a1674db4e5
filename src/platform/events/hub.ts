/** What open pages are told: that something changed, with what decides who may know. Never its words. */
export type HubEvent = {
  readonly kind: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
};

export type Subscriber = {
  /** True when this page may know of the event. */
  readonly concerns: (event: HubEvent) => boolean;
  readonly send: (event: HubEvent) => void;
  /** Ends the stream, since the platform stops. */
  readonly end: () => void;
};

/** Passes events to the open pages of this process. */
export type EventHub = {
  subscribe(subscriber: Subscriber): () => void;
  tell(event: HubEvent): void;
  readonly size: () => number;
  /** Ends every stream, and those that come later at once, so that a stopping server need not wait for them. */
  close(): void;
};

export function createEventHub(): EventHub {
  const subscribers = new Set<Subscriber>();
  let closed = false;
  return {
    subscribe(subscriber) {
      // A page that comes back while the platform stops would keep it from stopping.
      if (closed) subscriber.end();
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    tell(event) {
      for (const subscriber of subscribers) {
        if (subscriber.concerns(event)) subscriber.send(event);
      }
    },
    size: () => subscribers.size,
    close() {
      closed = true;
      for (const subscriber of [...subscribers]) subscriber.end();
    },
  };
}
