import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { App } from '../../platform/app.ts';
import { describeError } from '../../platform/database/describe-error.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { decodeModel } from './model-file.ts';
import type { Model } from './rules/model.ts';
import { activeModel } from './store.ts';
import { modelPath } from './training.ts';

export type Classifier = { readonly version: number; readonly model: Model };

const loaded = new WeakMap<object, { digest: string; classifier: Promise<Classifier | null> }>();

/**
 * The model in use, read from its file once. Null before the first training, and where the file is not on this
 * machine: then suggestions come from the catalogue's words alone.
 */
export async function classifierOf(app: App, tx: ReadTx): Promise<Classifier | null> {
  const row = await activeModel(tx);
  if (row === null) return null;
  const known = loaded.get(app.config);
  if (known?.digest === row.digest) return known.classifier;
  const classifier = load(app, row.version, row.digest);
  loaded.set(app.config, { digest: row.digest, classifier });
  return classifier;
}

async function load(app: App, version: number, digest: string): Promise<Classifier | null> {
  const path = modelPath(app, version);
  try {
    const bytes = await readFile(path);
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw new Error('is not the file that was trained');
    return { version, model: decodeModel(bytes, path) };
  } catch (error) {
    app.log.error({ error: describeError(error), version }, 'triage: the model cannot be read; words alone are used');
    return null;
  }
}
