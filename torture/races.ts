import { startPlatform } from '../e2e/support/platform-process.ts';
import { addDays, dayOf } from '../src/kit/time.ts';
import { Chance } from './chance.ts';
import { Client, signIn } from './client.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';
import { verify } from './verify.ts';

const RACES = 5000;
const RUNNERS = 20;
const CASES = 40;

type State = { id: string; version: number; state: string };
type Move = { readonly who: 'dispatcher' | 'handler' | 'verifier'; readonly resource: string; readonly body: object };

const LOST = new Set(['cases.stale_version', 'cases.wrong_state', 'cases.claim_taken']);

/**
 * Twenty people take steps of one case at once, all having seen the same version. One wins; the others are told so; the
 * version moves by one; at the end every chain is whole.
 */
export async function races(run: Run): Promise<Outcome> {
  const platform = await startPlatform({ demo: true, dataDir: await run.demoFolder(), removeDataDir: true });
  const client = new Client(platform.url, { connections: RUNNERS * 2 });
  try {
    const chance = new Chance(run.seed);
    const failures = new Failures();
    const password = platform.accounts[0]?.password ?? '';
    const cookies = {
      dispatcher: await signIn(client, 'dispatcher', password),
      handler: await signIn(client, 'handler', password),
      verifier: await signIn(client, 'verifier', password),
    };
    const lead = await organisationOf(client, cookies.handler);
    const cases: State[] = [];
    for (let index = 0; index < CASES; index += 1) cases.push(await openCase(client, cookies.dispatcher, index));
    const before = await verify(platform.dataDir);

    const total = run.rounds ?? RACES;
    const outcomes = new Map<string, number>();
    for (let race = 0; race < total; race += 1) {
      const at = cases[race % CASES] as State;
      const moves = movesFrom(at, lead);
      const runners = Array.from({ length: RUNNERS }, () => chance.pick(moves));
      const answers = await Promise.all(
        runners.map(async ({ who, resource, body }) => ({
          resource,
          ...(await client.json(
            'POST',
            `/api/cases/${at.id}/${resource}`,
            { expectedVersion: at.version, ...body },
            {
              cookie: cookies[who],
            },
          )),
        })),
      );
      const winners = answers.filter(({ status }) => status >= 200 && status < 300);
      for (const { status, body } of answers) {
        const code = status < 300 ? 'won' : (body?.code ?? `silence ${status}`);
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        if (code !== 'won' && !LOST.has(code))
          failures.add(`a loser is told ${code}`, `${at.state}: ${JSON.stringify(body)}`);
      }
      if (winners.length !== 1)
        failures.add(`${winners.length} winners`, `${at.state} v${at.version}: ${winners.map((one) => one.resource)}`);
      const now = await look(client, cookies.dispatcher, at.id);
      if (now.version !== at.version + winners.length)
        failures.add('the version is not one further', `${at.version} → ${now.version}`);
      Object.assign(at, now);
      if (race % 500 === 499) run.say(`  ${race + 1} of ${total} races`);
    }
    const after = await verify(platform.dataDir);
    for (const broken of after.broken) failures.add('a chain is broken', JSON.stringify(broken));
    return {
      counts: {
        races: total,
        runners: RUNNERS,
        answers: [...outcomes].map(([code, count]) => `${code}×${count}`).join(' '),
        events: after.events - before.events,
        broken: after.broken.length,
      },
      failures: failures.list(),
    };
  } finally {
    client.close();
    await platform.stop();
  }
}

async function organisationOf(client: Client, cookie: string): Promise<string> {
  const { body } = await client.json('GET', '/api/my/posts', undefined, { cookie });
  const posts = (body.items ?? body.posts ?? body) as { organisationId?: string; organisation?: { id: string } }[];
  const id = posts[0]?.organisationId ?? posts[0]?.organisation?.id;
  if (!id) throw new Error(`the handler has no post: ${JSON.stringify(body)}`);
  return id;
}

async function openCase(client: Client, cookie: string, index: number): Promise<State> {
  const { status, body } = await client.json(
    'POST',
    '/api/cases',
    {
      title: `第 ${index} 件：窗口答复慢`,
      body: '办事窗口答复慢，希望加快。',
      classCode: '1101',
      place: { areaCode: '421181', text: null },
      channel: 'phone',
      requester: { name: '汪小示', phone: `138001380${String(index).padStart(2, '0')}` },
    },
    { cookie },
  );
  if (status !== 201) throw new Error(`no case was opened: ${status} ${JSON.stringify(body)}`);
  return look(client, cookie, body.id);
}

async function look(client: Client, cookie: string, id: string): Promise<State> {
  const { body } = await client.json('GET', `/api/cases/${id}`, undefined, { cookie });
  return { id, version: body.version, state: body.state };
}

/** What may be done next, so that the case goes round and round; notes may be written at any time. */
function movesFrom({ state }: State, lead: string): readonly Move[] {
  const note: Move = { who: 'dispatcher', resource: 'notes', body: { text: '备注：已电话了解情况。' } };
  const reason = '按职责办理。';
  const today = dayOf(new Date());
  const shelving = {
    ground: 'waiting_for_requester',
    ownerOrganisationId: lead,
    reviewOn: addDays(today, 30),
    endOn: addDays(today, 60),
  };
  const ways: Readonly<Record<string, readonly Move[]>> = {
    registered: [{ who: 'dispatcher', resource: 'dispatch', body: { leadId: lead, reason } }, note],
    reopened: [{ who: 'dispatcher', resource: 'dispatch', body: { leadId: lead, reason } }],
    dispatched: [{ who: 'handler', resource: 'acceptance', body: {} }, note],
    accepted: [{ who: 'handler', resource: 'handling', body: {} }, note],
    in_progress: [
      { who: 'dispatcher', resource: 'shelving', body: { ...shelving, reason } },
      { who: 'dispatcher', resource: 'shelving', body: { ...shelving, reason: '等反映人补充地点。' } },
      note,
    ],
    shelved: [
      { who: 'dispatcher', resource: 'resumption', body: { reason } },
      { who: 'handler', resource: 'resumption', body: { reason } },
      note,
    ],
  };
  return ways[state] ?? [note];
}
