import { type Result, refuse } from '../../../kit/result.ts';
import { isRequesterNotice, type Notice } from './notices.ts';

/** Subject and body of a message; the body alone goes out as a text message. */
export type Wording = { readonly subject: string; readonly body: string };

/**
 * What a template may name. To a requester goes the number and where to ask, nothing about the matter: his telephone
 * may lie open on a table. To officers also where and what, unless the case is sealed.
 */
const FOR_REQUESTERS = ['number', 'site', 'authority'] as const;
const FOR_OFFICERS = ['number', 'what', 'due', 'site', 'authority'] as const;
/** About no case: when it was, and where to look. */
const FOR_HOLDERS = ['due', 'site', 'authority'] as const;

export function placeholdersOf(notice: Notice): readonly string[] {
  if (notice === 'new_device') return FOR_HOLDERS;
  return isRequesterNotice(notice) ? FOR_REQUESTERS : FOR_OFFICERS;
}

/** A text message of more parts costs more each; four parts of 67 characters. */
const LONGEST_FOR_REQUESTERS = 268;

/** Refuses wording that names what it may not, leaves out the number, or is too long to send. */
export function checkWording(notice: Notice, wording: Wording): Result<Wording> {
  const allowed = placeholdersOf(notice);
  const used = [...`${wording.subject} ${wording.body}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const foreign = used.find((name) => !allowed.includes(name));
  if (foreign !== undefined) {
    return refuse('messages.placeholder_unknown', {
      name: foreign,
      allowed: allowed.map((name) => `{${name}}`).join(' '),
    });
  }
  if (allowed.includes('number') && !wording.body.includes('{number}')) return refuse('messages.number_missing');
  if (isRequesterNotice(notice) && [...wording.body].length > LONGEST_FOR_REQUESTERS) {
    return refuse('messages.too_long_to_send', { maximum: LONGEST_FOR_REQUESTERS });
  }
  return wording;
}
