import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { sql } from 'kysely';
import { systemActor } from '../auth/actor.ts';
import type { Database, ReadTx } from '../database/database.ts';
import type { Member } from '../processes/member.ts';

/** What the platform tells about itself, for Prometheus. Labels name routes, states and reasons, never persons or cases. */
export type Metrics = {
  /** Notes one answered request. `route` is the pattern, never the address. */
  readonly answered: (request: { method: string; route: string; status: number; seconds: number }) => void;
  /**
   * A number that is asked for at each reading; null leaves it out. Its name begins with `gongzhi_`, its help says what it
   * means when it is bad. Where several processes serve one port, most numbers are the database's and the largest is
   * told; one that each process has of its own says `each` and is told for each.
   */
  readonly gauge: (
    name: string,
    help: string,
    read: () => Promise<number | null> | number | null,
    of?: 'all' | 'each',
  ) => void;
  /** All of them as Prometheus reads them; where several processes serve one port, those of all. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

export type MetricsSettings = {
  readonly database: Database;
  readonly tenant: number;
  readonly now: () => Date;
  /** Memory, event loop and garbage collection of this process, too. */
  readonly process: boolean;
  /** This process among several behind one port; null when it stands alone. */
  readonly member?: Member | null;
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** An outage must not keep the reader waiting. */
const PATIENCE_MS = 2000;

export function createMetrics(settings: MetricsSettings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const member = settings.member ?? null;
  // Memory and the like of each process say more than their sum.
  const labels = member === null ? {} : { labels: { process: String(member.number) } };
  if (settings.process) collectDefaultMetrics({ register: registry, prefix: 'gongzhi_', ...labels });
  member?.giveMetrics(() => registry.getMetricsAsJSON());
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({ name: 'gongzhi_requests_total', help: 'Answered requests', labelNames, registers });
  const latency = new Histogram({
    name: 'gongzhi_request_seconds',
    help: 'Seconds from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route'] as const,
    buckets: SECONDS,
    registers,
  });
  const gauge: Metrics['gauge'] = (name, help, read, of = 'all') => {
    const own = member !== null && of === 'each' ? { process: String(member.number) } : {};
    const one = new Gauge({ name, help, registers: [], aggregator: 'max', labelNames: Object.keys(own) });
    // Told again, as when the routes are listed once more, the last one holds.
    registry.removeSingleMetric(name);
    registry.registerMetric(one);
    Object.assign(one, {
      async collect() {
        const value = await within(read);
        one.reset();
        if (value === null) one.remove(own);
        else one.set(own, value);
      },
    });
  };
  addDatabase(settings, gauge);
  return {
    answered({ method, route, status, seconds }) {
      requests.inc({ method, route, status });
      latency.observe({ method, route }, seconds);
    },
    gauge,
    text: () => (member === null ? registry.metrics() : textOfAll(member)),
    contentType: registry.contentType,
  };
}

/** Counters added up, gauges as each says; memory and the like stay apart by their label `process`. */
async function textOfAll(member: Member): Promise<string> {
  return AggregatorRegistry.aggregate([...(await member.allMetrics())]).metrics();
}

/** What a reading brings, or null when it fails or takes too long: one bad number must not cost the others. */
async function within(read: () => Promise<number | null> | number | null): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function addDatabase({ database, tenant, now }: MetricsSettings, gauge: Metrics['gauge']): void {
  const read = (work: (tx: ReadTx) => Promise<number>) => database.read(systemActor(tenant, 'metrics'), work);
  gauge('gongzhi_database_up', '1 when the database answers within a second', async () =>
    Number(await database.healthy()),
  );
  gauge('gongzhi_database_connections', 'Connections the pool holds', () => database.connections().open, 'each');
  gauge('gongzhi_database_connections_idle', 'Of these, at rest', () => database.connections().idle, 'each');
  gauge(
    'gongzhi_database_waiting',
    'Requests that wait for a connection; more than 0 for long: the pool is too small',
    () => database.connections().waiting,
    'each',
  );
  gauge('gongzhi_outbox_lag_seconds', 'Age of the oldest event that nobody has taken yet', () =>
    read((tx) =>
      ageOf(
        tx,
        sql`SELECT least(
          (SELECT min(at) FROM platform.outbox WHERE tenant_id = ${tenant} AND NOT routed),
          (SELECT min(run_at) FROM platform.outbox_delivery
           WHERE tenant_id = ${tenant} AND failed_at IS NULL AND run_at <= ${now()})) AS since`,
        now(),
      ),
    ),
  );
  gauge('gongzhi_outbox_failed', 'What follows from events and was given up after all tries; the log says which', () =>
    read((tx) =>
      countOf(
        tx,
        sql`SELECT count(*)::int AS n FROM platform.outbox_delivery
        WHERE tenant_id = ${tenant} AND failed_at IS NOT NULL`,
      ),
    ),
  );
  gauge('gongzhi_timers_late_seconds', 'How long the timer that is due longest has been waiting', () =>
    read((tx) =>
      ageOf(
        tx,
        sql`SELECT min(run_at) AS since FROM platform.timer WHERE tenant_id = ${tenant} AND run_at <= ${now()}`,
        now(),
      ),
    ),
  );
}

async function ageOf(tx: ReadTx, query: ReturnType<typeof sql>, now: Date): Promise<number> {
  const { rows } = await query.execute(tx);
  const { since } = (rows[0] ?? { since: null }) as { since: Date | null };
  return since === null ? 0 : Math.max(0, (now.getTime() - new Date(since).getTime()) / 1000);
}

async function countOf(tx: ReadTx, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(tx);
  return (rows[0] as { n: number } | undefined)?.n ?? 0;
}
