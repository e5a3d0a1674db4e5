import { countedId } from '../fill/make-cases.ts';
import { fill } from '../fill/fill.ts';
import { target, type Figure } from '../figure.ts';
import { fire, type Shot } from '../load.ts';
import { runScript } from '../plain-script.ts';
import { overhear, type Scenario, send, settle, type Stage } from '../stage.ts';
import { costOf, usageOf, workerMegabytes } from '../usage.ts';
import { mean } from './file.ts';
import { filings, headersOf, JSON_BODY, runKey, userOf } from './shots.ts';

/** Most steps a second that the cases made beforehand are enough for. */
const MOST_A_SECOND = 800;

/** An office accepts what was dispatched to it, beside the same rows by plain SQL. */
export const step: Scenario = {
  name: 'step',
  async run(stage) {
    const clients = stage.connections ?? 32;
    const handler = await userOf(stage, 'handler');
    const template = await dispatched(stage, handler.organisationId);
    const count = Math.ceil(stage.seconds + 4) * MOST_A_SECOND;
    stage.say(`  making ${count} cases to step`);
    const [own, plain] = [
      await makeCases(stage, template, count),
      await makeCases(stage, template, Math.ceil(count / 2)),
    ];
    const headers = await headersOf(stage, 'handler');
    const shots = Array.from({ length: count }, (_, at) => acceptance(countedId(own, at)));
    const spare = shots.splice(0, MOST_A_SECOND * 2);
    const load = { url: stage.platform.url, connections: clients, headers, once: true };
    await settle(stage);
    const variables = {
      tenant: String(stage.tenant),
      actor: handler.id,
      organisation: handler.organisationId,
      series: plain,
      cases: String(Math.ceil(count / 2)),
      run: runKey(),
    };
    const half = Math.max(2, stage.seconds / 2);
    const floorOf = () => runScript({ name: 'step', url: stage.addresses.app, clients, seconds: half, variables });
    await fire({ ...load, shots: spare.slice(0, MOST_A_SECOND), seconds: 2 });
    await settle(stage);
    const first = await floorOf();
    await settle(stage);
    const before = await usageOf(stage.platform.pid, stage.client);
    const changed = await changesInPlace(stage);
    const rate = await fire({ ...load, shots, seconds: stage.seconds });
    const memory = workerMegabytes(stage.platform.pid);
    await settle(stage);
    const after = await usageOf(stage.platform.pid, stage.client);
    const inPlace = share(changed, await changesInPlace(stage));
    const floor = mean(first, await floorOf());
    await settle(stage);
    const left = spare.slice(MOST_A_SECOND);
    const [heard] = await overhear(stage, headers.cookie ?? '', left.slice(0, 1), left.slice(1, 9));
    const ratio = rate.perSecond / floor.perSecond;
    const trips = heard?.trips.length ?? 0;
    return [
      {
        scenario: 'step',
        what: `accepted over HTTP, ${clients} connections`,
        size: stage.size.name,
        value: rate.perSecond,
        unit: 'steps/s',
        p50: rate.p50,
        p99: rate.p99,
        floor: { what: `${floor.by}, bench/sql/step.sql`, value: floor.perSecond, p50: floor.p50 },
        target: target(['≥ 0.4 × floor', ratio >= 0.4], ['≤ 4 round trips', trips <= 4]),
        ...costOf(before, after, rate.done),
        memory,
        statements: heard?.statements,
        roundTrips: trips,
        errors: rate.errors,
        notes: [
          ...(rate.errors > 0 ? [`answers: ${JSON.stringify(rate.statuses)}`] : []),
          `of the rows changed, with what follows, ${inPlace} % in place (HOT)`,
        ],
      },
    ] satisfies Figure[];
  },
};

type Changes = { readonly all: number; readonly inPlace: number };

/** Rows changed in all tables since the server began to count, and how many of them without a new entry in any index. */
async function changesInPlace({ client }: Stage): Promise<Changes> {
  const { rows } = await client.query<Changes>(
    'SELECT sum(n_tup_upd)::float8 AS "all", sum(n_tup_hot_upd)::float8 AS "inPlace" FROM pg_stat_user_tables',
  );
  return rows[0] ?? { all: 0, inPlace: 0 };
}

const share = (before: Changes, after: Changes) =>
  Math.round((100 * (after.inPlace - before.inPlace)) / Math.max(1, after.all - before.all));

function acceptance(id: string): Shot {
  return {
    method: 'POST',
    path: `/api/cases/${id}/acceptance`,
    headers: { ...JSON_BODY, 'idempotency-key': `accept-${id}` },
    body: JSON.stringify({ expectedVersion: 2 }),
  };
}

/** Files a case and dispatches it to the office, as people would; the others are made like it. */
async function dispatched(stage: Stage, leadId: string): Promise<string> {
  const cookie = await stage.cookieOf('dispatcher');
  const [shot] = await filings(stage, 1);
  if (!shot) throw new Error('nothing to file');
  const filed = await send(stage, cookie, shot);
  const { id } = filed.body as { id: string };
  const body = JSON.stringify({ expectedVersion: 1, leadId, reason: '按职责派发', instruction: null });
  const sent = await send(stage, cookie, {
    method: 'POST',
    path: `/api/cases/${id}/dispatch`,
    headers: { 'idempotency-key': runKey() },
    body,
  });
  if (sent.status !== 200) throw new Error(`the case to multiply was not dispatched: ${JSON.stringify(sent.body)}`);
  return id;
}

async function makeCases(stage: Stage, templateId: string, count: number): Promise<string> {
  const series = Math.floor(Math.random() * 65_536)
    .toString(16)
    .padStart(4, '0');
  const searchable = true;
  await fill({
    url: stage.addresses.superuser,
    tenant: stage.tenant,
    count,
    searchable,
    counted: { series, templateId },
  });
  return series;
}
