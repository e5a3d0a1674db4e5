/** A screen to look at: whose it is, and where. `{case}` and the like are filled from the platform, see FIRST_OF. */
export type ScreenToTake = {
  readonly name: string;
  readonly path: string;
  /** Part of the username of a demo account; nobody signed in when left out. */
  readonly account?: string;
  /** Selectors of what is pressed there, one after the other, before it is looked at. */
  readonly press?: readonly string[];
};

/** Where the first item of a list stands in for a placeholder: the address to ask and the field to take. */
export const FIRST_OF: Readonly<Record<string, { readonly path: string; readonly field: string }>> = {
  case: { path: '/api/cases?limit=1', field: 'id' },
  released: { path: '/api/public/cases?limit=1', field: 'number' },
  order: { path: '/api/supervision/orders?box=area&limit=1', field: 'id' },
  organisation: { path: '/api/organisations?limit=1', field: 'id' },
  joint: { path: '/api/joint-handlings?limit=1', field: 'id' },
  dutyCall: { path: '/api/duty/calls?limit=1', field: 'id' },
};

/** Begins to choose in a list, and chooses all of it. */
const CHOOSE = ['.choosing-bar .ant-btn', '.choosing-line .ant-checkbox-input'];
const bulk = (place: number) => `.bulk-actions > .ant-btn:nth-of-type(${place})`;

