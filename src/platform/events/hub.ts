import type { HubEvent } from './hub-event.ts';
import { topicsOfEvent } from './topics.ts';

/** Told to every page when something may have been missed: it asks again by the routes that check. */
export const MISSED: HubEvent = { kind: 'poll', subject: '', facts: {} };

export type Subscriber = {
  /** Of whom, where and of which organisation this page may hear at all (`topicsOfActor`); nothing else is looked at. */
  readonly topics: readonly string[];
  /** True when this page may know of the event; asked of those alone whose topics it touches. */
  readonly concerns: (event: HubEvent) => boolean;
  readonly send: (event: HubEvent) => void;
  /** Ends the stream: the platform stops, or what its holder may see has changed. */
  readonly end: () => void;
};

/** Passes events to the open pages of this process, and to whoever carries them to other processes. */
export type EventHub = {
  /** Tells this process from others. */
  readonly id: string;
  subscribe(subscriber: Subscriber): () => void;
  /** Something happened in this process. */
  tell(event: HubEvent): void;
  /** Something happened in another process. */
  hear(event: HubEvent): void;
  /** Events may have been missed: every page looks for itself. */
  missed(): void;
  /** Ends the streams of one topic; their pages come back with what they may see now. */
  endTopic(topic: string): void;
  /** Carries what is told here elsewhere; answers what ends it. */
  carry(carrier: (event: HubEvent) => void): () => void;
  readonly size: () => number;
  /** Ends every stream, and those that come later at once, so that a stopping server need not wait for them. */
  close(): void;
};

/**
 * Pages stand under the topics that may concern them, so an event is weighed for the few that share one of its topics,
 * however many listen.
 */
export function createEventHub(): EventHub {
  const subscribers = new Set<Subscriber>();
  const byTopic = new Map<string, Set<Subscriber>>();
  const carriers = new Set<(event: HubEvent) => void>();
  let closed = false;

  const hear = (event: HubEvent) => {
    const asked = new Set<Subscriber>();
    for (const topic of topicsOfEvent(event)) {
      for (const subscriber of byTopic.get(topic) ?? []) {
        if (asked.has(subscriber)) continue;
        asked.add(subscriber);
        if (subscriber.concerns(event)) subscriber.send(event);
      }
    }
  };
  return {
    id: crypto.randomUUID(),
    subscribe(subscriber) {
      // A page that comes back while the platform stops would keep it from stopping.
      if (closed) subscriber.end();
      subscribers.add(subscriber);
      for (const topic of subscriber.topics) put(byTopic, topic, subscriber);
      return () => {
        subscribers.delete(subscriber);
        for (const topic of subscriber.topics) take(byTopic, topic, subscriber);
      };
    },
    tell(event) {
      hear(event);
      for (const carrier of carriers) carrier(event);
    },
    hear,
    missed() {
      for (const subscriber of subscribers) subscriber.send(MISSED);
    },
    endTopic(topic) {
      for (const subscriber of [...(byTopic.get(topic) ?? [])]) subscriber.end();
    },
    carry(carrier) {
      carriers.add(carrier);
      return () => carriers.delete(carrier);
    },
    size: () => subscribers.size,
    close() {
      closed = true;
      for (const subscriber of [...subscribers]) subscriber.end();
    },
  };
}

function put(byTopic: Map<string, Set<Subscriber>>, topic: string, subscriber: Subscriber): void {
  const known = byTopic.get(topic);
  if (known) known.add(subscriber);
  else byTopic.set(topic, new Set([subscriber]));
}

function take(byTopic: Map<string, Set<Subscriber>>, topic: string, subscriber: Subscriber): void {
  const known = byTopic.get(topic);
  known?.delete(subscriber);
  if (known?.size === 0) byTopic.delete(topic);
}
