/** One protection: where it stands, how the code reads without it, and the tests that must notice. */
export type Protection = {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once; of a pattern the first place is taken. */
  readonly with: string | RegExp;
  readonly without: string;
  /** Files or folders given to the test runner, or one script of checks/. */
  readonly tests: readonly string[];
};
