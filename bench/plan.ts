import { FULL_WORLD, QUICK_WORLD, type WorldSize } from './world.js';

/** One figure per key of docs/performance.md. */
export type Figures = Readonly<Record<string, number>>;

/** How much is measured: a full run for the docs, a quick one that shows that everything works. */
export interface Plan {
  readonly world: WorldSize;
  /** Counted runs of each figure; the median is reported. */
  readonly runs: number;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Webhooks of one ingest run. */
  readonly webhooks: number;
  /** Orders of one pipeline run. */
  readonly orders: number;
  /** Jobs of one run of BullMQ's ceiling, by backend. */
  readonly jobs: Readonly<Record<'redis' | 'postgres', number>>;
  readonly backlog: { readonly waiting: number; readonly measured: number; readonly keptWaiting: number };
  readonly history: { readonly clicks: number; readonly customers: number };
  readonly latency: { readonly orders: number; readonly perSecond: number };
}

export const FULL_PLAN: Plan = {
  world: FULL_WORLD,
  runs: 5,
  connections: 100,
  warmUpSeconds: 3,
  seconds: 5,
  webhooks: 20_000,
  orders: 5_000,
  jobs: { redis: 50_000, postgres: 4_000 },
  backlog: { waiting: 200_000, measured: 20_000, keptWaiting: 2_000 },
  history: { clicks: 5_000_000, customers: 1_000_000 },
  latency: { orders: 3_000, perSecond: 50 },
};

export const QUICK_PLAN: Plan = {
  world: QUICK_WORLD,
  runs: 1,
  connections: 20,
  warmUpSeconds: 1,
  seconds: 1,
  webhooks: 1_000,
  orders: 500,
  jobs: { redis: 5_000, postgres: 500 },
  backlog: { waiting: 2_000, measured: 500, keptWaiting: 200 },
  history: { clicks: 20_000, customers: 5_000 },
  latency: { orders: 100, perSecond: 50 },
};
