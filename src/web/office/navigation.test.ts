import { describe, expect, it } from 'vitest';
import { groupsFor, homeOf, isFieldWorker } from './navigation.ts';
import type { Session } from './session.ts';
import { officeTexts } from './texts.ts';

type Post = Session['posts'][number];

function session(permissions: readonly string[], roles: readonly Post['role'][] = []): Session {
  return {
    user: { id: 'u', username: 'u', name: 'U' },
    permissions: new Set(permissions),
    posts: roles.map((role) => ({ role }) as Post),
  };
}

describe('what the rail offers', () => {
  it('shows an entry to whoever has a use for it, and no empty group', () => {
    const groups = groupsFor(session(['audit.read']));
    expect(groups.map((group) => group.entries.map((entry) => entry.to))).toEqual([['/inbox'], ['/audit']]);
  });

  it('has a text for every entry', () => {
    const every = ['cases.read', 'cases.register', 'cases.report', 'areas.manage', 'organisations.read', 'posts.read'];
    const more = ['catalogue.read', 'messages.manage', 'auth.read_accounts', 'audit.read'];
    const keys = groupsFor(session([...every, ...more])).flatMap((group) => [
      group.label,
      ...group.entries.map((one) => one.label),
    ]);
    expect(keys.filter((key) => !(key in officeTexts.en))).toEqual([]);
  });

  it('takes grid workers to their grid, but not those who also hold another post', () => {
    expect(isFieldWorker(session([], ['grid_worker']))).toBe(true);
    expect(isFieldWorker(session([], ['grid_worker', 'verifier']))).toBe(false);
    expect(isFieldWorker(session([]))).toBe(false);
  });

  it('begins where the work is', () => {
    expect(homeOf(session(['cases.read', 'cases.report'], ['grid_worker']))).toBe('/mine');
    expect(homeOf(session(['cases.read'], ['handler']))).toBe('/');
    expect(homeOf(session(['auth.read_accounts'], ['administrator']))).toBe('/accounts');
    expect(homeOf(session([]))).toBe('/inbox');
  });
});
