/** The ways out of the platform. In-app messages are rows of the messages module and need no driver. */
export const CHANNELS = ['sms', 'mail'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One message to one address. The address is used for sending alone and never logged. */
export type Outgoing = {
  readonly channel: Channel;
  /** A mobile number (11 digits) or a mail address. */
  readonly to: string;
  /** Mail only. */
  readonly subject: string;
  readonly text: string;
  /** The sender's own id of the message; gateways use it to drop repeats. */
  readonly reference: string;
};

/** Sends, or throws `NotSent`. A message may arrive twice when the answer of a gateway was lost. */
export type Notifier = {
  /** Channels that are configured; the others are not offered. */
  readonly channels: readonly Channel[];
  send(message: Outgoing): Promise<void>;
  close(): Promise<void>;
};

/** Why a message did not go out. `permanent` failures (a refused address) are not tried again. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly code: string;
  readonly permanent: boolean;

  constructor(code: string, options: { readonly permanent: boolean; readonly cause?: unknown }) {
    super(`message not sent: ${code}`, { cause: options.cause });
    this.code = code;
    this.permanent = options.permanent;
  }
}
