import { isRefusal } from '../kit/result.ts';
import { MODULES } from '../compose.ts';
import { loadDivisions } from '../modules/areas/index.ts';
import { loadCatalogue } from '../modules/catalogue/index.ts';
import { loadOrganisations, postsOfUser } from '../modules/organisations/index.ts';
import { loadPrivacy } from '../modules/privacy/index.ts';
import { findResident } from '../modules/requesters/index.ts';
import { systemActor } from '../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../platform/database/database.ts';
import { drainOutbox } from '../platform/outbox/outbox-worker.ts';
import { quietLog, type Template, type TestDatabase, testDatabase } from '../platform/testing/database.ts';
import { type TestApp, type TestAppOptions, testApp } from '../platform/testing/test-app.ts';
import { fireDueTimers } from '../platform/timers/timer-worker.ts';
import { bodyNear, type CastName, COUNTY, engageCast, keepPlayers, keptPlayers, type Player } from './cast.ts';
import { type Desk, openDesk } from './desk.ts';

/** A Tuesday morning in office hours; days and weeks after it have no public holiday before Qingming (4 April). */
export const MORNING = new Date('2026-03-10T09:30:00+08:00');

export type County = TestApp &
  Desk & {
    readonly tenant: number;
    readonly players: Readonly<Record<CastName, Player>>;
    /** Id of the organisation of a kind at an area or the nearest above it. */
    body(kind: string, areaCode?: string): Promise<string>;
    read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
    write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
    /** Moves the clock on by so many hours. */
    later(hours: number): void;
    /** Does what waits in the background: timers that are due, then everything that follows from events. */
    work(): Promise<{ timers: number; events: number }>;
  };

/** One key for the template and its copies, which hold what was sealed under it. */
const MASTER_KEY = Buffer.alloc(32, 'county of the tests');

type CountyOptions = Pick<TestAppOptions, 'environment' | 'webFolder' | 'realProofs'>;

const options = (data: TestDatabase, { environment, ...more }: CountyOptions = {}): TestAppOptions => ({
  ...more,
  modules: MODULES,
  posts: postsOfUser,
  resident: findResident,
  data,
  masterKey: MASTER_KEY,
  // The tests' clock may run a month ahead of the sessions that came with the template.
  environment: {
    GONGZHI_JURISDICTION: COUNTY,
    GONGZHI_SESSION_HOURS: '720',
    GONGZHI_SESSION_IDLE_MINUTES: '1440',
    ...environment,
  },
});

/** The default county with its organisations, its catalogue and the cast with their sessions. */
const template: Template = {
  name: 'county',
  async fill(data) {
    // What fills a template is closed by who asked for it.
    const test = await testApp(options({ ...data, close: async () => undefined }));
    test.setNow(MORNING);
    const { app } = test;
    const actor = systemActor(app.config.tenant, 'test');
    await app.database.transact(actor, async (tx) => {
      const loaded = await loadDivisions(tx, COUNTY);
      if (isRefusal(loaded)) throw new Error(loaded.code);
      await loadOrganisations(tx, { at: MORNING });
      await loadCatalogue(tx, { at: MORNING });
      await loadPrivacy(tx, { at: MORNING, place: '麻城市' });
    });
    const players = await engageCast(app, MORNING);
    await app.database.transact(actor, (tx) => keepPlayers(tx, app.config.tenant, players));
    await test.close();
  },
};

/** The whole platform on a county of its own: real modules, real PostgreSQL, real HTTP, a clock that can be moved. */
export async function testCounty(more: CountyOptions = {}): Promise<County> {
  const test = await testApp(options(await testDatabase({ template }), more));
  const { app } = test;
  const { tenant } = app.config;
  const actor = systemActor(tenant, 'test');
  const read = <T>(work: (tx: ReadTx) => Promise<T>) => app.database.read(actor, work);
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => app.database.transact(actor, work);
  test.setNow(MORNING);
  const players = await read((tx) => keptPlayers(tx, tenant));
  return {
    ...test,
    ...openDesk(test, players),
    tenant,
    players,
    read,
    write,
    body: (kind, areaCode = COUNTY) => read(async (tx) => (await bodyNear(tx, kind, areaCode)).id),
    later: (hours) => test.setNow(new Date(app.now().getTime() + hours * 3_600_000)),
    work: () => workOff(test),
  };
}

async function workOff({ app }: TestApp): Promise<{ timers: number; events: number }> {
  const shared = { database: app.database, tenant: app.config.tenant, now: app.now, log: quietLog };
  const handlers = Object.assign({}, ...MODULES.map((module) => module.timers?.(app) ?? {}));
  const timers = await fireDueTimers({ ...shared, handlers });
  const consumers = MODULES.flatMap((module) => module.consumers?.(app) ?? []);
  return { timers, events: await drainOutbox({ ...shared, consumers }) };
}
