import { openTable } from '../modules/imports/index.ts';
import { evaluateCommand, type LabelledFile, trainCommand, TriageError } from '../modules/triage/index.ts';
import type { Arguments } from '../platform/config/config.ts';

const USAGE =
  'usage: triage train FILE… --map MAP --out MODEL\n' +
  '       triage evaluate FILE --map MAP --model MODEL [--json]\n' +
  '       triage evaluate FILE --map MAP --folds 5 [--json]\n' +
  '       triage evaluate FILE --map MAP --train FILE --train-map MAP [--json]';

/** Trains and measures classifiers on labelled files; needs neither database nor network. */
export async function triageCommand({ words, flags }: Arguments): Promise<number> {
  const [, what, ...files] = words;
  const map = flags.get('map');
  if (map === undefined || files.length === 0) throw new TriageError(USAGE);
  const opened = (path: string, mapping: string): LabelledFile => ({ path, map: mapping, open: () => openTable(path) });
  const sources = files.map((path) => opened(path, map));
  const json = flags.has('json');
  if (what === 'train') {
    const out = flags.get('out');
    if (out === undefined) throw new TriageError(USAGE);
    return trainCommand({ sources, out, json });
  }
  const [source] = sources;
  if (what !== 'evaluate' || source === undefined || sources.length > 1) throw new TriageError(USAGE);
  const training = flags.get('train');
  return evaluateCommand({
    source,
    model: flags.get('model') ?? null,
    folds: flags.has('folds') ? foldsFrom(flags.get('folds')) : null,
    training: training === undefined ? null : opened(training, flags.get('train-map') ?? map),
    json,
  });
}

function foldsFrom(given: string | undefined): number {
  const folds = Number(given);
  if (!Number.isInteger(folds) || folds < 2 || folds > 20) throw new TriageError('--folds must be from 2 to 20');
  return folds;
}
