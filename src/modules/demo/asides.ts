import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal } from '../../kit/result.ts';
import { addDays, DAY, dayOf } from '../../kit/time.ts';
import { casesIn, findStored, type StoredCase } from '../cases/index.ts';
import { insertExclusion, writeDecision } from '../exclusions/index.ts';
import { askCorrection } from '../privacy/index.ts';
import { takeCase } from '../supervision/index.ts';
import type { WalkParts } from './walk.ts';

const LOOKED_AT = 60;

/** One of each of what is rare: a case left out of figures, a leader's case, a person's wish about his own data. */
export async function writeAsides(parts: WalkParts): Promise<void> {
  await exclusion(parts);
  await leadersCase(parts);
  await correction(parts);
}

type Among = Parameters<typeof casesIn>[2];

async function first(
  { tx, cast }: WalkParts,
  among: Among,
  fits: (state: StoredCase['state']) => boolean,
): Promise<StoredCase['state'] | null> {
  const actor = cast.named('dispatcher');
  for (const id of await casesIn(tx, actor, among, null, LOOKED_AT)) {
    const stored = await findStored(tx, actor, id, false);
    if (stored && fits(stored.state)) return stored.state;
  }
  return null;
}

/** Asked by the office, decided by the evaluator of another, in public. */
async function exclusion(parts: WalkParts): Promise<void> {
  const { app, tx, cast } = parts;
  const handler = cast.named('handler');
  const evaluator = cast.named('evaluator');
  const office = handler.posts[0]?.organisationId;
  const decider = evaluator.posts[0]?.organisationId;
  const found = await first(parts, 'closed', (state) => state.dispatch?.leadId === office);
  if (!found || !office || !decider) return;
  const askedAt = new Date(Math.max(Date.parse(found.openedAt), app.now().getTime() - 3 * DAY));
  const id = uuidv7(askedAt.getTime());
  await insertExclusion(tx, {
    ...{ id, caseId: found.id, organisationId: office, areaCode: found.areaCode, ground: 'force_majeure' },
    ...{ words: '连续暴雨停工四天，材料运不进来，已有气象证明（示例）。', askedAt },
    ...{ askedBy: handler.userId, askedByOrganisationId: office },
  });
  const decision = {
    ...{ granted: true, words: '证明属实，停工四天不计。', publicWords: '暴雨停工四天，不计入按期办结率（示例）。' },
    ...{ by: evaluator.userId, organisationId: decider },
  };
  await writeDecision(tx, id, decision, new Date(askedAt.getTime() + DAY));
}

async function leadersCase(parts: WalkParts): Promise<void> {
  const { app, tx, cast } = parts;
  const leader = cast.named('supervisor');
  const [post] = leader.posts;
  const found = await first(parts, 'in_progress', () => true);
  if (!found || !post) return;
  const takenAt = new Date(app.now().getTime() - DAY);
  const taking = {
    aim: '查清原因，月内办妥并回访到人（示例）',
    dueOn: addDays(dayOf(takenAt), 21),
    reportEveryDays: 7,
  };
  const taken = await takeCase(tx, leader, post, found.id, taking, takenAt);
  if (isRefusal(taken)) throw new Error(`demo: a leader's case: ${taken.code}`);
}

async function correction(parts: WalkParts): Promise<void> {
  const { app, tx } = parts;
  const found = await first(parts, 'dispatched', (state) => state.requesterId !== null);
  if (!found) return;
  const actor = { kind: 'resident', tenant: app.config.tenant, caseId: found.id, phoneIndex: null } as const;
  const asked = { text: '登记的称呼写错了一个字，请改过来（示例）。' };
  const kept = await askCorrection(app, { tx, actor, caseId: found.id, now: app.now() }, asked);
  if (isRefusal(kept)) throw new Error(`demo: a person's request: ${kept.code}`);
}
