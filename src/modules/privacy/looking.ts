import { isRefusal, type Result } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { AnswerOf } from '../../platform/http/contract.ts';
import { uuidv7 } from '../../kit/ids.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { casesOfRequesters, findStored, seesCase } from '../cases/index.ts';
import { lookUpPhone, readPhone } from '../requesters/index.ts';
import type { lookUpPhone as contract } from './contract.ts';

type Asked = { readonly phone: string; readonly reason: string; readonly address: string };

/**
 * The filings made with one exact number, as far as the officer sees their cases. The look is recorded with every one of
 * them, told to the person by the platform, and shown in his own view.
 */
export async function lookUp(
  app: App,
  tx: WriteTx,
  actor: Actor,
  asked: Asked,
  now: Date,
): Promise<Result<AnswerOf<typeof contract>>> {
  const phone = readPhone(asked.phone);
  if (isRefusal(phone)) return phone;
  const organisationId = postsFor(app.permissions, actor, 'privacy.look_up')[0]?.organisationId ?? null;
  const look = { reason: asked.reason, organisationId, at: now, address: asked.address };
  const ids = await lookUpPhone(tx, app.vault, actor, phone.number, look);
  const found = await casesOfRequesters(tx, actor, ids);
  const items: AnswerOf<typeof contract>['items'] = [];
  for (const one of found) {
    const stored = await findStored(tx, actor, one.id, false);
    if (!stored || !seesCase(app, actor, stored)) continue;
    const { id, number, title, state, openedAt } = one;
    items.push({ id, number, title, state, openedAt: openedAt.toISOString() });
  }
  // One message is enough, under the newest number.
  const [newest] = found;
  const told = newest && (await findStored(tx, actor, newest.id, false));
  if (told) {
    const { state } = told;
    const payload = {
      requesterId: state.requesterId,
      number: state.number,
      state: state.state,
      areaCode: state.areaCode,
      lane: state.caseClass.lane,
      classCode: state.caseClass.code,
      sensitivity: state.sensitivity,
      commandCentreId: state.commandCentreId,
      leadId: null,
      assistIds: [],
      stageDueAt: null,
      actorId: actorId(actor),
    };
    await publishAll(tx, [
      { id: uuidv7(), tenant: actor.tenant, kind: 'privacy.looked_up', subject: told.state.id, at: now, payload },
    ]);
  }
  return { items, hidden: found.length - items.length };
}
