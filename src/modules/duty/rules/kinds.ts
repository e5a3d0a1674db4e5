/** A kind of team, and which urgent matters go to it by themselves. */
export type TeamKind = {
  readonly kind: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Prefixes of class codes, `*` for all. */
  readonly takes: readonly string[];
};

/** The kinds that ship: the hands and feet of a township's command (手脚). A place adds its own or changes what they take. */
export const SHIPPED_KINDS: readonly TeamKind[] = [
  { kind: 'emergency', nameZh: '应急处置', nameEn: 'Emergency', takes: ['*'] },
  { kind: 'enforcement', nameZh: '综合执法', nameEn: 'Enforcement', takes: [] },
  { kind: 'mediation', nameZh: '矛盾调解', nameEn: 'Mediation', takes: ['02'] },
  { kind: 'grid', nameZh: '网格巡查', nameEn: 'Grid patrol', takes: [] },
];

/** The shipped kinds with what the place says in their stead, and its own. */
export function kindsWith(rows: readonly TeamKind[]): readonly TeamKind[] {
  const own = new Map(rows.map((row) => [row.kind, row]));
  const shipped = SHIPPED_KINDS.map((kind) => own.get(kind.kind) ?? kind);
  const more = rows.filter((row) => !SHIPPED_KINDS.some((kind) => kind.kind === row.kind));
  return [...shipped, ...more];
}

/** The kinds that take an urgent matter of a class, the one that names the class most closely first. */
export function kindsFor(kinds: readonly TeamKind[], classCode: string): readonly TeamKind[] {
  const closeness = ({ takes }: TeamKind) =>
    Math.max(-1, ...takes.map((prefix) => (prefix === '*' ? 0 : classCode.startsWith(prefix) ? prefix.length : -1)));
  return kinds.filter((kind) => closeness(kind) >= 0).toSorted((one, other) => closeness(other) - closeness(one));
}
