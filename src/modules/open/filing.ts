import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, type Result } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { type Filing, type Receipt as FiledReceipt, registerEntries } from '../cases/index.ts';
import { joinByWish } from '../clusters/index.ts';
import { recordFilings } from '../privacy/index.ts';
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
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const entries = filed.map(({ actor, body, locale }) => ({ actor, filing: filingOf(body, locale) }));
  const receipts = await registerEntries(tx, deps, entries, now);
  const entered = filed.flatMap((one, at) => {
    const receipt = receipts[at];
    return receipt === undefined || isRefusal(receipt) ? [] : [{ ...one, receipt }];
  });
  await recordFilings(tx, app.config.tenant, entered.map(consentsOf), now);
  const answers = new Map<FiledReceipt, Receipt>();
  // One after the other: joining takes steps on the case that is followed.
  for (const one of entered) answers.set(one.receipt, await answerTo(app, tx, one, now));
  return receipts.map((receipt) => (isRefusal(receipt) ? receipt : (answers.get(receipt) ?? missing())));
}

type EnteredFiling = ResidentsFiling & { readonly receipt: FiledReceipt };

function missing(): never {
  throw new Error('a filing that was entered has no answer');
}

function consentsOf({ body, receipt }: EnteredFiling) {
  return { caseId: receipt.id, consents: body.publishConsent ? (['publication'] as const) : [] };
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
