import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { App, Module } from './platform/app.ts';
import { auditModule } from './platform/audit/module.ts';
import { createAuth } from './platform/auth/create-auth.ts';
import { backupModule } from './platform/backup/module.ts';
import { authModule } from './platform/auth/module.ts';
import { joinGrants } from './platform/auth/permission.ts';
import { systemActor } from './platform/auth/actor.ts';
import { createActorResolver } from './platform/auth/resolve-actor.ts';
import { ssoSettings } from './platform/auth/sso-settings.ts';
import { rolesWithSecondFactor, type SecondFactorSetting } from './platform/auth/second-factor-policy.ts';
import type { Config } from './platform/config/config.ts';
import { cipherOf } from './platform/crypto/cipher.ts';
import { createVault } from './platform/crypto/create-vault.ts';
import { databaseKeyStore } from './platform/crypto/key-store.ts';
import { openWrapper } from './platform/crypto/open-wrapper.ts';
import { type SealedTable, startResealing } from './platform/crypto/reseal.ts';
import { loadSigner } from './platform/crypto/signer.ts';
import { type OpenDatabase, openDatabase, type OpenMode } from './platform/database/open-database.ts';
import { createEventHub } from './platform/events/hub.ts';
import { carryEvents, hearEvents } from './platform/events/relay.ts';
import { createFolderStore, filesModule } from './platform/files/index.ts';
import { configuredOutgoing } from './platform/http/outgoing.ts';
import { SEALED_ANSWERS } from './platform/http/idempotency.ts';
import { configuredRates } from './platform/http/rates.ts';
import { buildServer } from './platform/http/server.ts';
import { httpTexts } from './platform/http/texts.ts';
import { joinTexts } from './platform/i18n/texts.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/observe/metrics.ts';
import { createNotifier } from './platform/notify/create-notifier.ts';
import { startOutbox } from './platform/outbox/outbox-worker.ts';
import { startTimers } from './platform/timers/timer-worker.ts';
import type { Member } from './platform/processes/member.ts';
import type { Worker } from './platform/worker.ts';
import { answersModule } from './modules/answers/index.ts';
import { areasModule } from './modules/areas/index.ts';
import { callBacksModule } from './modules/call-backs/index.ts';
import { bulkModule } from './modules/bulk/index.ts';
import { casesModule } from './modules/cases/index.ts';
import { caseFileModule } from './modules/case-file/index.ts';
import { catalogueModule } from './modules/catalogue/index.ts';
import { clustersModule } from './modules/clusters/index.ts';
import { demoModule, demoOf, isDemo } from './modules/demo/index.ts';
import { exclusionsModule } from './modules/exclusions/index.ts';
import { dutyModule } from './modules/duty/index.ts';
import { importsModule } from './modules/imports/index.ts';
import { ledgerModule } from './modules/ledger/index.ts';
import { jointHandlingModule } from './modules/joint-handling/index.ts';
import { messagesModule } from './modules/messages/index.ts';
import { openModule } from './modules/open/index.ts';
import { privacyModule } from './modules/privacy/index.ts';
import { organisationsModule, postsOfUser } from './modules/organisations/index.ts';
import { findResident, requestersModule } from './modules/requesters/index.ts';
import { statisticsModule } from './modules/statistics/index.ts';
import { supervisionModule } from './modules/supervision/index.ts';
import { triageModule } from './modules/triage/index.ts';

/** All modules, lowest first. */
export const MODULES: readonly Module[] = [
  authModule,
  auditModule,
  backupModule,
  filesModule,
  areasModule,
  organisationsModule,
  catalogueModule,
  requestersModule,
  casesModule,
  supervisionModule,
  exclusionsModule,
  ledgerModule,
  triageModule,
  dutyModule,
  jointHandlingModule,
  callBacksModule,
  answersModule,
  privacyModule,
  statisticsModule,
  caseFileModule,
  clustersModule,
  bulkModule,
  messagesModule,
  importsModule,
  openModule,
  demoModule,
];

/** Every table with sealed columns. */
export const SEALED_TABLES: readonly SealedTable[] = [
  SEALED_ANSWERS,
  ...MODULES.flatMap((module) => module.sealed ?? []),
];

const LIVE_FAMILIES = MODULES.flatMap((module) => module.live ?? []);

export type Composed = {
  readonly app: App;
  readonly opened: OpenDatabase;
  /** Frees what was opened, last first. */
  close(): Promise<void>;
};

