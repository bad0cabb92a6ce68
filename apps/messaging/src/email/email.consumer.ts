import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BatchContext, ConsumeEvent, type Delivery, done, type Outcome } from '#bus';
import { asId } from '#kernel';
import { EmailOutbox } from './email-outbox.js';

/** Mail that is no notice: it goes to whoever wants to sign in, whatever they want to hear of. */
@Controller()
export class EmailConsumer {
  constructor(private readonly outbox: EmailOutbox) {}

  @ConsumeEvent('messaging', 'partner.sign_in_requested')
  async signInRequested(
    @Payload() deliveries: readonly Delivery<'partner.sign_in_requested'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    await this.outbox.queue(
      tx,
      deliveries.map(({ companyId, eventId, data: { signInId, partnerId, email, expiresAt } }) => ({
        companyId,
        eventId,
        partnerId,
        recipient: email,
        content: { template: 'sign_in', params: { signInId: asId('SignIn', signInId), expiresAt } },
      })),
    );
    return deliveries.map(() => done());
  }
}
