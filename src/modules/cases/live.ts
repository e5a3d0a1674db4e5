import type { ServerResponse } from 'node:http';
import type { App, Route } from '../../platform/app.ts';
import { route } from '../../platform/app.ts';
import { type Actor, LANES, type Lane } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import type { HubEvent } from '../../platform/events/hub-event.ts';
import { topicsOfActor } from '../../platform/events/topics.ts';
import { followEvents } from './contract.ts';
import { seesByArea } from './visibility.ts';

/**
 * New events appear without reload: a page holds one event stream and is told of every change to a case its officer
 * may see. It is told the id and what happened, and asks for the rest by the routes that check again.
 */

const HEARTBEAT_MS = 20_000;
/** The stream ends after a while and the browser opens a new one: so a session that ended is noticed. */
const LIFETIME_MS = 10 * 60_000;

export function liveRoute(app: App): Route {
  return route(followEvents, async ({ actor, raw }) => {
    const reply = raw.reply as { hijack(): void; raw: ServerResponse; getHeaders(): Record<string, unknown> };
    reply.hijack();
    openStream(app, actor, reply.raw, reply.getHeaders());
    return { ok: true as const };
  });
}

/** Holds the response open until its page goes, its time is up or the platform stops. */
export function openStream(
  app: Pick<App, 'hub' | 'permissions'> & { readonly auth: Pick<App['auth'], 'isLive'> },
  actor: Actor,
  response: ServerResponse,
  headers: Record<string, unknown>,
  heartbeatMs = HEARTBEAT_MS,
): void {
  // The page may be gone already. Its close was told before anybody listened, so nothing would ever be cleared.
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 3000\n\n');
  const unsubscribe = app.hub.subscribe({
    end: () => response.end(),
    topics: topicsOfActor(actor),
    concerns: concernsOf(app.permissions, actor),
    send: (event) => {
      if (!response.writableEnded) response.write(lineOf(event));
    },
  });
  const heartbeat = setInterval(() => {
    response.write(': still here\n\n');
    // Whoever was signed out meanwhile, here or elsewhere, hears no more.
    if (actor.kind === 'officer' && actor.session) {
      void app.auth.isLive(actor.session.id).then(
        (live) => live || response.end(),
        () => response.end(),
      );
    }
  }, heartbeatMs);
  const end = setTimeout(() => response.end(), LIFETIME_MS);
  response.on('close', () => {
    unsubscribe();
    clearInterval(heartbeat);
    clearTimeout(end);
  });
}

const lines = new WeakMap<HubEvent, string>();

/** What a page is told; the same for all that hear of it, so it is written once. */
function lineOf(event: HubEvent): string {
  const { kind, subject, facts } = event;
  const known = lines.get(event);
  if (known !== undefined) return known;
  const told = { kind, caseId: subject, number: facts.number, state: facts.state, seq: facts.seq };
  const line = `data: ${JSON.stringify(told)}\n\n`;
  lines.set(event, line);
  return line;
}

/** The rule of visibility once more, on the event's facts; asks nothing of the database. */
function concernsOf(permissions: App['permissions'], actor: Actor): (event: HubEvent) => boolean {
  if (actor.kind !== 'officer') return () => false;
  const own = new Set(organisationsOf(actor));
  return ({ facts }) => {
    // Told to one person, e.g. that an alert came.
    if (facts.userId !== undefined) return facts.userId === actor.userId;
    const parts = [facts.leadId, ...(Array.isArray(facts.assistIds) ? facts.assistIds : [])];
    if (parts.some((id) => typeof id === 'string' && own.has(id))) return true;
    const lane = LANES.find((each): each is Lane => each === facts.lane);
    if (!lane) return false;
    const of = { areaCode: String(facts.areaCode), lane, sensitivity: String(facts.sensitivity) };
    return seesByArea(permissions, actor, 'cases.read', of);
  };
}
