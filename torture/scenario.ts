/** What a scenario gets: its seed, how much to do, and where to say how far it is. */
export type Run = {
  readonly seed: number;
  /** How often, for the scenarios that count rounds or requests; null: the scenario's own number. */
  readonly rounds: number | null;
  /** Words of names, for the scenario that goes through a list; null: all of it. */
  readonly entries: readonly string[] | null;
  /** A fresh copy of a loaded demo; the platform on it is the scenario's to start and stop. */
  readonly demoFolder: () => Promise<string>;
  readonly say: (line: string) => void;
};

/** Counts for people and machines, and everything that should not have been. */
export type Outcome = {
  readonly counts: Readonly<Record<string, number | string>>;
  readonly failures: readonly string[];
};

export type Scenario = {
  readonly name: string;
  readonly run: (run: Run) => Promise<Outcome>;
};

/** Collects failures; a thousand of one kind are told once, with their number. */
export class Failures {
  readonly #seen = new Map<string, { first: string; count: number }>();

  /** `kind` groups; `detail` is kept of the first. */
  add(kind: string, detail: string): void {
    const known = this.#seen.get(kind);
    if (known) known.count += 1;
    else this.#seen.set(kind, { first: detail, count: 1 });
  }

  list(): readonly string[] {
    return [...this.#seen].map(([kind, { first, count }]) => `${kind} (${count} times), first: ${first}`);
  }
}
