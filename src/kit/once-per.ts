/** What was made for an object and a name; forgotten with the object. */
export type OncePer<K extends WeakKey, T> = (owner: K, name: string, make: () => T) => T;

/** Keeps what is dear to make and asked for again and again: made at the first call for an object and a name. */
export function oncePer<K extends WeakKey, T>(): OncePer<K, T> {
  const kept = new WeakMap<K, Map<string, T>>();
  return (owner, name, make) => {
    const known = kept.get(owner) ?? new Map<string, T>();
    kept.set(owner, known);
    if (!known.has(name)) known.set(name, make());
    return known.get(name) as T;
  };
}
