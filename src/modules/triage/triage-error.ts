/** A file, mapping or model that cannot be used, said to whoever runs the command. */
export class TriageError extends Error {
  override readonly name = 'TriageError';
}
