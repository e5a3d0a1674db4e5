/**
 * Something about the installation that its operator has to put right. The message says what and how, so it is shown
 * without a stack.
 */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
}