export type ComposeOptions = {
  readonly log: Log;
  readonly say: (line: string) => void;
  /** `own`: the platform itself. `join`: a command that works beside it. `guest`: one of its further processes. */
  readonly mode: OpenMode;
  /** This process among several behind one port. */
  readonly member?: Member | null;
  readonly now?: () => Date;
};

/** Opens database, keys, files and sign-in, and joins the modules. Nothing listens yet. */
export async function compose(given: Config, options: ComposeOptions): Promise<Composed> {
  const now = options.now ?? (() => new Date());
  const opened = await openDatabase(given, options);
  const closing: (() => Promise<void>)[] = [() => opened.close()];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const { database } = opened;
    const config: Config = { ...given, demo: await demoOf(given, database) };
    const vault = await createVault({
      wrapper: await openWrapper(config),
      cipher: cipherOf(config.cipher),
      tenant: config.tenant,
      dataKeys: databaseKeyStore(database),
      now,
    });
    const limits = { idleSeconds: config.sessionIdleMinutes * 60, totalSeconds: config.sessionHours * 3600 };
    const outgoing = configuredOutgoing(config);
    const auth = createAuth({
      databaseUrl: opened.appUrl,
      tenant: config.tenant,
      baseUrl: config.baseUrl,
      ownWords: [config.jurisdiction],
      sso: ssoSettings(config, outgoing),
      limits,
      vault,
      log: options.log,
      now,
    });
    closing.push(() => auth.close());
    const notifier = createNotifier({ config, database, outgoing, now });
    closing.push(() => notifier.close());
    const app: App = {
      config,
      database,
      vault,
      signer: await loadSigner(config),
      auth,
      notifier,
      outgoing,
      rates: configuredRates(config, now),
      metrics: createMetrics({ database, tenant: config.tenant, now, process: true, member: options.member ?? null }),
      files: createFolderStore(join(config.dataDir, 'files')),
      log: options.log,
      hub: createEventHub(),
      texts: joinTexts([httpTexts, ...MODULES.map((module) => module.texts)]),
      permissions: joinGrants(MODULES.map((module) => module.grants)),
      now,
    };
    app.metrics.gauge('gongzhi_open_pages', 'Event streams of open pages', app.hub.size, 'each');
    const forget = carryEvents({ hub: app.hub, database, tenant: config.tenant, families: LIVE_FAMILIES });
    closing.push(async () => forget());
    return { app, opened, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Who needs a second factor here. A demo asks nobody for one unless told: its passwords stand on its sign-in page. */
export async function policyOf(app: App): Promise<{ secondFactor: SecondFactorSetting; relaxedForDemo: boolean }> {
  const { config, database } = app;
  if (config.secondFactor !== null) return { secondFactor: config.secondFactor, relaxedForDemo: false };
  const demo = await database.read(systemActor(config.tenant, 'start'), (tx) => isDemo(tx));
  return { secondFactor: demo ? 'optional' : 'sensitive', relaxedForDemo: demo };
}

/** The HTTP server over a composed application. */
export async function serverOf(app: App, webFolder: string | null, version: string): Promise<FastifyInstance> {
  const { secondFactor } = await policyOf(app);
  const resolveActor = createActorResolver({
    tenant: app.config.tenant,
    auth: app.auth,
    vault: app.vault,
    database: app.database,
    posts: postsOfUser,
    resident: findResident,
    secondFactorRoles: rolesWithSecondFactor(
      secondFactor,
      app.permissions,
      MODULES.flatMap((module) => module.contracts),
    ),
    now: app.now,
    secure: app.config.baseUrl.startsWith('https:'),
  });
  return buildServer({ app, modules: MODULES, resolveActor, webFolder, version });
}

/** Timers, outbox and the modules' own background work. */
export function startWorkers(app: App, listenUrl: string): readonly Worker[] {
  const shared = { database: app.database, tenant: app.config.tenant, now: app.now, log: app.log };
  const handlers = Object.assign({}, ...MODULES.map((module) => module.timers?.(app) ?? {}));
  const consumers = MODULES.flatMap((module) => module.consumers?.(app) ?? []);
  const own = MODULES.flatMap((module) => module.workers?.(app) ?? []);
  const keys = startResealing({ ...shared, vault: app.vault, tables: SEALED_TABLES });
  const pages = hearEvents({ hub: app.hub, tenant: app.config.tenant, url: listenUrl, log: app.log });
  return [
    keys,
    startTimers({ ...shared, handlers }),
    startOutbox({ ...shared, consumers, listenUrl }),
    { wake: () => undefined, stop: pages.stop },
    ...own,
  ];
}
