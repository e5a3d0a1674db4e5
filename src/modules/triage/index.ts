export { evaluateCommand, type Evaluation, trainCommand } from './command.ts';
export type { LabelledFile } from './labelled-file.ts';
export { TriageError } from './triage-error.ts';
