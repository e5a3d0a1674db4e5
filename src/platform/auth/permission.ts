import type { Actor, Officer, Post, Role } from './actor.ts';

/** Role → actions (`cases.dispatch`). Each module declares its own; main.ts joins them. */
export type Grants = Readonly<Partial<Record<Role, readonly string[]>>>;

export type Permissions = ReadonlyMap<Role, ReadonlySet<string>>;

export function joinGrants(all: readonly Grants[]): Permissions {
  const joined = new Map<Role, Set<string>>();
  for (const grants of all) {
    for (const [role, actions] of Object.entries(grants) as [Role, readonly string[]][]) {
      const set = joined.get(role) ?? new Set<string>();
      for (const action of actions) set.add(action);
      joined.set(role, set);
    }
  }
  return joined;
}

/** The posts of an actor whose role may do `action`; empty for everyone but officers. */
export function postsFor(permissions: Permissions, actor: Actor, action: string): readonly Post[] {
  if (actor.kind !== 'officer') return [];
  return actor.posts.filter((post) => permissions.get(post.role)?.has(action) === true);
}

/** True when one of the posts' prefixes covers the division code. */
export function covers(posts: readonly Post[], areaCode: string): boolean {
  return posts.some((post) => post.scope.some((prefix) => areaCode.startsWith(prefix)));
}

export function organisationsOf(actor: Officer): readonly string[] {
  return [...new Set(actor.posts.map((post) => post.organisationId))];
}
