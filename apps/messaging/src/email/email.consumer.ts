import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BatchContext, ConsumeEvent, type Delivery, done, type Outcome } from '#bus';
import type { EventMap } from '#contracts';
import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import type { EmailContent } from './email.js';
import { EmailOutbox } from './email-outbox.js';

/** Mail that is no notice: it goes to whoever wants to sign in or is invited, whatever they want to hear of. */
@Controller()
export class EmailConsumer {
  constructor(private readonly outbox: EmailOutbox) {}

  @ConsumeEvent('messaging', 'sign_in.requested')
  signInRequested(
    @Payload() deliveries: readonly Delivery<'sign_in.requested'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.#queue(tx, deliveries, ({ signInId, purpose, expiresAt }) => ({
      template: 'sign_in',
      params: { signInId: asId('SignIn', signInId), purpose, expiresAt },
    }));
  }

  @ConsumeEvent('messaging', 'team.invited')
  teamInvited(
    @Payload() deliveries: readonly Delivery<'team.invited'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.#queue(tx, deliveries, ({ email: _recipient, ...params }) => ({
      template: 'team_invitation',
      params,
    }));
  }

  @ConsumeEvent('messaging', 'partner.invited')
  partnerInvited(
    @Payload() deliveries: readonly Delivery<'partner.invited'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.#queue(tx, deliveries, ({ email: _recipient, ...params }, companyId) => ({
      template: 'program_invitation',
      params: { ...params, companyId },
    }));
  }

  async #queue<T extends 'sign_in.requested' | 'team.invited' | 'partner.invited'>(
    tx: Transaction,
    deliveries: readonly Delivery<T>[],
    contentOf: (data: EventMap[T], companyId: Id<'Company'>) => EmailContent,
  ): Promise<Outcome[]> {
    await this.outbox.queue(
      tx,
      deliveries.map(({ companyId, eventId, data }) => ({
        companyId,
        eventId,
        partnerId: null,
        recipient: data.email,
        content: contentOf(data, companyId),
      })),
    );
    return deliveries.map(() => done());
  }
}
