import { Presets, SingleBar } from 'cli-progress';
import { type FileText, type LabelledFile, readLabelled, type RowProblem } from './labelled-file.ts';
import { readModel, writeModel } from './model-file.ts';
import { crossValidate, withoutOverlap } from './rules/cross-validate.ts';
import { BASELINE, BLOCKS } from './rules/features.ts';
import { type Figures, figuresOf } from './rules/measure.ts';
import { best, type Labelled, type Model, train } from './rules/model.ts';
import { TriageError } from './triage-error.ts';

/** `triage train FILE… --map MAP --out MODEL`: answers the exit code. */
export async function trainCommand(args: {
  readonly sources: readonly LabelledFile[];
  readonly out: string;
  readonly json: boolean;
}): Promise<number> {
  const read = await Promise.all(args.sources.map(readLabelled));
  const texts = read.flatMap((file) => file.texts);
  tellProblems(args.sources, read);
  const started = performance.now();
  const model = await withBar(args.json, (onProgress) => train(texts, { onProgress }));
  await writeModel(args.out, model);
  const told = { model: args.out, trainedOn: texts.length, labels: model.labels, seconds: secondsSince(started) };
  print(args.json, told, [
    `trained on ${told.trainedOn} texts of ${model.labels.length} classes in ${told.seconds} s: ${args.out}`,
  ]);
  return 0;
}

/** What `triage evaluate` prints. */
export type Evaluation = Figures & {
  readonly file: string;
  readonly way: 'model' | 'folds' | 'apart';
  /** Words by TF-IDF under the same conditions; null where a finished model is measured. */
  readonly baseline: Figures | null;
  /** Texts answered a second, words cut and all, by one thread; null where none was timed. */
  readonly messagesPerSecond: number | null;
  /** How much of the other file was left to train with, and how much overlapped. */
  readonly training: { readonly texts: number; readonly overlapping: number } | null;
  readonly problems: readonly RowProblem[];
  readonly seconds: number;
};

/** `triage evaluate FILE`: a finished model, folds of the file itself, or a training with another file. */
export async function evaluateCommand(args: {
  readonly source: LabelledFile;
  readonly model: string | null;
  readonly folds: number | null;
  readonly training: LabelledFile | null;
  readonly json: boolean;
}): Promise<number> {
  const { source, folds, json } = args;
  const started = performance.now();
  const model = args.model === null ? null : await readModel(args.model);
  const { texts, problems } = await readLabelled(source);
  tellProblems([source], [{ problems }]);
  const found = await withBar(json, async (onProgress) => {
    if (model !== null) return measureModel(model, texts);
    if (folds !== null) return inFolds(texts, folds, onProgress);
    if (args.training !== null) return trainedApart((await readLabelled(args.training)).texts, texts, onProgress);
    throw new TriageError('say what to measure: --model MODEL, --folds N, or --train FILE');
  });
  const told: Evaluation = { file: source.path, ...found, problems, seconds: secondsSince(started) };
  print(json, told, summary(told));
  return 0;
}

type Found = Omit<Evaluation, 'file' | 'problems' | 'seconds'>;

/** Each text is answered alone, as one comes in. */
function measureModel(model: Model, texts: readonly FileText[]): Found {
  const labels = [...new Set([...model.labels, ...texts.map(({ label }) => label)])].sort();
  const { answers, messagesPerSecond } = answerAll(model, texts, labels);
  const truth = texts.map(({ label }) => labels.indexOf(label));
  return { way: 'model', ...figuresOf(labels, truth, answers), baseline: null, messagesPerSecond, training: null };
}

function inFolds(texts: readonly Labelled[], folds: number, onProgress: (share: number) => void): Found {
  const figures = crossValidate(texts, folds, BLOCKS, (share) => onProgress(share * 0.85));
  const baseline = crossValidate(texts, folds, BASELINE, (share) => onProgress(0.85 + share * 0.15));
  return { way: 'folds', ...figures, baseline, messagesPerSecond: null, training: null };
}

function trainedApart(
  others: readonly Labelled[],
  tested: readonly FileText[],
  onProgress: (share: number) => void,
): Found {
  const kept = withoutOverlap(others, tested);
  const labels = [...new Set([...kept, ...tested].map(({ label }) => label))].sort();
  const truth = tested.map(({ label }) => labels.indexOf(label));
  const model = train(kept, { calibrate: false, onProgress: (share) => onProgress(share * 0.85) });
  const { answers, messagesPerSecond } = answerAll(model, tested, labels);
  const plain = train(kept, {
    blocks: BASELINE,
    calibrate: false,
    onProgress: (share) => onProgress(0.85 + share * 0.15),
  });
  const plainly = tested.map(({ words }) => labels.indexOf(plain.labels[best(plain, words, BASELINE)] ?? ''));
  return {
    way: 'apart',
    ...figuresOf(labels, truth, answers),
    baseline: figuresOf(labels, truth, plainly),
    messagesPerSecond,
    training: { texts: kept.length, overlapping: others.length - kept.length },
  };
}

function answerAll(model: Model, texts: readonly FileText[], labels: readonly string[]) {
  // The dictionary is loaded and the code compiled before the clock runs.
  for (const { recut } of texts.slice(0, 50)) best(model, recut());
  const started = performance.now();
  const answers = texts.map(({ recut }) => labels.indexOf(model.labels[best(model, recut())] ?? ''));
  return { answers, messagesPerSecond: Math.round(texts.length / ((performance.now() - started) / 1000)) };
}

async function withBar<T>(quiet: boolean, work: (onProgress: (share: number) => void) => T | Promise<T>): Promise<T> {
  if (quiet || !process.stderr.isTTY) return work(() => undefined);
  const format = '{bar} {percentage}% | {eta_formatted}';
  const bar = new SingleBar({ stream: process.stderr, format }, Presets.shades_classic);
  bar.start(100, 0);
  try {
    return await work((share) => bar.update(Math.round(share * 100)));
  } finally {
    bar.stop();
  }
}

/** On stderr, so that a JSON answer stays whole. */
function tellProblems(
  sources: readonly LabelledFile[],
  read: readonly { readonly problems: readonly RowProblem[] }[],
): void {
  for (const [at, { problems }] of read.entries()) {
    for (const { line, problem } of problems.slice(0, 20)) {
      process.stderr.write(`${sources[at]?.path}, line ${line}: ${problem}\n`);
    }
    if (problems.length > 20) process.stderr.write(`… and ${problems.length - 20} rows more\n`);
  }
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}

function print(json: boolean, told: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : `${lines.join('\n')}\n`);
}

function summary(told: Evaluation): readonly string[] {
  const line = (name: string, { macroF1, accuracy }: Figures) => `${name}: macro-F1 ${macroF1}, accuracy ${accuracy}`;
  return [
    `${told.file}: ${told.count} texts, ${told.seconds} s`,
    ...(told.training
      ? [`trained on ${told.training.texts} texts; ${told.training.overlapping} that overlap left out`]
      : []),
    line('model', told),
    ...(told.baseline ? [line('words by TF-IDF', told.baseline)] : []),
    ...(told.messagesPerSecond === null ? [] : [`${told.messagesPerSecond} messages a second on one core`]),
    ...told.classes.map(
      (one) => `  ${one.label}: F1 ${one.f1}, precision ${one.precision}, recall ${one.recall}, ${one.count} texts`,
    ),
  ];
}
