/** Wrong arguments, an unreadable mapping or file: said in one line, no stack. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
