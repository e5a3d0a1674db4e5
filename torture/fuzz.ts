import { startPlatform } from '../e2e/support/platform-process.ts';
import { Chance } from './chance.ts';
import { type Answer, type Ask, Client, signIn } from './client.ts';
import { bent, fitting, type Known, oddText, type Schema } from './fuzz-values.ts';
import { familyOf, residentBytes } from './processes.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';

const REQUESTS = 100_000;
const WORKERS = 16;
const MAX_GROWTH = 0.2; // of resident memory, from the second quarter of the run to the last

type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema; readonly required?: boolean };
type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
};
type ApiOperation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
};

/** 503 alone is an answer, not a fault, and only when it says when to come back. */
const isFault = (answer: Answer) =>
  answer.status >= 500 && !(answer.status === 503 && answer.headers['retry-after'] !== undefined);

/**
 * Asks every route of the API document for everything it should and should not be asked, as every kind of person.
 * Nothing may end in 5xx or in silence, and the server's memory must stay flat.
 */
export async function fuzz(run: Run): Promise<Outcome> {
  const dataDir = await run.demoFolder();
  const platform = await startPlatform({ demo: true, dataDir, removeDataDir: true });
  const client = new Client(platform.url, { connections: WORKERS * 2 });
  try {
    const total = run.rounds ?? REQUESTS;
    const { operations, schemas } = await readDocument(client);
    const people = await signInAll(client, platform.accounts);
    const known = await lookAround(client, people.get('dispatcher') ?? '');
    const chance = new Chance(run.seed);
    const failures = new Failures();
    const statuses = new Map<number, number>();
    const memory: number[] = [];
    const asked = new Set<string>();
    const server = familyOf(platform.pid).find(({ command }) => command.includes('src/main.ts'))?.pid ?? platform.pid;
    let sent = 0;
    const worker = async () => {
      while (sent < total) {
        const index = sent;
        sent += 1;
        const operation = operations[index % operations.length] as Operation;
        const person = chance.pick([...people.keys()]);
        const ask = askOf(chance, operation, schemas, known, people.get(person) ?? '');
        const answer = await client.send(ask);
        asked.add(operation.id);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 0 && 'reason' in answer) {
          if (answer.reason === 'timeout') failures.add(`${operation.id} hangs`, shown(ask));
          else if (!(await isAlive(client))) throw new Error(`the platform is gone after ${shown(ask)}`);
        } else if (isFault(answer as Answer)) {
          failures.add(
            `${operation.id} answers ${answer.status}`,
            `${shown(ask)} → ${(answer as Answer).text.slice(0, 300)}`,
          );
        } else if (answer.status === 401 && person !== '') {
          await renew(client, platform.accounts, people, person);
        }
        if (index % 500 === 0) memory.push(residentBytes(server));
        if (index % 10_000 === 0 && index > 0) run.say(`  ${index} of ${total} requests`);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    const growth = growthOf(memory);
    if (growth > MAX_GROWTH && total >= 20_000)
      failures.add('memory grows', `by ${(growth * 100).toFixed(0)} % from the second quarter to the last`);
    return {
      counts: {
        requests: sent,
        routes: `${asked.size} of ${operations.length}`,
        statuses: [...statuses]
          .sort(([a], [b]) => a - b)
          .map(([status, count]) => `${status || 'closed'}×${count}`)
          .join(' '),
        memory: `${mebibytes(median(quarter(memory, 1)))} → ${mebibytes(median(quarter(memory, 3)))} MiB`,
      },
      failures: failures.list(),
    };
  } finally {
    client.close();
    await platform.stop();
  }
}

async function readDocument(client: Client) {
  const { body } = await client.json('GET', '/api/openapi.json');
  const document = body as Document;
  const operations: Operation[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const content = operation.requestBody?.content ?? {};
      operations.push({
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: content['application/json']?.schema ?? null,
      });
    }
  }
  return { operations, schemas: document.components?.schemas ?? {} };
}

type Account = { readonly username: string; readonly password: string };

/** Cookie of everybody, and of nobody under the empty name. */
async function signInAll(client: Client, accounts: readonly Account[]): Promise<Map<string, string>> {
  const people = new Map([['', '']]);
  for (const { username, password } of accounts) people.set(username, await signIn(client, username, password));
  return people;
}

