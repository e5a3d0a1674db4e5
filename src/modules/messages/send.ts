import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { NotSent, type Outgoing } from '../../platform/notify/notifier.ts';
import { startJob } from '../../platform/jobs/job.ts';
import { startWorker, type Worker } from '../../platform/worker.ts';
import { linkCodeOf } from '../call-backs/index.ts';
import { contactOf } from '../requesters/index.ts';
import { claimDue, type Delivery, purgeDeliveries, settle } from './deliveries.ts';
import { purgeInbox } from './inbox.ts';
import { wordAll } from './wording.ts';

const BATCH = 20;
const EVERY_MS = 3000;
const HOUR_MS = 3_600_000;
const KEPT_DAYS = { deliveries: 90, inbox: 180 } as const;
const DAY_MS = 86_400_000;

/** Sends what is due and clears away what is long past, until stopped. */
export function messageWorkers(app: App): readonly Worker[] {
  return [
    startWorker({ name: 'messages', every: EVERY_MS, log: app.log, run: (stopping) => sendDue(app, stopping) }),
    startJob({ app, name: 'messages clean-up', every: HOUR_MS, run: () => purge(app) }),
  ];
}

/** Sends everything that is due now; answers how many messages were tried. */
export async function sendDue(app: App, stopping: () => boolean = () => false): Promise<number> {
  const actor = systemActor(app.config.tenant, 'messages');
  let tried = 0;
  while (!stopping()) {
    const claimed = await app.database.transact(actor, (tx) => claimDue(tx, BATCH, app.now()));
    if (claimed.length === 0) break;
    for (const delivery of claimed) await sendOne(app, delivery);
    tried += claimed.length;
  }
  return tried;
}

async function sendOne(app: App, delivery: Delivery): Promise<void> {
  const actor = systemActor(app.config.tenant, 'messages');
  const outgoing = await app.database.read(actor, (tx) => compose(app, tx, delivery));
  const outcome =
    outgoing === null ? ({ state: 'dropped', error: 'no_address' } as const) : await trySending(app, outgoing);
  await app.database.transact(actor, (tx) => settle(tx, delivery, outcome, app.now()));
}

async function trySending(app: App, outgoing: Outgoing) {
  try {
    await app.notifier.send(outgoing);
    return { state: 'sent' } as const;
  } catch (error) {
    const known = error instanceof NotSent ? error : null;
    app.log.warn({ delivery: outgoing.reference, code: known?.code ?? 'unexpected' }, 'a message could not be sent');
    return { state: known?.permanent ? 'failed' : 'again', error: known?.code ?? 'unexpected' } as const;
  }
}

/** The message with address and words; null when the person has no address any more, e.g. after erasure. */
async function compose(app: App, tx: ReadTx, delivery: Delivery): Promise<Outgoing | null> {
  const address = await addressOf(app, tx, delivery);
  if (address === null) return null;
  const site = siteOf(app, delivery);
  const [words] = await wordAll(tx, [delivery], { locale: () => address.locale, siteOf: () => site, now: app.now() });
  if (!words) return null;
  return {
    channel: delivery.channel,
    to: address.to,
    subject: words.subject,
    text: words.body,
    reference: delivery.id,
  };
}

/** Where a message leads: an officer to the case or what is about it, a requester to his page or, when he is asked, to his one question. */
function siteOf(app: App, { recipient, caseId, notice, params }: Delivery): string {
  const base = app.config.baseUrl;
  if (recipient.kind === 'officer') {
    const { about } = params;
    if (about?.kind === 'account') return `${base}/office/safety`;
    return about ? `${base}/office/${about.kind}/${about.id}` : `${base}/office/cases/${caseId}`;
  }
  if (notice !== 'asked' || params.round === undefined) return `${base}/track/${params.number}`;
  return `${base}/answer/${linkCodeOf(app.vault, app.config.tenant, { caseId, round: params.round })}`;
}

type Address = { readonly to: string; readonly locale: Locale };

async function addressOf(app: App, tx: ReadTx, { recipient, channel }: Delivery): Promise<Address | null> {
  if (recipient.kind === 'officer') {
    const account = await app.auth.findAccountById(recipient.id);
    return account?.mail && !account.suspendedAt ? { to: account.mail, locale: 'zh-CN' } : null;
  }
  const contact = await contactOf(tx, app.vault, recipient.id);
  const to = channel === 'sms' ? contact?.phone : contact?.mail;
  return contact && to ? { to, locale: contact.locale } : null;
}

async function purge(app: App): Promise<void> {
  const now = app.now().getTime();
  await app.database.transact(systemActor(app.config.tenant, 'messages'), async (tx) => {
    await purgeDeliveries(tx, new Date(now - KEPT_DAYS.deliveries * DAY_MS));
    await purgeInbox(tx, new Date(now - KEPT_DAYS.inbox * DAY_MS));
  });
}
