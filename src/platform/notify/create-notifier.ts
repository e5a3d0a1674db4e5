import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import type { OutgoingCalls } from '../http/outgoing.ts';
import { createMailDriver, type Driver } from './mail-driver.ts';
import { createMailboxDriver } from './mailbox.ts';
import { CHANNELS, type Channel, NotSent, type Notifier } from './notifier.ts';
import { createSmsDriver } from './sms-driver.ts';

export type NotifierSettings = {
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'smsUrl' | 'smsSecret' | 'demo' | 'tenant'>;
  readonly database: Database;
  readonly outgoing: OutgoingCalls;
  readonly now: () => Date;
};

/** A driver for each configured channel. In the demo, the mailbox page takes the place of what is not configured. */
export function createNotifier(settings: NotifierSettings): Notifier {
  const { config, database, outgoing, now } = settings;
  const mailbox = config.demo ? createMailboxDriver(database, config.tenant, now) : null;
  const drivers: Record<Channel, Driver | null> = {
    mail: config.smtpUrl ? createMailDriver({ url: config.smtpUrl, from: config.mailFrom }) : mailbox,
    sms:
      config.smsUrl && config.smsSecret
        ? createSmsDriver({ url: config.smsUrl, secret: config.smsSecret, outgoing, now })
        : mailbox,
  };
  return {
    channels: CHANNELS.filter((channel) => drivers[channel] !== null),
    async send(message) {
      const driver = drivers[message.channel];
      if (!driver) throw new NotSent('channel_not_configured', { permanent: false });
      await driver.send(message);
    },
    async close() {
      await Promise.all([drivers.mail?.close(), drivers.sms?.close()]);
    },
  };
}