/** Somebody was signed out, suspended or lost his post by what was asked: he stays out if he must. */
async function renew(client: Client, accounts: readonly Account[], people: Map<string, string>, person: string) {
  const account = accounts.find(({ username }) => username === person);
  const me = await client.send({ method: 'GET', path: '/api/auth/me', headers: { cookie: people.get(person) ?? '' } });
  if (me.status !== 401 || !account) return;
  await signIn(client, account.username, account.password).then(
    (cookie) => people.set(person, cookie),
    () => undefined,
  );
}

/** Ids, codes and numbers that are really there. */
async function lookAround(client: Client, cookie: string): Promise<Known> {
  const look = async (path: string) =>
    JSON.stringify((await client.json('GET', path, undefined, { cookie })).body ?? '');
  const seen = (
    await Promise.all(
      ['/api/cases?limit=50', '/api/organisations', '/api/catalogue/classes', '/api/areas/tree'].map(look),
    )
  ).join('\n');
  const some = (pattern: RegExp) => [...new Set(seen.match(pattern) ?? [])].slice(0, 60);
  return {
    ids: [...some(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}/g), crypto.randomUUID()],
    codes: [...some(/(?<=")\d{4}(?=")/g), ...some(/(?<=")421181\d{0,9}(?=")/g), '1101', '421181'],
    words: some(/(?<=")\d{8}-\d{6}-\d(?=")/g),
  };
}

const CONTENT_TYPES = ['application/json', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data', ''];

function askOf(
  chance: Chance,
  operation: Operation,
  schemas: Readonly<Record<string, Schema>>,
  known: Known,
  cookie: string,
): Ask {
  const odds = chance.between(0, 3); // 0: all as the document says
  const value = (schema: Schema) => String(fitting(chance, schema, known, schemas));
  let path = operation.path;
  const query: string[] = [];
  for (const parameter of operation.parameters) {
    const wild = odds > 0 && chance.oneIn(3);
    const text = encodeURIComponent((wild ? oddText(chance) : value(parameter.schema)).toWellFormed().slice(0, 4000));
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, text || '%20');
    else if (parameter.in === 'query' && (parameter.required === true || chance.oneIn(2)))
      query.push(`${parameter.name}=${wild && chance.oneIn(4) ? '%ff%fe' : text}`);
  }
  if (odds > 0 && chance.oneIn(20)) query.push(`${encodeURIComponent(oddText(chance).toWellFormed().slice(0, 200))}=1`);
  const headers: Record<string, string> = {
    ...(cookie ? { cookie } : {}),
    'accept-language': chance.pick(['zh-CN', 'en', 'xx;q=9', '*']),
  };
  const asked = { method: operation.method, path: query.length > 0 ? `${path}?${query.join('&')}` : path };
  if (operation.method === 'GET') return { ...asked, headers };
  if (chance.oneIn(3))
    headers['idempotency-key'] = chance.oneIn(5) ? 'k'.repeat(500) : `fuzz-${chance.between(1, 1e9)}`;
  return {
    ...asked,
    headers: { ...headers, ...typeOf(chance, odds) },
    body: bodyOf(chance, operation, odds, known, schemas),
  };
}

const typeOf = (chance: Chance, odds: number): Record<string, string> => {
  const type = odds > 1 && chance.oneIn(8) ? chance.pick(CONTENT_TYPES) : 'application/json';
  return type === '' ? {} : { 'content-type': type };
};

function bodyOf(
  chance: Chance,
  { body }: Operation,
  odds: number,
  known: Known,
  schemas: Readonly<Record<string, Schema>>,
): string {
  let value = fitting(chance, body ?? { type: 'object' }, known, schemas);
  for (let bend = 0; bend < odds; bend += 1) value = bent(chance, value);
  const text = JSON.stringify(value) ?? '';
  if (odds < 3 || !chance.oneIn(6)) return text;
  return chance.pick([
    text.slice(0, Math.floor(text.length / 2)),
    `${text}}`,
    `\u0000${text}`,
    '[',
    '"\\ud800"',
    text.repeat(3),
  ]);
}

const isAlive = async (client: Client) => (await client.send({ method: 'GET', path: '/api/health' })).status === 200;
const shown = ({ method, path, body }: Ask) => `${method} ${path} ${String(body ?? '').slice(0, 400)}`;

const quarter = (samples: readonly number[], index: number) =>
  samples.slice(Math.floor((samples.length * index) / 4), Math.ceil((samples.length * (index + 1)) / 4));
const median = (samples: readonly number[]) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);

function growthOf(memory: readonly number[]): number {
  const before = median(quarter(memory, 1));
  return before === 0 ? 0 : median(quarter(memory, 3)) / before - 1;
}
