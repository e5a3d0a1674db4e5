const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Keeps the named search parameters that hold words; everything else of an address is dropped. */
export function keeping(names: readonly string[]) {
  return (search: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = text(search[name]);
        return value === undefined ? [] : [[name, value]];
      }),
    );
}

/** Only a path of our own may be gone back to, never another site. */
export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value);
}
