import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { BLOCKS } from './rules/features.ts';
import type { Model } from './rules/model.ts';
import { TriageError } from './triage-error.ts';

/** The first bytes of a model's file; the number changes with what stands in it. */
const MAGIC = 'gongzhi-triage-1\n';

const header = z.strictObject({
  labels: z.array(z.string()),
  temperature: z.number().positive(),
  trainedOn: z.int(),
  /** By block, so that a model of another arrangement is refused instead of misread. */
  features: z.array(z.strictObject({ block: z.string(), names: z.array(z.string()) })),
  digest: z.string(),
});

/** Magic, length of the header, header as JSON, then idf of each block, weights and biases as 32-bit floats. */
export function encodeModel(model: Model): Buffer {
  const weights = model.weights instanceof Float32Array ? model.weights : new Float32Array(model.weights);
  const numbers = Buffer.concat(
    [...model.vocabularies.map(({ idf }) => idf), weights, model.biases].map((each) =>
      Buffer.from(each.buffer, each.byteOffset, each.byteLength),
    ),
  );
  const head = Buffer.from(
    JSON.stringify({
      labels: [...model.labels],
      temperature: model.temperature,
      trainedOn: model.trainedOn,
      features: model.vocabularies.map(({ index }, at) => ({
        block: BLOCKS[at]?.name ?? '',
        names: [...index.keys()],
      })),
      digest: createHash('sha256').update(numbers).digest('hex'),
    } satisfies z.input<typeof header>),
  );
  // Spaces after the JSON, so that the numbers stand where they can be used in place.
  const spare = Buffer.alloc(-(MAGIC.length + 4 + head.length) & 3, ' ');
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length + spare.length);
  return Buffer.concat([Buffer.from(MAGIC), size, head, spare, numbers]);
}

/**
 * The model that these bytes hold, its weights with 16 bits: some ten megabytes that every process holds, and the rest of
 * their digits decides nothing. Throws `TriageError` for what is no model, was cut short or changed.
 */
export function decodeModel(bytes: Buffer, path: string): Model {
  const fail = (why: string) => new TriageError(`${path}: ${why}`);
  if (bytes.subarray(0, MAGIC.length).toString() !== MAGIC || bytes.length < MAGIC.length + 4)
    throw fail('is no model of this version');
  const start = MAGIC.length + 4;
  const end = start + bytes.readUInt32LE(MAGIC.length);
  const parsed = header.safeParse(parseJson(bytes.subarray(start, end).toString()));
  if (!parsed.success) throw fail('the model cannot be read; was it cut short?');
  const { labels, temperature, trainedOn, features, digest } = parsed.data;
  const numbers = bytes.subarray(end);
  if (createHash('sha256').update(numbers).digest('hex') !== digest) throw fail('the model was cut short or changed');
  if (features.map(({ block }) => block).join() !== BLOCKS.map(({ name }) => name).join())
    throw fail('the model was made by another version');
  // A file of before the numbers stood in place.
  const even = numbers.byteOffset % 4 === 0 ? numbers : Uint8Array.from(numbers);
  let at = even.byteOffset;
  const take = (count: number) => {
    const part = new Float32Array(even.buffer, at, count);
    at += 4 * count;
    return part;
  };
  const vocabularies = features.map(({ names }) => ({
    index: new Map(names.map((name, column) => [name, column])),
    idf: take(names.length).slice(),
  }));
  const width = features.reduce((sum, { names }) => sum + names.length, 0);
  return {
    labels,
    vocabularies,
    weights: small(take(width * labels.length)),
    biases: take(labels.length).slice(),
    temperature,
    trainedOn,
  };
}

/** Node 22 has no numbers of 16 bits. */
function small(weights: Float32Array): Model['weights'] {
  return 'Float16Array' in globalThis ? new Float16Array(weights) : weights.slice();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Written beside and renamed, so that nobody reads half a model. */
export async function writeModel(path: string, model: Model): Promise<void> {
  await writeFile(`${path}.part`, encodeModel(model), { mode: 0o600 });
  await rename(`${path}.part`, path);
}

export async function readModel(path: string): Promise<Model> {
  try {
    return decodeModel(await readFile(path), path);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') throw new TriageError(`no model ${path}`);
    throw error;
  }
}
