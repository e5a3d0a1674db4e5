import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODULES } from '../../compose.ts';
import { TOWN, VILLAGE } from '../cast.ts';
import { type County, testCounty } from '../county.ts';
import type { Who } from '../desk.ts';
import { fillBeside, fillCases, makingRows } from './many-cases.ts';
import { explain, faultsOf, type Limits, overhear } from './plan.ts';

/**
 * Every list of the API reads a page and not more, however much there is: its own statements, overheard while those ask
 * who ask in life, are explained on a county of a hundred thousand cases.
 */
const CASES = 100_000;
// Without cases.assist: a rare filter makes the planner look through all that one office ever assisted in, which is a
// few in a thousand of the cases.
const GROWING = [
  'cases.case_file',
  'cases.case_text',
  'cases.public_release',
  'call_backs.entry',
  'supervision.supervision_order',
  'messages.inbox_item',
  'platform.audit_entry',
  'exclusions.exclusion',
];
/**
 * Bounds for a page of 20 and one more. What is merged may be a page of each of thirty walks. What is passed by on the way
 * is bounded by how small a part of the county its reader sees (a town in thirty), never by how many cases there are.
 */
const PAGE = 21;
const growing = new Set(GROWING);
const QUEUE: Limits = { growing, sorted: 30 * PAGE, read: 60 * PAGE };
/** One or two filters on top of an area: each lets another share of what comes by pass. */
const FILTERED: Limits = { growing, sorted: 30 * PAGE, read: 400 * PAGE };
/** What rarer words fit is looked up as a whole, to a bound. */
const SEARCHED: Limits = { growing, sorted: 8000, read: 400 * PAGE };
/** Counting stops at a thousand. */
const COUNTED: Limits = { growing, sorted: 0, read: 3 * 1000 };

function limitsOf(path: string): Limits {
  if (path.startsWith('/api/queues')) return COUNTED;
  if (path.includes('q=')) return SEARCHED;
  return path.includes('?') && !path.includes('queue=') ? FILTERED : QUEUE;
}

let county: County;
let housing: string;
beforeAll(async () => {
  county = await testCounty();
  housing = await county.body('housing');
  const office = { housing, centre: await county.body('command_centre') };
  const client = await makingRows(county);
  await fillCases(client, county, CASES, office);
  await fillBeside(client, county, office);
  await client.query(`VACUUM (ANALYZE) ${GROWING.join(', ')}, cases.assist`);
  await client.end();
}, 120_000);
afterAll(() => county.close());

type Asked = readonly [Who, string];

/** What the statements of a request do that grows, with the request before it. */
async function faults([who, path]: Asked): Promise<string[]> {
  const { heard, stop } = overhear();
  const { status, body } = await county.call(who, 'GET', path);
  stop();
  if (status !== 200) return [`${who} ${path} answers ${status} ${JSON.stringify(body)}`];
  const selects = heard.filter(({ text }) => GROWING.some((table) => text.includes(table)) || /cases\./.test(text));
  const plans = await explain(county.data.appUrl, county.tenant, selects);
  const bad = plans.flatMap((plan) => faultsOf(plan, limitsOf(path)));
  return bad.map((fault) => `${who} ${decodeURIComponent(path)}: ${fault}`);
}

const q = (typed: string) => `q=${encodeURIComponent(typed)}`;
const FILTERS = [
  '',
  'lane=market',
  'state=closed',
  'state=voided',
  'state=objected',
  'classCode=06',
  'classCode=0601',
  'late=true',
  `area=${TOWN}`,
  `area=${VILLAGE}`,
  q('路灯'),
  q('路灯 v7'),
  q('w77'),
  q('000123-0'),
];
const OFFICERS = [
  'dispatcher',
  'townDispatcher',
  'housing',
  'gridWorker',
  'communityWorker',
  'verifier',
  'supervisor',
  'politicalLegal',
  'evaluator',
  'twoHats',
] as const;

describe('lists of cases', () => {
  test.each(OFFICERS)(
    'as %s asks for them',
    async (who) => {
      const queues: { queue: string }[] = (await county.call(who, 'GET', '/api/queues')).body.queues;
      const asked = [
        '/api/queues',
        ...queues.map(({ queue }) => `/api/cases?queue=${queue}`),
        ...[...FILTERS, `organisation=${housing}`].map((filter) => `/api/cases?${filter}`),
      ];
      const bad: string[] = [];
      for (const path of asked) bad.push(...(await faults([who, path])));

      expect(bad).toEqual([]);
    },
    60_000,
  );

  test('also far from the beginning', async () => {
    const bad: string[] = [];
    for (const path of ['/api/cases?', '/api/cases?queue=late&']) {
      let after = '';
      for (let page = 0; page < 8; page += 1) {
        const { body } = await county.call('dispatcher', 'GET', `${path}limit=100${after}`);
        after = `&after=${body.next}`;
      }
      bad.push(...(await faults(['dispatcher', `${path}${after.slice(1)}`])));
    }

    expect(bad).toEqual([]);
  });
});

