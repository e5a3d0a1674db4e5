/** What one scenario found at one size. Absent numbers could not be measured here, or mean nothing there. */
export type Figure = {
  readonly scenario: string;
  /** Which of its figures, where it has several. */
  readonly what: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  /** Milliseconds. */
  readonly p50?: number | undefined;
  readonly p99?: number | undefined;
  /** What was measured beside it in the same run, and what it gave in the same unit. */
  readonly floor?: { readonly what: string; readonly value: number; readonly p50?: number | undefined } | undefined;
  readonly target?: Target | undefined;
  /** Milliseconds of a core for one operation. */
  readonly cpuNode?: number | undefined;
  readonly cpuDatabase?: number | undefined;
  /** Resident megabytes of the largest process of the platform. */
  readonly memory?: number | undefined;
  readonly statements?: number | undefined;
  readonly roundTrips?: number | undefined;
  /** Bytes of write-ahead log for one operation. */
  readonly wal?: number | undefined;
  readonly errors?: number | undefined;
  readonly notes?: readonly string[] | undefined;
  /** How memory went over a long run. */
  readonly curve?: readonly Point[] | undefined;
};

export type Point = { readonly second: number; readonly megabytes: number };

/** What it should reach, in words, and whether it does. */
export type Target = { readonly text: string; readonly met: boolean };

/** Value to floor; null without one. */
export function ratioOf(figure: Pick<Figure, 'value' | 'floor'>): number | null {
  return figure.floor && figure.floor.value > 0 ? figure.value / figure.floor.value : null;
}

/** A target of several parts; `false` parts are named in the text of what is missed. */
export function target(...parts: readonly (readonly [string, boolean])[]): Target {
  return { text: parts.map(([text]) => text).join(', '), met: parts.every(([, met]) => met) };
}

/** The value below which a share of the sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
