import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { say } from '../../platform/i18n/texts.ts';
import { act, type StoredCase } from '../cases/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import { contactOf } from '../requesters/index.ts';

export type Approach = {
  readonly how: 'message' | 'call_back';
  readonly text: string;
  readonly expectedVersion: number;
};

/** What a relay needs to know of the moment. */
export type Relaying = { readonly tx: WriteTx; readonly actor: Actor; readonly stored: StoredCase; readonly now: Date };

/**
 * Brings words of an office to a requester whose number it never sees. A switchboard that joins two telephone lines may
 * stand beside the one there is.
 */
export type Relay = (relaying: Relaying, approach: Approach) => Promise<Result<{ version: number }>>;

/**
 * By message: the words stand in the case for the requester, who is told by text message or mail, reads them under his
 * number and answers there. Asked to call, he reads the office's own number.
 * Refuses `cases.no_requester`, `privacy.no_office_phone` and what the case refuses.
 */
export function messageRelay(app: Pick<App, 'vault' | 'texts'>): Relay {
  return async ({ tx, actor, stored, now }, { how, text, expectedVersion }) => {
    const { requesterId, dispatch, commandCentreId } = stored.state;
    if (requesterId === null) return refuse('cases.no_requester');
    const words = how === 'message' ? text : await withNumber();
    if (isRefusal(words)) return words;
    const step = await act(tx, actor, stored, { action: 'reply', text: words, files: [], expectedVersion }, now);
    return isRefusal(step) ? step : { version: step.version };

    async function withNumber(): Promise<Result<string>> {
      const office = await findOrganisation(tx, officeOf(actor, dispatch?.leadId ?? null) ?? commandCentreId);
      if (!office?.phone) return refuse('privacy.no_office_phone');
      const locale = (await contactOf(tx, app.vault, requesterId ?? ''))?.locale ?? 'zh-CN';
      const name = (locale === 'en' && office.nameEn) || office.name;
      return say(app.texts, locale, 'privacy.please_call', { office: name, phone: office.phone, text });
    }
  };
}

/** The office in whose name he writes: the lead when he is of it, else his first own. */
function officeOf(actor: Actor, leadId: string | null): string | null {
  if (actor.kind !== 'officer') return leadId;
  const own = actor.posts.map((post) => post.organisationId);
  return leadId !== null && own.includes(leadId) ? leadId : (own[0] ?? null);
}
