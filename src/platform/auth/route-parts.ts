import { type AuditEntry, audit } from '../audit/audit.ts';
import type { App } from '../app.ts';
import { publish } from '../outbox/outbox.ts';
import { type Actor, systemActor } from './actor.ts';
import type { Caller, SignedIn } from './account.ts';
import { type Headers, cookieName, cookieOf } from './cookies.ts';
import { DEVICE_COOKIE } from './device-store.ts';

export type Raw = { readonly request: unknown; readonly reply: unknown };

/** What the list of sessions shows of a device; cut, since anybody may write anything in it. */
export function callerOf(app: Pick<App, 'config'>, headers: Headers, address: string): Caller {
  const userAgent = String(headers['user-agent'] ?? '').slice(0, 200);
  return { address, userAgent, device: ownCookie(app, headers, DEVICE_COOKIE), headers };
}

/** The value of a cookie of ours, by its name under TLS or without. */
export function ownCookie({ config }: Pick<App, 'config'>, headers: Headers, name: string): string | null {
  return cookieOf(headers, cookieName(name, config.baseUrl.startsWith('https:')));
}

export function headersOf(raw: Raw): Headers {
  return (raw.request as { headers: Headers }).headers;
}

/** Lets the holder know of a browser he never signed in with before; whoever tells him hears of it by the outbox. */
export async function tellOfNewDevice(app: App, signedIn: SignedIn): Promise<void> {
  if (!signedIn.newDevice) return;
  const { tenant } = app.config;
  const { id } = signedIn.account;
  await app.database.transact(systemActor(tenant, 'sign-in'), (tx) =>
    publish(tx, { tenant, kind: 'account.new_device', subject: id, at: app.now(), payload: { holderId: id } }),
  );
}

/** Accounts live beside tenant data, so their entry has a transaction of its own. */
export function note(app: App, actor: Actor, entry: Omit<AuditEntry, 'result'>): Promise<void> {
  return app.database.transact(actor, (tx) => audit(tx, actor, { ...entry, result: 'done' }, app.now()));
}
