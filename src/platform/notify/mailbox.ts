import { sql } from 'kysely';
import { type Position, writePosition } from '../../kit/keyset.ts';
import { uuidv7 } from '../../kit/ids.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, ReadTx } from '../database/database.ts';
import type { Driver } from './mail-driver.ts';
import type { Channel, Outgoing } from './notifier.ts';

export type MailboxMessage = {
  readonly id: string;
  readonly at: Date;
  readonly channel: Channel;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
};

const KEPT_DAYS = 7;

/** The demo's driver: puts messages where everyone who tries it can read them, and sends nothing. */
export function createMailboxDriver(database: Database, tenant: number, now: () => Date): Driver {
  return {
    async send(message: Outgoing) {
      const at = now();
      const old = new Date(at.getTime() - KEPT_DAYS * 86_400_000);
      await database.transact(systemActor(tenant, 'mailbox'), async (tx) => {
        await sql`
          INSERT INTO platform.mailbox (tenant_id, id, at, channel, recipient, subject, body)
          VALUES (${tenant}, ${uuidv7()}, ${at}, ${message.channel}, ${masked(message.to)}, ${message.subject},
            ${message.text})`.execute(tx);
        await sql`DELETE FROM platform.mailbox WHERE tenant_id = ${tenant} AND at < ${old}`.execute(tx);
      });
    },
    async close() {},
  };
}

/** One page of the mailbox, newest first. */
export async function readMailbox(
  tx: ReadTx,
  page: { readonly after: Position | null; readonly limit: number },
): Promise<{ readonly items: readonly MailboxMessage[]; readonly next: string | null }> {
  const before = page.after ? sql`AND (at, id) < (${page.after.at}, ${page.after.id}::uuid)` : sql``;
  const found = await sql<MailboxMessage>`
    SELECT id, at, channel, recipient, subject, body FROM platform.mailbox
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int ${before}
    ORDER BY at DESC, id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const items = found.rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, next: found.rows.length > items.length && last ? writePosition(last) : null };
}

/** The first three and last four characters: `138****8000`. */
function masked(to: string): string {
  return to.length <= 7 ? '****' : `${to.slice(0, 3)}****${to.slice(-4)}`;
}
