import type { Database } from '../database/database.ts';
import { listen } from '../database/notices.ts';
import type { Log } from '../log.ts';
import { onPublished, type OutboxEvent } from '../outbox/outbox.ts';
import type { EventHub } from './hub.ts';
import type { HubEvent } from './hub-event.ts';
import { topicOfPerson } from './topics.ts';

export const LIVE_CHANNEL = 'gongzhi_live';
/** A NOTIFY holds less than 8000 bytes. */
const MOST_BYTES = 7900;

export type RelaySettings = {
  readonly hub: EventHub;
  readonly database: Database;
  readonly tenant: number;
};

type Letter = { readonly from: string; readonly tenant: number; readonly event: HubEvent | null };

/**
 * Tells open pages what this process committed: its own at once, those of other processes by NOTIFY. It goes past the
 * queue of the outbox, since a page must not wait for the mail. Nothing hangs on it: a page that missed something asks
 * again. `families` are the beginnings of the kinds that pages hear of, e.g. `case.`. Answers what ends it.
 */
export function carryEvents(settings: RelaySettings & { readonly families: readonly string[] }): () => void {
  const { hub, database, tenant, families } = settings;
  const told = (events: readonly OutboxEvent[]) => {
    for (const event of events) {
      if (event.kind.startsWith('post.')) changePost(hub, event);
      else if (families.some((family) => event.kind.startsWith(family))) hub.tell(hubEvent(event));
    }
  };
  const forgetOutbox = onPublished(database, tenant, told);
  const forgetHub = hub.carry((event) => database.notify(LIVE_CHANNEL, letterOf({ from: hub.id, tenant, event })));
  return () => {
    forgetOutbox();
    forgetHub();
  };
}

/** Hears what other processes tell, until stopped. `url` must not lead through a pooler that shares connections. */
export function hearEvents({ hub, tenant, url, log }: Omit<RelaySettings, 'database'> & { url: string; log: Log }) {
  const heard = (payload: string) => {
    const letter = readLetter(payload);
    if (letter === null || letter.from === hub.id || letter.tenant !== tenant) return;
    if (letter.event === null) hub.missed();
    else if (letter.event.kind.startsWith('post.')) endPages(hub, letter.event);
    else hub.hear(letter.event);
  };
  return listen({ url, channel: LIVE_CHANNEL, onNotice: heard, onAgain: () => hub.missed(), log });
}

/** What decides who may know, and what a page is told. Whoever asked or acted goes to no page. */
const FACTS = ['userId', 'leadId', 'assistIds', 'areaCode', 'lane', 'sensitivity', 'number', 'state', 'seq'];

function hubEvent({ kind, subject, payload }: OutboxEvent): HubEvent {
  return { kind, subject, facts: Object.fromEntries(FACTS.map((name) => [name, payload[name]])) };
}

/** Whose posts change may see other cases from now on: his pages come back and are asked anew who he is. */
function changePost(hub: EventHub, event: OutboxEvent): void {
  const changed = hubEvent(event);
  endPages(hub, changed);
  // Concerns nobody's page as an event; the other processes end theirs, too.
  hub.tell(changed);
}

function endPages(hub: EventHub, { facts }: HubEvent): void {
  if (typeof facts.userId === 'string') hub.endTopic(topicOfPerson(facts.userId));
}

/** An event with more organisations than a letter holds goes as the word that something was missed. */
function letterOf(letter: Letter): string {
  const text = JSON.stringify(letter);
  return Buffer.byteLength(text) <= MOST_BYTES ? text : JSON.stringify({ ...letter, event: null });
}

function readLetter(text: string): Letter | null {
  try {
    const letter = JSON.parse(text) as Letter;
    return typeof letter?.from === 'string' && typeof letter.tenant === 'number' ? letter : null;
  } catch {
    return null;
  }
}
