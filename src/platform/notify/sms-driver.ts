import { createHmac } from 'node:crypto';
import { OutgoingFailed, type OutgoingCalls } from '../http/outgoing.ts';
import type { Driver } from './mail-driver.ts';
import { NotSent } from './notifier.ts';

export type SmsSettings = {
  readonly url: string;
  readonly secret: string;
  readonly outgoing: OutgoingCalls;
  readonly now: () => Date;
};

const TIMEOUT_MS = 10_000;
export const TIMESTAMP_HEADER = 'x-gongzhi-timestamp';
export const SIGNATURE_HEADER = 'x-gongzhi-signature';

/**
 * Hands text messages to a gateway: POST of `{reference, to, text}` as JSON. The gateway checks
 * `x-gongzhi-signature` = hex HMAC-SHA-256 of `<x-gongzhi-timestamp>.<body>` under the shared secret, refuses
 * timestamps (seconds) older than five minutes, and drops a `reference` it has already taken. Any 2xx means taken.
 */
export function createSmsDriver(settings: SmsSettings): Driver {
  return {
    async send(message) {
      const body = JSON.stringify({ reference: message.reference, to: message.to, text: message.text });
      const timestamp = String(Math.floor(settings.now().getTime() / 1000));
      const status = await post(settings, body, {
        'content-type': 'application/json; charset=utf-8',
        [TIMESTAMP_HEADER]: timestamp,
        [SIGNATURE_HEADER]: signatureOf(settings.secret, timestamp, body),
      });
      if (status < 200 || status > 299) throw new NotSent(`sms_${status}`, { permanent: isPermanent(status) });
    },
    async close() {},
  };
}

/** What stands in the signature header; for gateways written in JavaScript and for tests. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

async function post(settings: SmsSettings, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const call = { method: 'POST', body, headers, timeoutMs: TIMEOUT_MS } as const;
    return (await settings.outgoing.request(settings.url, call)).status;
  } catch (error) {
    // What the rules refuse is mended in the settings; until then messages wait.
    const code = error instanceof OutgoingFailed ? error.code : 'unreachable';
    throw new NotSent(`sms_${code}`, { permanent: false, cause: error });
  }
}

/** The number or text was refused. Sign-in, clock and load troubles pass, or an operator mends them. */
function isPermanent(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
}
