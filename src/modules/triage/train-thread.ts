import { parentPort, workerData } from 'node:worker_threads';
import { writeModel } from './model-file.ts';
import { crossValidate } from './rules/cross-validate.ts';
import { type Labelled, train } from './rules/model.ts';
import type { ThreadAnswer, ThreadWork } from './training.ts';
import { readWords } from './words.ts';

/** Trains beside the server, so that nobody waits for it; says how far it is and what came of it. */
const { base, confirmed, path } = workerData as ThreadWork;
const say = (answer: ThreadAnswer) => parentPort?.postMessage(answer);

/** Fewer confirmed cases than this say nothing about how good the model is. */
const FEWEST_MEASURED = 200;
const FOLDS = 3;

const started = performance.now();
const read = (texts: ThreadWork['base']): Labelled[] =>
  texts.map(({ title, body, label }) => ({ words: readWords(title, body), label }));
const own = read(confirmed);
// Twice, so that what stands in one example alone counts, too: nobody wrote it.
const texts = [...own, ...read(base), ...read(base)];
const measured = own.length >= FEWEST_MEASURED;
const figures = measured
  ? crossValidate(own, FOLDS, undefined, (share) => say({ kind: 'share', share: share * 0.7 }))
  : null;
const model = train(texts, {
  onProgress: (share) => say({ kind: 'share', share: measured ? 0.7 + share * 0.3 : share }),
});
await writeModel(path, model);
say({
  kind: 'done',
  examples: base.length,
  confirmed: own.length,
  macroF1: figures?.macroF1 ?? null,
  accuracy: figures?.accuracy ?? null,
  seconds: Math.round((performance.now() - started) / 100) / 10,
});
