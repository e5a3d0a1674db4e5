import type { Transporter } from 'nodemailer';
import { NotSent, type Outgoing } from './notifier.ts';

export type MailSettings = {
  /** `smtp://` or `smtps://`, with user and password if the server asks for them. */
  readonly url: string;
  readonly from: string;
};

/** One way out. */
export type Driver = {
  send(message: Outgoing): Promise<void>;
  close(): Promise<void>;
};

const TIMEOUT_MS = 15_000;

/** Sends mail through an SMTP server, over a few connections that are kept open. */
export function createMailDriver(settings: MailSettings): Driver {
  let transport: Promise<Transporter> | null = null;
  const host = /@([^>\s]+)>?$/.exec(settings.from)?.[1] ?? 'localhost';
  return {
    async send(message) {
      try {
        transport ??= openTransport(settings.url);
        await (await transport).sendMail({
          from: settings.from,
          to: { name: '', address: message.to },
          subject: message.subject,
          text: message.text,
          messageId: `<${message.reference}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw notSent(error);
      }
    },
    async close() {
      (await transport)?.close();
    },
  };
}

/** Opens no connection yet. The library is loaded by those who send mail alone. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Message texts hold what people wrote: nothing in them may name a file or address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * SMTP answers from 550 on speak of the recipient or the message and are final (RFC 5321, 4.2.3); 500 to 549 of the
 * dialogue and of signing in, which an operator can mend; 4xx pass.
 */
function notSent(error: unknown): NotSent {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const permanent = responseCode !== undefined && responseCode >= 550;
  return new NotSent(responseCode === undefined ? (code ?? 'mail_failed') : `smtp_${responseCode}`, {
    permanent,
    cause: error,
  });
}
