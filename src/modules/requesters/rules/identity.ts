import { isRefusal, type Result, refuse } from '../../../kit/result.ts';
import { phoneEnding, readPhone } from './phone.ts';

/** What a person gave of himself; every part may be missing. */
export type GivenIdentity = {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly mail?: string | null | undefined;
};

/** The same in stored form: trimmed, the phone as digits, the mail's host in lower case; blank is null. */
export type Identity = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly mail: string | null;
  readonly phoneEnding: string | null;
};

const MAIL = /^[^\s@"<>,;]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

export function readIdentity(given: GivenIdentity): Result<Identity> {
  const phone = blankToNull(given.phone);
  const read = phone === null ? null : readPhone(phone);
  if (isRefusal(read)) return read;
  const mail = blankToNull(given.mail);
  if (mail !== null && !MAIL.test(mail)) return refuse('requesters.bad_mail');
  return {
    name: blankToNull(given.name),
    phone: read?.number ?? null,
    mail: mail === null ? null : lowerHost(mail),
    phoneEnding: read ? phoneEnding(read.number) : null,
  };
}

/** What the commitment in a case's chain is computed over. */
export function canonicalIdentity(identity: Pick<Identity, 'name' | 'phone' | 'mail'>): string {
  return JSON.stringify([identity.name, identity.phone, identity.mail]);
}

function blankToNull(text: string | null | undefined): string | null {
  const trimmed = text?.normalize('NFC').trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function lowerHost(mail: string): string {
  const at = mail.lastIndexOf('@');
  return mail.slice(0, at) + mail.slice(at).toLowerCase();
}
