import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { ConsumerHealth } from '#bus';
import { Metrics } from '#observability';
import { SummariseHealth } from './summarise-health.js';

const COUNTS = ['ready', 'sent', 'parked', 'overdue', 'dead'] as const;

/**
 * The pipeline's health as Prometheus sees it, read when it asks. While PostgreSQL is away both metrics are
 * absent, which an alert can tell from zero; the process's other metrics stay.
 */
@Injectable()
export class HealthMetrics {
  #pending: Promise<ConsumerHealth[]> | null = null;

  constructor(
    metrics: Metrics,
    private readonly summariseHealth: SummariseHealth,
  ) {
    const read = () => this.#summary();
    metrics.registerMetric(
      new Gauge({
        name: 'fairlead_deliveries',
        help: 'Deliveries per consumer and state; overdue ones are parked past their deadline.',
        labelNames: ['consumer', 'state'],
        registers: [],
        async collect() {
          this.reset();
          for (const health of await read()) {
            for (const state of COUNTS) this.set({ consumer: health.consumer, state }, health[state]);
          }
        },
      }),
    );
    metrics.registerMetric(
      new Gauge({
        name: 'fairlead_oldest_delivery_seconds',
        help: 'Age of the oldest delivery that is due and not taken (ready), or dead.',
        labelNames: ['consumer', 'state'],
        registers: [],
        async collect() {
          this.reset();
          for (const { consumer, oldestReadySeconds, oldestDeadSeconds } of await read()) {
            this.set({ consumer, state: 'ready' }, oldestReadySeconds);
            this.set({ consumer, state: 'dead' }, oldestDeadSeconds);
          }
        },
      }),
    );
  }

  /** One query per scrape, however many metrics ask for it. */
  #summary(): Promise<ConsumerHealth[]> {
    this.#pending ??= this.summariseHealth
      .execute()
      .catch(() => [])
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }
}
