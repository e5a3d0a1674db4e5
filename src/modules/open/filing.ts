import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { findClass } from '../catalogue/index.ts';
import { type Filing, type Receipt as FiledReceipt, registerEntries } from '../cases/index.ts';
import { joinByWish } from '../clusters/index.ts';
import { type Purpose, recordFilings } from '../privacy/index.ts';
import type { Filed, Receipt } from './contract.ts';
import { loadNames } from './names.ts';

/** What a resident filed, and in which language he reads. */
export type ResidentsFiling = { readonly actor: Actor; readonly body: Filed; readonly locale: Locale };

/** Enters what residents filed, and says to each who passes it on and by when. Refuses as `registerEntries` does. */
export async function fileRequests(
  app: App,
  tx: WriteTx,
  filed: readonly ResidentsFiling[],
  now: Date,
): Promise<Result<Receipt>[]> {
  const judged = await Promise.all(
    filed.map(async (one) => ({ ...one, sensitive: await isSensitive(tx, one.body, now) })),
  );
  const agreed = judged.filter(({ body, sensitive }) => !sensitive || body.sensitiveConsent);
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const entries = agreed.map(({ actor, body, locale }) => ({ actor, filing: filingOf(body, locale) }));
  const receipts = await registerEntries(tx, deps, entries, now);
  const outcomes = new Map(agreed.map((one, at) => [one, receipts[at] ?? missing()]));
  const entered = agreed.flatMap((one) => {
    const receipt = outcomes.get(one);
    return receipt === undefined || isRefusal(receipt) ? [] : [{ ...one, receipt }];
  });
  await recordFilings(tx, app.config.tenant, entered.map(consentsOf), now);
  const answers = new Map<FiledReceipt, Receipt>();
  // One after the other: joining takes steps on the case that is followed.
  for (const one of entered) answers.set(one.receipt, await answerTo(app, tx, one, now));
  return judged.map((one) => {
    const outcome = outcomes.get(one);
    if (outcome === undefined) return refuse('open.consent_needed');
    return isRefusal(outcome) ? outcome : (answers.get(outcome) ?? missing());
  });
}

type EnteredFiling = ResidentsFiling & { readonly sensitive: boolean; readonly receipt: FiledReceipt };

function missing(): never {
  throw new Error('a filing that was entered has no answer');
}

function consentsOf({ body, sensitive, receipt }: EnteredFiling): { caseId: string; consents: readonly Purpose[] } {
  const consents = [body.publishConsent ? 'publication' : null, sensitive ? 'sensitive' : null] as const;
  return { caseId: receipt.id, consents: consents.filter((purpose) => purpose !== null) };
}

async function answerTo(app: App, tx: WriteTx, filed: EnteredFiling, now: Date): Promise<Receipt> {
  const { actor, body, locale, receipt } = filed;
  const joined = await joinedTo(app, tx, actor, receipt, body.follows ?? null, { locale, now });
  const names = await loadNames(tx, locale, { offices: [receipt.commandCentreId], classes: [], areas: [] });
  return {
    number: receipt.number,
    queryCode: receipt.queryCode,
    officeName: names.office(receipt.commandCentreId) ?? '',
    dispatchDueAt: receipt.dispatchDueAt?.toISOString() ?? null,
    dueAt: receipt.dueAt?.toISOString() ?? null,
    joined,
  };
}

/**
 * A class that is sealed is so because of what it tells of a person: health, dependency, a child. The law wants a consent
 * of its own to that (PIPL 29, and 31 for children under 14).
 */
async function isSensitive(tx: ReadTx, { classCode }: Filed, now: Date): Promise<boolean> {
  return classCode !== null && (await findClass(tx, classCode, now))?.sensitivity === 'sealed';
}

/** Follows the request he chose; his own stays as it is where that one cannot be joined any more. */
async function joinedTo(
  app: App,
  tx: WriteTx,
  actor: Actor,
  receipt: FiledReceipt,
  follows: string | null,
  { locale, now }: { readonly locale: Locale; readonly now: Date },
): Promise<string | null> {
  const number = follows === null ? undefined : parseCaseNumber(follows)?.number;
  if (number === undefined) return null;
  const reason = say(app.texts, locale, 'clusters.joined_by_wish', { number });
  return (await joinByWish(tx, actor.tenant, receipt, number, reason, now)) ? number : null;
}

function filingOf(body: Filed, locale: Locale): Filing {
  const { place, name, phone } = body;
  return {
    title: null,
    body: body.text,
    classCode: body.classCode,
    place: {
      areaCode: place.kind === 'unknown' ? null : (place.areaCode ?? null),
      point: place.kind === 'point' ? [place.lon, place.lat] : null,
      text: place.detail,
    },
    channel: 'portal',
    urgency: 'normal',
    confidential: false,
    requester: name === null && phone === null ? null : { name, phone, mail: null, locale },
    anonymous: body.anonymous,
    // Number and query code are his, with or without a phone.
    contactable: true,
    publicConsent: body.publishConsent,
    occurredAt: null,
    fileIds: body.fileIds,
    settlement: null,
    imported: null,
  };
}