export const SCREENS: readonly ScreenToTake[] = [
  { name: 'portal-home', path: '/' },
  { name: 'portal-report', path: '/report' },
  { name: 'portal-track', path: '/track' },
  { name: 'portal-track-by-phone', path: '/track/phone' },
  { name: 'portal-near-me', path: '/cases' },
  { name: 'portal-one-case', path: '/cases/{released}' },
  { name: 'portal-my-grid', path: '/grid' },
  { name: 'portal-issues', path: '/issues' },
  { name: 'portal-exclusions', path: '/exclusions' },
  { name: 'portal-privacy', path: '/privacy' },
  { name: 'portal-history', path: '/history' },
  { name: 'portal-accessibility', path: '/accessibility' },
  { name: 'portal-not-found', path: '/nowhere' },
  { name: 'office-sign-in', path: '/office/sign-in' },
  { name: 'office-dispatcher-home', path: '/office/', account: 'dispatcher' },
  { name: 'office-dispatcher-case', path: '/office/cases/{case}', account: 'dispatcher' },
  { name: 'office-dispatcher-new', path: '/office/new', account: 'dispatcher' },
  { name: 'office-call-backs', path: '/office/call-backs', account: 'dispatcher' },
  { name: 'office-call-backs-figures', path: '/office/call-backs?tab=figures', account: 'dispatcher' },
  { name: 'office-call-backs-scripts', path: '/office/call-backs?tab=scripts', account: 'admin' },
  { name: 'office-search', path: '/office/search', account: 'dispatcher' },
  { name: 'office-search-choosing', path: '/office/search', account: 'dispatcher', press: CHOOSE },
  { name: 'office-bulk-chosen', path: '/office/queues/all', account: 'dispatcher', press: CHOOSE },
  {
    name: 'office-bulk-dispatch',
    path: '/office/queues/to_dispatch',
    account: 'dispatcher',
    press: [...CHOOSE, bulk(1)],
  },
  { name: 'office-bulk-note', path: '/office/queues/all', account: 'dispatcher', press: [...CHOOSE, bulk(3)] },
  { name: 'office-bulk-print', path: '/office/queues/all', account: 'dispatcher', press: [...CHOOSE, bulk(4)] },
  { name: 'office-inbox', path: '/office/inbox', account: 'dispatcher' },
  { name: 'office-handler-home', path: '/office/', account: 'handler' },
  { name: 'office-handler-case', path: '/office/cases/{case}', account: 'handler' },
  { name: 'office-verifier-home', path: '/office/', account: 'verifier' },
  { name: 'office-orders', path: '/office/supervision', account: 'handler' },
  { name: 'office-orders-board', path: '/office/supervision?tab=board', account: 'supervisor' },
  { name: 'office-orders-area', path: '/office/supervision?tab=area', account: 'supervisor' },
  { name: 'office-order', path: '/office/supervision/orders/{order}', account: 'supervisor' },
  { name: 'office-shelved', path: '/office/supervision?tab=shelved', account: 'supervisor' },
  { name: 'office-leader-cases', path: '/office/supervision?tab=leader', account: 'supervisor' },
  { name: 'office-exclusions', path: '/office/exclusions', account: 'supervisor' },
  { name: 'office-supervisor-home', path: '/office/', account: 'supervisor' },
  { name: 'office-joint', path: '/office/joint?tab=all', account: 'dispatcher' },
  { name: 'office-joint-figures', path: '/office/joint?tab=figures', account: 'dispatcher' },
  { name: 'office-joint-one', path: '/office/joint/{joint}', account: 'town' },
  { name: 'office-duty', path: '/office/duty', account: 'dispatcher' },
  { name: 'office-duty-roster', path: '/office/duty?tab=roster', account: 'town' },
  { name: 'office-duty-police', path: '/office/duty?tab=police', account: 'dispatcher' },
  { name: 'office-duty-call', path: '/office/duty/{dutyCall}', account: 'dispatcher' },
  { name: 'office-grid-worker-mine', path: '/office/mine', account: 'grid' },
  { name: 'office-grid-worker-report', path: '/office/mine/report', account: 'grid' },
  { name: 'office-areas', path: '/office/areas', account: 'admin' },
  { name: 'office-organisations', path: '/office/organisations', account: 'admin' },
  { name: 'office-organisation', path: '/office/organisations?id={organisation}', account: 'admin' },
  { name: 'office-posts', path: '/office/posts', account: 'admin' },
  { name: 'office-grid-teams', path: '/office/posts?tab=teams', account: 'admin' },
  { name: 'office-vacancies', path: '/office/posts?tab=vacancies', account: 'admin' },
  { name: 'office-people', path: '/office/posts?tab=people', account: 'admin' },
  { name: 'office-catalogue', path: '/office/catalogue', account: 'admin' },
  { name: 'office-class', path: '/office/catalogue?class=1101', account: 'admin' },
  { name: 'office-general-deadlines', path: '/office/catalogue?tab=defaults', account: 'admin' },
  { name: 'office-settings', path: '/office/catalogue?tab=settings', account: 'admin' },
  { name: 'office-calendar', path: '/office/catalogue?tab=calendar', account: 'admin' },
  { name: 'office-dispatch-list', path: '/office/dispatch-list', account: 'admin' },
  { name: 'office-merge', path: '/office/cases/{case}/merge', account: 'dispatcher' },
  { name: 'office-hot-issues', path: '/office/hot-issues', account: 'dispatcher' },
  { name: 'office-triage', path: '/office/triage', account: 'admin' },
  { name: 'office-answer-templates', path: '/office/answer-templates', account: 'admin' },
  { name: 'office-messages', path: '/office/messages', account: 'admin' },
  { name: 'office-privacy-requests', path: '/office/privacy', account: 'supervisor' },
  { name: 'office-privacy-look-up', path: '/office/privacy', account: 'dispatcher' },
  { name: 'office-privacy-retention', path: '/office/privacy', account: 'admin' },
  { name: 'office-privacy-notice', path: '/office/privacy?tab=notice', account: 'admin' },
  { name: 'office-privacy-affected', path: '/office/privacy', account: 'auditor' },
  { name: 'office-accounts', path: '/office/accounts', account: 'admin' },
  { name: 'office-audit', path: '/office/audit', account: 'auditor' },
  { name: 'office-safety', path: '/office/safety', account: 'dispatcher' },
  { name: 'office-protect', path: '/office/protect', account: 'admin' },
  { name: 'office-history', path: '/office/history', account: 'auditor' },
  { name: 'office-backups', path: '/office/history', account: 'admin' },
  { name: 'office-password', path: '/office/password', account: 'dispatcher' },
];
