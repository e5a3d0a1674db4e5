import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { act, findStored, registerCases } from '../cases/index.ts';
import type { HotIssue } from './contract.ts';
import {
  findIssue,
  type IssueRow,
  monthTaken,
  presentIssues,
  recordDismissal,
  recordOpening,
  recordPublication,
} from './issue-store.ts';

/** An issue inside the scope of the actor's posts; whoever may not see it learns nothing. */
export async function issueFor(
  app: App,
  tx: ReadTx,
  actor: Actor,
  action: 'clusters.read' | 'clusters.decide',
  id: string,
): Promise<Result<IssueRow>> {
  const found = await findIssue(tx, id, action === 'clusters.decide');
  const posts = postsFor(app.permissions, actor, action);
  return found && covers(posts, found.areaCode) ? found : refuse('clusters.issue_not_found');
}

export type Opening = {
  readonly kind: NonNullable<HotIssue['kind']>;
  readonly leadId: string;
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly month: string | null;
};

/** Opens a case of the office's own about the matter and gives it to the office that leads. */
export async function openIssue(
  app: App,
  tx: WriteTx,
  actor: Actor,
  id: string,
  opening: Opening,
  now: Date,
): Promise<Result<HotIssue>> {
  const issue = await issueFor(app, tx, actor, 'clusters.decide', id);
  if (isRefusal(issue)) return issue;
  if (issue.state === 'opened' || issue.state === 'dismissed') return refuse('clusters.issue_decided');
  const month = opening.kind === 'problem_of_month' ? (opening.month ?? dayOf(now).slice(0, 7)) : null;
  if (month !== null && (await monthTaken(tx, month))) return refuse('clusters.month_taken', { month });
  const caseId = await openCase(app, tx, actor, issue, opening, now);
  if (isRefusal(caseId)) return caseId;
  await recordOpening(tx, id, { ...opening, month, caseId, by: actorId(actor) }, now);
  await audit(
    tx,
    actor,
    {
      action: 'clusters.open_issue',
      targetKind: 'hot_issue',
      targetId: id,
      result: 'done',
      details: { caseId, kind: opening.kind },
    },
    now,
  );
  return present(tx, id);
}

async function openCase(
  app: App,
  tx: WriteTx,
  actor: Actor,
  issue: IssueRow,
  { title, text, leadId, reason }: Opening,
  now: Date,
): Promise<Result<string>> {
  const filing = {
    title,
    body: text,
    classCode: issue.classCode,
    place: { areaCode: issue.areaCode, point: null, text: null },
    channel: 'system',
    urgency: 'normal',
    confidential: false,
    requester: null,
    anonymous: false,
    contactable: false,
    publicConsent: true,
    occurredAt: null,
    fileIds: [],
    settlement: null,
    imported: null,
  } as const;
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const [receipt] = await registerCases(tx, deps, actor, [filing], now);
  if (receipt === undefined || isRefusal(receipt)) return receipt ?? refuse('cases.not_found');
  const stored = await findStored(tx, actor, receipt.id, true);
  if (!stored) return refuse('cases.not_found');
  const { version } = stored.state;
  const given = await act(
    tx,
    actor,
    stored,
    { action: 'dispatch', leadId, assistIds: [], reason, instruction: null, expectedVersion: version },
    now,
  );
  return isRefusal(given) ? given : receipt.id;
}

export async function dismissIssue(
  app: App,
  tx: WriteTx,
  actor: Actor,
  id: string,
  reason: string,
  now: Date,
): Promise<Result<HotIssue>> {
  const issue = await issueFor(app, tx, actor, 'clusters.decide', id);
  if (isRefusal(issue)) return issue;
  if (issue.state === 'opened' || issue.state === 'dismissed') return refuse('clusters.issue_decided');
  await recordDismissal(tx, id, actorId(actor), reason, now);
  await audit(
    tx,
    actor,
    { action: 'clusters.dismiss_issue', targetKind: 'hot_issue', targetId: id, result: 'done' },
    now,
  );
  return present(tx, id);
}

export async function publishIssue(
  app: App,
  tx: WriteTx,
  actor: Actor,
  id: string,
  words: { readonly title: string; readonly text: string },
  now: Date,
): Promise<Result<HotIssue>> {
  const issue = await issueFor(app, tx, actor, 'clusters.decide', id);
  if (isRefusal(issue)) return issue;
  if (issue.state !== 'opened') return refuse('clusters.issue_not_opened');
  await recordPublication(tx, id, words, now);
  await audit(
    tx,
    actor,
    { action: 'clusters.publish_issue', targetKind: 'hot_issue', targetId: id, result: 'done' },
    now,
  );
  return present(tx, id);
}

async function present(tx: ReadTx, id: string): Promise<HotIssue> {
  const row = await findIssue(tx, id);
  const [issue] = row ? await presentIssues(tx, [row]) : [];
  if (!issue) throw new Error(`hot issue ${id} is gone`);
  return issue;
}
