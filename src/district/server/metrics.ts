import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { all, type Db, sql } from '../store/sql.ts';

/** Figures for Prometheus. */
export interface Metrics {
  readonly requestDone: (route: string, status: number, seconds: number) => void;
  readonly operationDone: (type: string, status: string) => void;
  /** When the feed was written, and until when its root is good; epoch milliseconds. */
  readonly published: (at: number, rootUntil: number) => void;
  readonly publishingFailed: () => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const SLOW = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Opens the figures of one server. Those that stand in the database are read when somebody asks. */
export function openMetrics(db: Db): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'district_request_seconds',
    help: 'Requests by route and status, with the time that they took.',
    labelNames: ['route', 'status'],
    buckets: SLOW,
    registers,
  });
  const operations = new Counter({
    name: 'district_operations_total',
    help: 'Operations of terminals by type and result.',
    labelNames: ['type', 'result'],
    registers,
  });
  const publishedAt = new Gauge({
    name: 'district_feed_published_timestamp_seconds',
    help: 'When the feed was last written or renewed.',
    registers,
  });
  const rootUntil = new Gauge({
    name: 'district_root_expires_timestamp_seconds',
    help: 'Until when the root of the feed is good; it is renewed by hand.',
    registers,
  });
  const failures = new Counter({
    name: 'district_feed_failures_total',
    help: 'How often writing the feed failed.',
    registers,
  });
  addStateGauges(db, registry);
  /** Looked up once: thousands of requests a second have the same route and status. */
  const observed = new Map<string, ReturnType<typeof requests.labels>>();
  return {
    requestDone: (route, status, seconds) => {
      const name = `${status} ${route}`;
      const known = observed.get(name) ?? requests.labels({ route, status: String(status) });
      observed.set(name, known);
      known.observe(seconds);
    },
    operationDone: (type, result) => operations.inc({ type, result }),
    published: (at, until) => {
      publishedAt.set(at / 1000);
      rootUntil.set(until / 1000);
    },
    publishingFailed: () => failures.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What stands in the database, by name. */
function addStateGauges(db: Db, registry: Registry): void {
  const gauge = new Gauge({
    name: 'district_state',
    help: 'Numbers of terminals, conflicts, submissions and records.',
    labelNames: ['what'],
    registers: [registry],
    collect: async () => {
      const rows = await all<{ what: string; count: number }>(
        db,
        sql`select 'terminals-' || state as what, count(*) as count from terminal group by state
            union all select 'conflicts-open', count(*) from conflict where outcome is null
            union all select 'submissions-open', count(*) from submission where handled_at is null
            union all select 'records-' || state, count(*) from content group by state`,
      );
      gauge.reset();
      for (const { what, count } of rows) gauge.set({ what }, count);
    },
  });
}
