import { expect, test } from 'vitest';
import { MODULES } from './compose.ts';

/** What looks as if it wanted a fresh proof and does not, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'areas.export': 'places alone, nobody’s data',
  'catalogue.export_dispatch_entries': 'offices and laws alone, nobody’s data',
  'privacy.export_own': 'a person’s own data, by his own proof',
  'call-backs.show_number': 'the one number of the call just taken on, for whoever holds it, each look recorded',
  'auth.list_accounts': 'changes nothing',
  'auth.list_sessions_of': 'changes nothing',
  'demo.list_accounts': 'stands on the demo’s sign-in page anyway',
  'organisations.list_posts': 'changes nothing',
  'organisations.list_my_posts': 'changes nothing',
};

test('unmasking, exports, posts, accounts and others’ sessions want a proof of the last two minutes', () => {
  const contracts = MODULES.flatMap((module) => module.contracts);
  const looks =
    /export|unmask|_post$|_posts$|_account|issue_link|^auth\.(suspend|resume)|sessions?_of$|look_up|affected|show_number/;
  const open = contracts.filter(({ id, fresh }) => looks.test(id) && fresh !== true && WITHOUT[id] === undefined);
  expect(open.map(({ id }) => id)).toEqual([]);
  for (const id of ['cases.unmask_requester', 'bulk.export', 'audit.export_entries', 'organisations.create_post']) {
    expect([id, contracts.find((one) => one.id === id)?.fresh]).toEqual([id, true]);
  }
  const known = new Set(contracts.map(({ id }) => id));
  expect(Object.keys(WITHOUT).filter((id) => !known.has(id))).toEqual([]);
});
