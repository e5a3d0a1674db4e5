import { isRefusal } from '../../kit/result.ts';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { type Role, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { duplicatesOf } from '../cases/index.ts';
import { holders } from '../organisations/index.ts';
import { contactOf, readPhone } from '../requesters/index.ts';
import { enqueue } from './deliveries.ts';
import { type CaseFacts, factsOf, type Params, paramsOf } from './facts.ts';
import { putIntoInbox } from './inbox.ts';
import { isStale } from './rules/bundling.ts';
import { isMailed, noticesOf, type OfficerNotice, type Officers, type RequesterNotice } from './rules/notices.ts';

/** A post held by more people than this is a roster, not an addressee; the first ones are told. */
const MOST_PEOPLE = 50;

/** Follows what happens to cases and tells whom it concerns. */
export function tellConsumer(app: App): OutboxConsumer {
  return {
    name: 'messages',
    kinds: ['case.*', 'call_back.due', 'privacy.looked_up'],
    // Nobody is told of what was entered from an older system.
    except: ['case.imported'],
    handle: async (event, tx) => {
      const facts = factsOf(event);
      const byRequester = facts.actorId === 'resident' || facts.actorId === 'anonymous';
      for (const told of noticesOf({ kind: facts.kind, state: facts.state, leadId: facts.leadId, byRequester })) {
        if (told.to === 'requester') await tellRequester(app, tx, facts, told.notice);
        else if (told.to === 'duplicates') await tellDuplicates(app, tx, facts, told.notice);
        else await tellOfficers(app, tx, facts, told.to, told.notice);
      }
    },
  };
}

/** By text message when he left a mobile number, else by mail; not at all when he left neither. */
async function tellRequester(app: App, tx: WriteTx, facts: CaseFacts, notice: RequesterNotice): Promise<void> {
  const now = app.now();
  if (facts.requesterId === null || isStale(facts.at, now)) return;
  const contact = await contactOf(tx, app.vault, facts.requesterId);
  if (!contact) return;
  const phone = contact.phone === null ? null : readPhone(contact.phone);
  const { channels } = app.notifier;
  const mobile = phone !== null && !isRefusal(phone) && phone.kind === 'mobile' && channels.includes('sms');
  const mail = contact.mail !== null && channels.includes('mail');
  if (!mobile && !mail) return;
  const recipient = { kind: 'requester', id: facts.requesterId } as const;
  const message = { recipient, caseId: facts.caseId, notice, params: paramsOf(facts) };
  await enqueue(tx, { ...message, channel: mobile ? 'sms' : 'mail' }, now);
}

/** Each under the number of his own request. */
async function tellDuplicates(app: App, tx: WriteTx, facts: CaseFacts, notice: RequesterNotice): Promise<void> {
  const actor = systemActor(app.config.tenant, 'messages');
  for (const { id, number, requesterId } of await duplicatesOf(tx, actor, facts.caseId)) {
    await tellRequester(app, tx, { ...facts, caseId: id, number, requesterId }, notice);
  }
}

async function tellOfficers(
  app: App,
  tx: WriteTx,
  facts: CaseFacts,
  audience: Officers,
  notice: OfficerNotice,
): Promise<void> {
  const people = await peopleOf(tx, facts, audience, app.now());
  await tellPeople(app, tx, { ...facts, notice, params: paramsOf(facts), people });
}

export type ForPeople = {
  readonly caseId: string;
  readonly at: Date;
  readonly notice: OfficerNotice;
  readonly params: Params;
  readonly people: readonly string[];
  /** Who did it needs not be told. */
  readonly actorId: string;
};

/** Puts a notice into inboxes; by mail too, where it must not wait. */
export async function tellPeople(app: App, tx: WriteTx, told: ForPeople): Promise<void> {
  const { caseId, at, notice, params } = told;
  const now = app.now();
  const people = told.people.filter((userId) => userId !== told.actorId);
  const mails = isMailed(notice) && app.notifier.channels.includes('mail') && !isStale(at, now);
  for (const userId of people.slice(0, MOST_PEOPLE)) {
    const message = { caseId, notice, params };
    await putIntoInbox(tx, { ...message, userId, at }, now);
    app.database.afterCommit(tx, () => app.hub.tell({ kind: 'message.put', subject: caseId, facts: { userId } }));
    if (mails && (await hasMail(app, userId))) {
      await enqueue(tx, { ...message, recipient: { kind: 'officer', id: userId }, channel: 'mail' }, now);
    }
  }
}

async function hasMail(app: App, userId: string): Promise<boolean> {
  const account = await app.auth.findAccountById(userId);
  return account !== null && account.mail !== null && account.suspendedAt === null;
}

/** User ids, each once. A village's or community's people handle as community workers, a department's as handlers. */
async function peopleOf(tx: ReadTx, facts: CaseFacts, audience: Officers, now: Date): Promise<readonly string[]> {
  const { areaCode, lane, commandCentreId, leadId, assistIds } = facts;
  const inOrganisation = async (organisationId: string, roles: readonly Role[]) => {
    const found = await Promise.all(roles.map((role) => holders(tx, { organisationId, role, lane }, now)));
    return found.flat().map((holder) => holder.userId);
  };
  const handling: readonly Role[] = ['handler', 'community_worker'];
  const found = await (async () => {
    switch (audience) {
      case 'lead':
        return leadId === null ? [] : inOrganisation(leadId, handling);
      case 'assist':
        return (await Promise.all(assistIds.map((id) => inOrganisation(id, handling)))).flat();
      case 'centre':
        return inOrganisation(commandCentreId, ['dispatcher']);
      case 'supervisors':
        return inOrganisation(commandCentreId, ['supervisor']);
      case 'verifiers':
        return (await holders(tx, { role: 'verifier', areaCode, lane }, now)).map((holder) => holder.userId);
    }
  })();
  return [...new Set(found)];
}
