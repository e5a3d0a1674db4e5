import { z } from 'zod';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App, Call } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { OutgoingFailed } from '../../platform/http/outgoing.ts';
import { findStored, responsibleOrganisation, type StoredCase, viewCase } from '../cases/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { identityWords } from '../requesters/index.ts';
import type { MachineHelp, machineReply, machineSummary } from './contract.ts';
import { type Message, type MachineTask, messagesFor, type Told, wordsOf } from './rules/machine-words.ts';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 256 * 1024;
const LONGEST_ANSWER = 2000;

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

type Asked = Call<typeof machineSummary | typeof machineReply, undefined>;

/**
 * A summary or a draft from a machine elsewhere, where one is configured. Nothing of it is kept or sent: a person reads
 * it. Sealed and confidential cases are never told to it.
 */
export async function askForCase(app: App, asked: Asked, task: MachineTask): Promise<Result<MachineHelp>> {
  const { actor, locale, now, address } = asked;
  const { assistantUrl, assistantModel } = app.config;
  if (assistantUrl === null || assistantModel === null) return refuse('answers.machine_off');
  const { state } = asked.target as StoredCase;
  if (state.sensitivity !== 'normal') return refuse('answers.machine_confidential');
  const messages = await app.database.read(actor, async (tx) => {
    const stored = await findStored(tx, actor, state.id, false);
    if (!stored) return null;
    const told = await tellOf(tx, app, actor, stored, task, now);
    return messagesFor(task, locale, told, await namesOf(tx, app, stored));
  });
  if (messages === null) return refuse('cases.not_found');
  const words = await complete(app, { url: assistantUrl, model: assistantModel }, messages);
  const failed = isRefusal(words);
  await app.database.transact(actor, (tx) =>
    audit(
      tx,
      actor,
      {
        ...{ action: `answers.machine_${task}`, targetKind: 'case', targetId: state.id, address },
        result: failed ? 'failed' : 'done',
        details: { model: assistantModel.slice(0, 80), ...(failed ? { code: words.code } : {}) },
      },
      now,
    ),
  );
  return failed ? words : { text: words, machineMade: true, model: assistantModel, at: now.toISOString() };
}

/** For an answer only words that the requester may read anyway; for a summary what the reader himself sees. */
async function tellOf(
  tx: ReadTx,
  app: App,
  actor: Actor,
  stored: StoredCase,
  task: MachineTask,
  now: Date,
): Promise<Told> {
  const view = await viewCase(tx, app, actor, stored, now);
  const { caseClass } = stored.state;
  const officeId = responsibleOrganisation(stored.state);
  const shown = view.timeline.filter((entry) => entry.seq > 1 && (task === 'summary' || entry.tone === 'public'));
  return {
    title: view.title,
    body: view.body,
    className: (await classNames(tx, [caseClass.code])).get(caseClass.code)?.nameZh ?? '',
    office: (await organisationNames(tx, [officeId])).get(officeId)?.name ?? '',
    steps: shown.flatMap((entry) => {
      const words = Object.values(entry.content ?? {}).filter((word) => word !== '');
      return words.length === 0 ? [] : [`${entry.at.slice(0, 10)} ${entry.kind}：${words.join('；')}`];
    }),
  };
}

async function namesOf(tx: ReadTx, app: App, { state }: StoredCase): Promise<readonly string[]> {
  return state.requesterId === null ? [] : identityWords(tx, app.vault, state.requesterId);
}

type Machine = { readonly url: string; readonly model: string };

/** One completion, within a time and up to a size. Whatever goes wrong there is one refusal here. */
async function complete(app: App, { url, model }: Machine, messages: readonly Message[]): Promise<Result<string>> {
  const { assistantKey } = app.config;
  try {
    const answer = await app.outgoing.request(`${url}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(assistantKey === null ? {} : { authorization: `Bearer ${assistantKey}` }),
      },
      body: JSON.stringify({ model, messages, temperature: 0.2, max_tokens: 800, stream: false }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    if (answer.status !== 200) return failed(app, `status_${answer.status}`);
    const parsed = completion.safeParse(JSON.parse(answer.body.toString('utf8')));
    const words = wordsOf(parsed.data?.choices[0]?.message.content ?? '');
    return words === '' ? failed(app, 'no_words') : words.slice(0, LONGEST_ANSWER);
  } catch (error) {
    return failed(app, error instanceof OutgoingFailed ? error.code : 'not_json');
  }
}

function failed(app: App, reason: string) {
  app.log.warn({ reason }, 'the assistant gave no words');
  return refuse('answers.machine_failed', { reason });
}
