import { csvLine } from '../../kit/csv.ts';
import { isRefusal, type Result } from '../../kit/result.ts';
import type { Actor } from '../auth/actor.ts';
import type { Signer } from '../crypto/signer.ts';
import type { ReadTx } from '../database/database.ts';
import type { AnswerOf, BodyOf } from '../http/contract.ts';
import { type exportEntries, MOST_EXPORTED } from './contract.ts';
import { allEntries } from './list.ts';

type Entry = Extract<Awaited<ReturnType<typeof allEntries>>, readonly unknown[]>[number];

const COLUMNS = [
  'id',
  'at',
  'actorId',
  'actorKind',
  'postId',
  'action',
  'targetKind',
  'targetId',
  'result',
  'address',
  'details',
] as const;

/** Writes entries into a file and signs its bytes. */
export async function exportSigned(
  tx: ReadTx,
  actor: Actor,
  signer: Signer,
  { format, ...filter }: BodyOf<typeof exportEntries>,
  now: Date,
): Promise<Result<AnswerOf<typeof exportEntries>>> {
  const entries = await allEntries(tx, actor, filter, MOST_EXPORTED);
  if (isRefusal(entries)) return entries;
  const content = format === 'csv' ? asCsv(entries) : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    filename: `audit-${actor.tenant}-${stamp}.${format}`,
    content,
    entries: entries.length,
    signature: signer.sign(Buffer.from(content)).toString('base64'),
    algorithm: signer.algorithm,
    keyId: signer.keyId,
  };
}

/** With a byte order mark, which spreadsheets need to read it as UTF-8. */
function asCsv(entries: readonly Entry[]): string {
  const lines = entries.map((entry) =>
    csvLine(COLUMNS.map((column) => (column === 'details' ? JSON.stringify(entry.details) : entry[column]))),
  );
  return `\ufeff${[csvLine(COLUMNS), ...lines].join('\r\n')}\r\n`;
}
