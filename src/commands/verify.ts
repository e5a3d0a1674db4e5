import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { checkTenant, type TenantCheck } from '../modules/cases/index.ts';
import { checkHistory, type HistoryCheck, readKeys } from '../modules/ledger/index.ts';
import { type Actor, systemActor } from '../platform/auth/actor.ts';
import { type Arguments, type Config, loadConfig } from '../platform/config/config.ts';
import { keyIdOf, loadSigner } from '../platform/crypto/signer.ts';
import type { ReadTx } from '../platform/database/database.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { SetupError } from '../platform/setup-error.ts';
import { withBar } from './bar.ts';

export type Verification = { readonly chains: TenantCheck; readonly history: HistoryCheck };

type Read = <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;

/**
 * `verify [--mirror PLACE[,PLACE]] [--key FILE] [--json]`: recomputes every chain, the log, its checkpoints and their
 * copies; 0 when all hold, 1 with what is broken, first things first.
 */
export async function verifyCommand({ flags }: Arguments, say: (line: string) => void): Promise<number> {
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const mirrors = (flags.get('mirror') ?? '').split(',').flatMap((place) => (place ? [resolve(place)] : []));
  const missing = mirrors.find((place) => !existsSync(place));
  if (missing) throw new SetupError(`There is no ${missing}. Name a history folder or a copy of its checkpoints.log.`);
  const keys = await trustedKeys(config, flags.get('key'));
  const opened = await openDatabase(config, { log, say: tell, mode: 'join' });
  try {
    const actor = systemActor(config.tenant, 'verify');
    const read: Read = (work) => opened.database.read(actor, work);
    const found = await verifyAll(read, actor, { keys, mirrors: withOwn(config, mirrors), bar: flags.has('json') });
    if (flags.has('json')) say(JSON.stringify(found));
    else for (const line of report(found, mirrors.length > 0)) say(line);
    return holds(found) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

export function holds({ chains, history }: Verification): boolean {
  return chains.broken.length === 0 && history.faults.length === 0;
}

/** Chains first, then the log over them. */
export async function verifyAll(
  read: Read,
  actor: Actor,
  { keys, mirrors, bar }: { keys: ReadonlyMap<string, string>; mirrors: readonly string[]; bar: boolean },
): Promise<Verification> {
  const chains = await withBar('chains', bar, (progress) => checkTenant(read, actor, progress));
  const history = await withBar('history', bar, (progress) => checkHistory({ read, actor, keys, mirrors, progress }));
  return { chains, history };
}

/** Keys are believed from files alone; what stands in the database could be put there with the rest. */
async function trustedKeys(config: Config, file: string | undefined): Promise<ReadonlyMap<string, string>> {
  const keys = new Map(await readKeys(config.historyFolder));
  if (existsSync(config.signingKeyFile)) {
    const signer = await loadSigner(config);
    keys.set(signer.keyId, signer.publicKey);
  }
  if (file !== undefined) {
    const key = await readFile(file, 'utf8');
    keys.set(keyIdOf(key), key);
  }
  return keys;
}

/** The platform's own history folder is compared as well, where there is one. */
function withOwn(config: Config, mirrors: readonly string[]): readonly string[] {
  return existsSync(config.historyFolder) ? [config.historyFolder, ...mirrors] : mirrors;
}

/** The outcome in words, with what it does not cover. */
export function report({ chains, history }: Verification, mirrored: boolean): readonly string[] {
  const lines = [
    `${chains.cases} cases, ${chains.events} events, ${chains.erased} erased by order, ${chains.broken.length} broken`,
    ...chains.broken.map(({ number, seq, reason }) => `  ${number}: event ${seq}: ${reason}`),
    `${history.entries} log entries, ${history.checkpoints} checkpoints, ${history.faults.length} faults`,
    ...history.faults.map(
      ({ place, index, reason, names }) =>
        `  ${index === null ? '' : `entry ${index}: `}${reason}${names.length > 0 ? `: ${names.join(', ')}` : ''}${place ? ` (${place})` : ''}`,
    ),
    ...chains.orders.map(({ order, events }) => `erased by order ${order}: ${events} events`),
  ];
  if (history.removedBatches > 0) {
    lines.push(`removed after their term: the entries of ${history.removedBatches} batches of the audit record`);
  }
  for (const { place, size, at } of history.mirrors)
    lines.push(`compared with ${place}: ${size} entries, ${at ?? '-'}`);
  const covered = history.mirrors.reduce((most, { size }) => Math.max(most, size), 0);
  const until = history.mirrors.find(({ size }) => size === covered)?.at ?? null;
  lines.push(
    `not covered: what happened after ${until ?? 'the beginning, since no copy was compared'}; present states and lists, which follow from the events; the words erased by order`,
  );
  if (!mirrored) {
    lines.push('Only the copy on this machine was compared. Name one that others keep: verify --mirror FOLDER');
  }
  lines.push(holds({ chains, history }) ? 'holds' : 'BROKEN');
  return lines;
}
