import type { INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { Bus } from './bus.js';
import { BatchServer } from './consume/batch-server.js';

/**
 * Binds the handlers of every service in the process to its queue and starts consuming. Call it once,
 * after `app.init()`.
 *
 * @throws Error that names every handler missing, doubled or unknown to the topology
 */
export async function connectBus(app: INestApplication): Promise<void> {
  const bus = app.get(Bus);
  const servers = bus.services.map((service) => new BatchServer(service, bus));
  for (const strategy of servers) app.connectMicroservice<MicroserviceOptions>({ strategy });
  const problems = servers.flatMap((server) => server.problems());
  if (problems.length > 0) throw new Error(`Handlers and topology disagree:\n${problems.join('\n')}`);
  await app.startAllMicroservices();
}
