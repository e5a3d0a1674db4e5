import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestChain } from 'fastify';
import type { App, Module } from '../app.ts';
import type { Post } from '../auth/actor.ts';
import { createAuth } from '../auth/create-auth.ts';
import { joinGrants } from '../auth/permission.ts';
import { createActorResolver, type PostsResolver, type ResidentResolver } from '../auth/resolve-actor.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { rolesWithSecondFactor } from '../auth/second-factor-policy.ts';
import { cipherOf } from '../crypto/cipher.ts';
import { ssoSettings } from '../auth/sso-settings.ts';
import { createVault } from '../crypto/create-vault.ts';
import { databaseKeyStore } from '../crypto/key-store.ts';
import { loadSigner } from '../crypto/signer.ts';
import { createEventHub } from '../events/hub.ts';
import { carryEvents } from '../events/relay.ts';
import { createFolderStore } from '../files/folder-store.ts';
import { configuredOutgoing } from '../http/outgoing.ts';
import { configuredRates } from '../http/rates.ts';
import { buildServer } from '../http/server.ts';
import { httpTexts } from '../http/texts.ts';
import { joinTexts } from '../i18n/texts.ts';
import { createMetrics } from '../observe/metrics.ts';
import type { Notifier, Outgoing } from '../notify/notifier.ts';
import { quietLog, type TestDatabase, testDatabase } from './database.ts';
import { testWrapper } from './keys.ts';

export type TestApp = {
  readonly app: App;
  readonly server: FastifyInstance;
  readonly data: TestDatabase;
  /** What was handed to the notifier, in order. */
  readonly sent: readonly Outgoing[];
  /** Moves the application's clock. */
  setNow(now: Date | null): void;
  /** Makes an account with these posts and answers the cookie of its session. */
  signIn(
    username: string,
    posts: readonly Omit<Post, 'id'>[],
  ): Promise<{ readonly userId: string; readonly cookie: string }>;
  close(): Promise<void>;
};

export type TestAppOptions = {
  readonly modules: readonly Module[];
  /** Posts beside those given to `signIn`. */
  readonly posts?: PostsResolver;
  readonly resident?: ResidentResolver;
  readonly notifier?: Notifier;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder of built web applications; the API alone is served without. */
  readonly webFolder?: string;
  /** Hashes passwords at their full cost, for tests that look at how long it takes. */
  readonly realPasswords?: true;
  /** Lets a proof given by password grow old; otherwise every officer counts as just proved. */
  readonly realProofs?: true;
  /** The database to work on; a fresh one without content unless told. It is closed with the application. */
  readonly data?: TestDatabase;
  /** The key that opens what the database holds sealed; needed with `data` that was filled under a key. */
  readonly masterKey?: Buffer;
};

export const TEST_PASSWORD = 'lantern over the reservoir';

