import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  Injectable,
  Module,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { AppConfig } from '#config';
import { AppError, Unauthenticated } from '#kernel';

/** The process's Prometheus metrics; services add their own to this registry. */
export class Metrics extends Registry {
  constructor() {
    super();
    collectDefaultMetrics({ register: this });
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** Metrics tell of every tenant's traffic: they are for whoever scrapes them, by a token of their own. */
@Injectable()
class MetricsGuard implements CanActivate {
  readonly #expected: Buffer | null;

  constructor({ metricsToken }: AppConfig) {
    this.#expected = metricsToken === null ? null : hashOf(`Bearer ${metricsToken}`);
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.#expected) {
      throw new AppError('not_found', 'metrics.off', 'Metrics are off here. Set METRICS_TOKEN to show them.');
    }
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: Readonly<Record<string, string | undefined>> }>();
    if (timingSafeEqual(hashOf(headers['authorization'] ?? ''), this.#expected)) return true;
    throw new Unauthenticated('Send the header "Authorization: Bearer <METRICS_TOKEN>".');
  }
}

@ApiExcludeController()
@UseGuards(MetricsGuard)
@Controller()
class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  show(): Promise<string> {
    return this.metrics.metrics();
  }
}

@Module({ providers: [Metrics], controllers: [MetricsController], exports: [Metrics] })
class MetricsImplementation {}

/** `GET /metrics` and the registry, for every module of the process. */
export const MetricsModule = { module: MetricsImplementation, global: true };
