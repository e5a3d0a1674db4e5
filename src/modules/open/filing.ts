import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, type Result } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { type Filing, type Receipt as FiledReceipt, registerCases } from '../cases/index.ts';
import { joinByWish } from '../clusters/index.ts';
import { recordFiling } from '../privacy/index.ts';
import type { Filed, Receipt } from './contract.ts';
import { loadNames } from './names.ts';

/** Enters what a resident filed, and says who passes it on and by when. Refuses as `registerCases` does. */
export async function fileRequest(
  app: App,
  tx: WriteTx,
  actor: Actor,
  body: Filed,
  at: { readonly locale: Locale; readonly now: Date },
): Promise<Result<Receipt>> {
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const [receipt] = await registerCases(tx, deps, actor, [filingOf(body, at.locale)], at.now);
  if (receipt === undefined) throw new Error('one filing came back as none');
  if (isRefusal(receipt)) return receipt;
  const consents = body.publishConsent ? (['publication'] as const) : [];
  await recordFiling(tx, { caseId: receipt.id, consents }, at.now);
  const joined = await joinedTo(app, tx, actor, receipt, body.follows ?? null, at);
  const names = await loadNames(tx, at.locale, { offices: [receipt.commandCentreId], classes: [], areas: [] });
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
