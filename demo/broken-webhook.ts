import { eventually } from '#testing';
import type { ApiClient } from './api-client.js';
import { Browser } from './browser.js';
import type { Company } from './company.js';
import type { Narrator } from './narrator.js';
import { shown } from './people.js';
import type { PartnerView } from './readings.js';
import type { WebhookAnswer } from './webhook-sender.js';

interface DeadLetter {
  readonly companyId: string;
  readonly eventId: string;
  readonly consumer: string;
  readonly code: string;
  readonly message: string;
}

export interface BrokenWebhook {
  readonly operator: ApiClient;
  readonly company: Company;
  readonly link: string;
  readonly winner: PartnerView;
  readonly narrator: Narrator;
  readonly count: (answer: Promise<WebhookAnswer>) => Promise<void>;
}

/**
 * The shop renames a field without telling anybody. Its order becomes a dead letter; ops map the new name
 * and replay it. Meanwhile the offer has changed: the order is still judged by the one of its own time.
 *
 * @returns the outcome of each replay
 */
export async function repairAndReplay(story: BrokenWebhook): Promise<readonly string[]> {
  const { operator, company, narrator, winner } = story;
  const visit = await new Browser().click(story.link);
  const order = {
    type: 'order.placed',
    timestamp: new Date().toISOString(),
    data: {
      clickId: visit.clickId,
      customer: { id: 'customer-3', email: 'sam@example.org' },
      order: { reference: 'order-3', amount: 5_000, currency: 'EUR' },
    },
  };
  await story.count(company.shop.send(order));
  const letter = await eventually(async () => {
    const { data } = await operator.get<{ data: DeadLetter[] }>(
      `/v1/ops/dead-letters?companyId=${company.id}`,
    );
    return data[0];
  });
  narrator.say(`Dead letter ${letter.eventId}: ${letter.code}, ${letter.message}`);

  await company.api.post(`/v1/offers/${company.saleOfferId}/versions`, {
    rule: { trigger: 'sale', reward: { kind: 'percent', basisPoints: 1000 }, holdDays: 30 },
  });
  await operator.put(`/v1/ops/integrations/${company.shopIntegrationId}/mapping`, {
    fields: { 'order.id': 'data.order.reference' },
  });
  const path = `/v1/ops/dead-letters/${company.id}/${letter.eventId}/${letter.consumer}/replay`;
  const replay = async () => {
    const { outcome } = await operator.post<{ outcome: string }>(path, {
      reason: 'order.id is now order.reference',
    });
    return outcome;
  };
  const outcomes = [await replay()];
  const fulfilled = {
    type: 'order.fulfilled',
    timestamp: new Date().toISOString(),
    data: { order: { id: 'order-3' } },
  };
  await story.count(company.shop.send(fulfilled));
  const commission = (await winner.heldCommissions(4)).at(-1);
  if (!commission) throw new Error('the replayed order has no commission');
  outcomes.push(await replay());
  narrator.say(
    'The sale offer pays 10 % from now on; the order happened before and is judged by its own time:',
  );
  narrator.say(
    `Grace has earned ${shown(commission.amount)} of 50.00 EUR. A second replay: ${outcomes[1] ?? ''}.`,
  );
  return outcomes;
}
