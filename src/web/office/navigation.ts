import { may, type Session } from './session.ts';

export type Entry = {
  readonly to: string;
  /** Text key of the label. */
  readonly label: string;
  /** Actions that give it a use; everyone when absent. */
  readonly actions?: readonly string[];
};

const LOOK: readonly Entry[] = [
  { to: '/queues/all', label: 'office.nav.all', actions: ['cases.read'] },
  { to: '/search', label: 'office.nav.search', actions: ['cases.read'] },
  { to: '/new', label: 'office.nav.new', actions: ['cases.register'] },
  { to: '/mine', label: 'office.nav.mine', actions: ['cases.report'] },
  { to: '/inbox', label: 'office.nav.inbox' },
];

/** Matters that need more than one office, and clocks that watch them. */
const COOPERATE: readonly Entry[] = [
  { to: '/joint', label: 'office.nav.joint', actions: ['joint_handling.read'] },
  { to: '/duty', label: 'office.nav.duty', actions: ['duty.follow'] },
  { to: '/supervision', label: 'office.nav.supervision', actions: ['supervision.read'] },
  { to: '/exclusions', label: 'office.nav.exclusions', actions: ['exclusions.read'] },
  { to: '/call-backs', label: 'office.nav.call_backs', actions: ['call-backs.call', 'call-backs.read'] },
  { to: '/hot-issues', label: 'office.nav.hot_issues', actions: ['clusters.read'] },
  { to: '/figures', label: 'office.nav.figures', actions: ['statistics.read'] },
];

const LISTS: readonly Entry[] = [
  { to: '/areas', label: 'office.nav.areas', actions: ['areas.read', 'areas.manage'] },
  { to: '/organisations', label: 'office.nav.organisations', actions: ['organisations.read'] },
  { to: '/posts', label: 'office.nav.posts', actions: ['posts.read'] },
  { to: '/catalogue', label: 'office.nav.catalogue', actions: ['catalogue.read'] },
  { to: '/dispatch-list', label: 'office.nav.dispatch_list', actions: ['catalogue.read'] },
  { to: '/answer-templates', label: 'office.nav.answer_templates', actions: ['answers.read'] },
];

const SYSTEM: readonly Entry[] = [
  { to: '/triage', label: 'office.nav.triage', actions: ['triage.manage'] },
  { to: '/messages', label: 'office.nav.messages', actions: ['messages.manage'] },
  {
    to: '/privacy',
    label: 'office.nav.privacy',
    actions: ['privacy.decide', 'privacy.look_up', 'privacy.manage', 'privacy.list_affected'],
  },
  { to: '/accounts', label: 'office.nav.accounts', actions: ['auth.read_accounts'] },
  { to: '/history', label: 'office.nav.history', actions: ['ledger.read', 'backup.read'] },
  { to: '/audit', label: 'office.nav.audit', actions: ['audit.read'] },
];

export type Group = { readonly label: string; readonly entries: readonly Entry[] };

/** What a person's rail offers beside the queues; groups without an entry are left out. */
export function groupsFor(session: Session | undefined): readonly Group[] {
  const fits = (entry: Entry) => entry.actions === undefined || may(session, entry.actions);
  return [
    { label: 'office.nav.look', entries: LOOK.filter(fits) },
    { label: 'office.nav.cooperate', entries: COOPERATE.filter(fits) },
    { label: 'office.nav.lists', entries: LISTS.filter(fits) },
    { label: 'office.nav.system', entries: SYSTEM.filter(fits) },
  ].filter((group) => group.entries.length > 0);
}

/** Where somebody's work begins: at the queues; without any, at the grid or at what is his to keep. */
export function homeOf(session: Session | undefined): string {
  if (isFieldWorker(session)) return '/mine';
  if (session === undefined || may(session, ['cases.read'])) return '/';
  // Whoever keeps lists begins there, not at what he may look at besides.
  const besides = ['office.nav.look', 'office.nav.cooperate'];
  const kept = groupsFor(session).filter((group) => !besides.includes(group.label));
  return kept[0]?.entries[0]?.to ?? '/inbox';
}

/** Grid workers without another post begin on their grid. */
export function isFieldWorker(session: Session | undefined): boolean {
  return (
    session !== undefined && session.posts.length > 0 && session.posts.every((post) => post.role === 'grid_worker')
  );
}
