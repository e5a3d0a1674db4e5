import { target, type Figure } from '../figure.ts';
import { fire } from '../load.ts';
import { runScript, type ScriptRate } from '../plain-script.ts';
import { overhear, type Scenario, settle, type Stage } from '../stage.ts';
import { costOf, usageOf, workerMegabytes } from '../usage.ts';
import { filings, headersOf, places, runKey, userOf } from './shots.ts';

/** Filing over HTTP, beside the same rows by plain SQL, one transaction each, before and after it. */
export const file: Scenario = {
  name: 'file',
  async run(stage) {
    const clients = stage.connections ?? 64;
    const shots = await filings(stage, 2000);
    const headers = await headersOf(stage, 'dispatcher');
    const load = { url: stage.platform.url, connections: clients, headers, shots, once: false };
    stage.say('  warming up');
    await fire({ ...load, seconds: 2 });
    await settle(stage);
    const half = Math.max(2, stage.seconds / 2);
    const floorOf = async () =>
      runScript({
        name: 'file-case',
        url: stage.addresses.app,
        clients,
        seconds: half,
        variables: await variablesOf(stage),
      });
    const first = await floorOf();
    await settle(stage);
    const before = await usageOf(stage.platform.pid, stage.client);
    const rate = await fire({ ...load, seconds: stage.seconds });
    const memory = workerMegabytes(stage.platform.pid);
    // What follows from a filing is part of its price.
    await settle(stage);
    const after = await usageOf(stage.platform.pid, stage.client);
    const floor = mean(first, await floorOf());
    await settle(stage);
    const [heard] = await overhear(
      stage,
      headers.cookie ?? '',
      (await filings(stage, 8)).slice(0, 1),
      shots.slice(0, 8),
    );
    const ratio = rate.perSecond / floor.perSecond;
    return [
      {
        scenario: 'file',
        what: `filed over HTTP, ${clients} connections`,
        size: stage.size.name,
        value: rate.perSecond,
        unit: 'cases/s',
        p50: rate.p50,
        p99: rate.p99,
        floor: { what: `${floor.by}, bench/sql/file-case.sql`, value: floor.perSecond, p50: floor.p50 },
        target: target(['≥ 1.3 × floor', ratio >= 1.3], ['p99 ≤ 60 ms', rate.p99 <= 60]),
        ...costOf(before, after, rate.done),
        memory,
        statements: heard?.statements,
        roundTrips: heard?.trips.length,
        errors: rate.errors,
        notes: rate.errors > 0 ? [`answers: ${JSON.stringify(rate.statuses)}`] : [],
      },
    ] satisfies Figure[];
  },
};

async function variablesOf(stage: Stage): Promise<Record<string, string>> {
  const { id, organisationId } = await userOf(stage, 'dispatcher');
  const { areas, classes } = await places(stage);
  return {
    tenant: String(stage.tenant),
    actor: id,
    area: areas[0] ?? '',
    organisation: organisationId,
    class: classes[0] ?? '',
    run: runKey(),
  };
}

/** Of the runs before and after. */
export function mean(one: ScriptRate, other: ScriptRate): ScriptRate {
  const half = (key: 'perSecond' | 'p50' | 'p99') => (one[key] + other[key]) / 2;
  return { by: one.by, done: one.done + other.done, perSecond: half('perSecond'), p50: half('p50'), p99: half('p99') };
}