test('a list that read everything would be found', async () => {
  const text = `SELECT c.id FROM cases.case_file c JOIN cases.case_text t ON t.case_id = c.id
    WHERE t.title LIKE '%灯%' ORDER BY c.updated_at LIMIT 21`;
  const [plan] = await explain(county.data.appUrl, county.tenant, [{ text, values: [] }]);
  const found = plan ? faultsOf(plan, SEARCHED) : [];

  expect(found.join()).toContain('Seq Scan cases.case_text reads the whole table');
  expect(found.join()).toContain('sorts');
});

/** Lists of what grows beside the cases: who asks for which. */
const BESIDE: Readonly<Record<string, readonly Asked[]>> = {
  'supervision.list_orders': (['mine', 'issued', 'area'] as const).flatMap((box) =>
    ['', '&over=true', '&colour=yellow'].flatMap((more): Asked[] => [
      ['housing', `/api/supervision/orders?box=${box}${more}`],
      ['dispatcher', `/api/supervision/orders?box=${box}${more}`],
      ['supervisor', `/api/supervision/orders?box=${box}${more}`],
      ['politicalLegal', `/api/supervision/orders?box=${box}${more}`],
    ]),
  ),
  'supervision.list_shelved': [
    ['supervisor', '/api/supervision/shelved'],
    ['housing', '/api/supervision/shelved'],
  ],
  'call-backs.list_call_backs': ['due', 'later', 'mine', 'ended'].flatMap((list): Asked[] => [
    ['dispatcher', `/api/call-backs?list=${list}`],
    ['townDispatcher', `/api/call-backs?list=${list}`],
  ]),
  'exclusions.list': [
    ['supervisor', '/api/exclusions'],
    ['housing', '/api/exclusions?state=granted'],
  ],
  'exclusions.list_public': [[null, '/api/public/exclusions']],
  'messages.list_inbox': [
    ['dispatcher', '/api/messages/inbox'],
    ['dispatcher', '/api/messages/inbox?unread=true'],
  ],
  'open.list_cases': [
    [null, '/api/public/cases'],
    [null, `/api/public/cases?area=${TOWN}`],
  ],
  'audit.list_entries': [
    ['auditor', '/api/audit/entries'],
    ['auditor', '/api/audit/entries?action=auth.*'],
    ['auditor', '/api/audit/entries?action=cases.dispatch'],
    ['auditor', '/api/audit/entries?actor=u7'],
    ['auditor', '/api/audit/entries?result=refused'],
  ],
};

describe('lists of what grows with them', () => {
  test.each(Object.keys(BESIDE))('%s', async (id) => {
    const bad: string[] = [];
    for (const asked of BESIDE[id] ?? []) bad.push(...(await faults(asked)));

    expect(bad).toEqual([]);
  });
});

/** Lists that need no plan, and why: nothing in them grows with the cases. */
const BOUNDED: Readonly<Record<string, string>> = {
  'auth.list_accounts': 'as many as there are officers',
  'areas.list_sets': 'as many as the county has made',
  'areas.list_imports': 'one for each file an administrator brought',
  'areas.list_addresses': 'by area and name, as many as there are addresses',
  'organisations.list': 'as many as there are bodies',
  'organisations.list_posts': 'as many as there are posts',
  'organisations.list_people': 'as many as there are officers',
  'organisations.list_vacancies': 'as many as there are posts',
  'organisations.list_grid_teams': 'as many as there are grids',
  'catalogue.list_dispatch_entries': 'as many as the dispatch list has',
  'ledger.list_checkpoints': 'by its primary key, one a quarter of an hour',
  'triage.list_corrections': 'the newest only, along its index',
  'duty.list_calls': 'urgent matters alone: one case in some hundreds',
  'duty.list_handovers': 'what went to 110 or came from it: one case in some hundreds',
  'joint_handling.list_joints': 'whistles alone: one case in some hundreds',
  'privacy.list_erasures': 'one for each order to erase',
  'privacy.list_requests': 'one for each request of a person about his own data',
  'messages.list_failures': 'what was given up, kept for a month',
  'messages.read_mailbox': 'of the demo',
  'open.list_my_cases': 'those of one person, by the index of requesters',
};

test('no list of the API is left out', () => {
  const lists = MODULES.flatMap((module) => module.contracts).filter(({ answer }) => {
    const shape = 'shape' in answer ? (answer.shape as Record<string, unknown>) : {};
    return 'items' in shape && 'next' in shape;
  });
  const named = ['cases.list_cases', ...Object.keys(BESIDE), ...Object.keys(BOUNDED)];

  expect(lists.map(({ id }) => id).sort()).toEqual(named.sort());
});