/** The platform as main.ts composes it, on a database and folder of its own, with a clock that can be moved. */
export async function testApp(options: TestAppOptions): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'gongzhi-test-'));
  const data = options.data ?? (await testDatabase());
  const config: Config = loadConfig({
    GONGZHI_DATA: folder,
    GONGZHI_RATE_LIMITS: 'false',
    GONGZHI_SECOND_FACTOR: 'optional',
    ...options.environment,
  });
  let moved: Date | null = null;
  const now = () => moved ?? new Date();
  const sent: Outgoing[] = [];
  const vault = await createVault({
    wrapper: await testWrapper(options.masterKey),
    cipher: cipherOf(config.cipher),
    now,
    tenant: config.tenant,
    dataKeys: databaseKeyStore(data.database),
  });
  const outgoing = configuredOutgoing(config);
  const auth = createAuth({
    databaseUrl: data.appUrl,
    tenant: config.tenant,
    baseUrl: config.baseUrl,
    ...(options.realPasswords ? {} : { passwordCost: { memory: 8, passes: 1, parallelism: 1 } }),
    sso: ssoSettings(config, outgoing),
    limits: { idleSeconds: config.sessionIdleMinutes * 60, totalSeconds: config.sessionHours * 3600 },
    vault,
    log: quietLog,
    now,
  });
  const app: App = {
    config,
    database: data.database,
    vault,
    signer: await loadSigner(config),
    auth,
    files: createFolderStore(join(folder, 'files')),
    notifier: options.notifier ?? remembering(sent),
    rates: configuredRates(config, now),
    metrics: createMetrics({ database: data.database, tenant: config.tenant, now, process: false }),
    outgoing,
    hub: createEventHub(),
    log: quietLog,
    texts: joinTexts([httpTexts, ...options.modules.map((module) => module.texts)]),
    permissions: joinGrants(options.modules.map((module) => module.grants)),
    now,
  };
  const families = options.modules.flatMap((module) => module.live ?? []);
  const forget = carryEvents({ hub: app.hub, database: data.database, tenant: config.tenant, families });
  const held = new Map<string, Post[]>();
  const actorOf = createActorResolver({
    tenant: config.tenant,
    auth,
    vault,
    database: data.database,
    posts: async (tx, userId, at) => [...(held.get(userId) ?? []), ...((await options.posts?.(tx, userId, at)) ?? [])],
    resident: options.resident ?? (async () => null),
    secondFactorRoles: rolesWithSecondFactor(
      config.secondFactor ?? 'sensitive',
      app.permissions,
      options.modules.flatMap((module) => module.contracts),
    ),
    now,
    secure: config.baseUrl.startsWith('https:'),
  });
  const resolveActor: typeof actorOf = async (request) => {
    const actor = await actorOf(request);
    if (options.realProofs || actor.kind !== 'officer' || !actor.session) return actor;
    return { ...actor, session: { ...actor.session, provedAt: now() } };
  };
  const server = await buildServer({
    app,
    modules: options.modules,
    resolveActor,
    webFolder: options.webFolder ?? null,
    version: 'test',
  });
  await server.ready();
  asBrowser(server, config.baseUrl);
  return {
    app,
    server,
    data,
    sent,
    setNow: (to) => {
      moved = to;
    },
    signIn: (username, posts) => signInAs(app, held, username, posts),
    async close() {
      await server.close();
      forget();
      await auth.close();
      await data.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A browser says where a change comes from; a test that says nothing else does so, too. */
function asBrowser(server: FastifyInstance, origin: string): void {
  const inject = server.inject.bind(server) as (options: InjectOptions) => LightMyRequestChain;
  const withOrigin = (options: InjectOptions | string) => {
    if (typeof options === 'string') return inject({ url: options });
    const given: InjectOptions['headers'] = { origin, ...options.headers };
    // A test that gives `undefined` means the header to be missing.
    if (given.origin === undefined || 'sec-fetch-site' in given) delete given.origin;
    return inject({ ...options, headers: given });
  };
  server.inject = withOrigin as typeof server.inject;
}

async function signInAs(app: App, held: Map<string, Post[]>, username: string, posts: readonly Omit<Post, 'id'>[]) {
  const known = await app.auth.findAccount(username);
  const account = known ?? (await app.auth.createAccount({ username, name: username, password: TEST_PASSWORD }));
  if ('refused' in account) throw new Error(`no account ${username}: ${account.code}`);
  held.set(
    account.id,
    posts.map((post) => ({ ...post, id: crypto.randomUUID() })),
  );
  const signedIn = await app.auth.signIn({
    username,
    password: TEST_PASSWORD,
    address: '127.0.0.1',
    userAgent: 'test',
  });
  if ('refused' in signedIn) throw new Error(`${username} cannot sign in: ${signedIn.code}`);
  return { userId: account.id, cookie: signedIn.cookies.map((line) => line.split(';')[0]).join('; ') };
}

/** A notifier that sends nothing and remembers everything. */
function remembering(sent: Outgoing[]): Notifier {
  return {
    channels: ['sms', 'mail'],
    async send(message) {
      sent.push(message);
    },
    async close() {},
  };
}
