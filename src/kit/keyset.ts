/** Where a keyset page by time and id goes on. */
export type Position = { readonly at: Date; readonly id: string };

/** An opaque cursor; times are of the millisecond, as the application writes them. */
export function writePosition(position: Position): string {
  return `${position.at.getTime().toString(36)}.${position.id}`;
}

/** Null for what is no cursor of ours. */
export function readPosition(cursor: string): Position | null {
  const match = /^([0-9a-z]{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!match?.[1] || !match[2]) return null;
  return { at: new Date(Number.parseInt(match[1], 36)), id: match[2] };
}
