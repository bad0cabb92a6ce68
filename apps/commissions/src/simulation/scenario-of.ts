import { type FieldError, InvalidFields, type Money, parseAmount, parseCurrency, parseId } from '#kernel';
import type { OrderFacts, SubjectFacts } from '#rules';
import type { Scenario } from './simulate.js';
import type { SimulateBody, SimulatedSubjectDto } from './simulation.dto.js';

/**
 * Reads a scenario that a company sent; its fields are valid one by one.
 * @throws InvalidInput `simulation.invalid` when they do not fit each other
 */
export function scenarioOf(body: SimulateBody, now: Date): Scenario {
  refuseMisfits(body);
  const { subject, clicks = [], codesOf = [], boundTo, submittedBy, customerId, customer } = body;
  const occurredAt = timeOrNull(body.occurredAt) ?? now;
  return {
    facts: factsOf(subject, occurredAt),
    customer:
      customerId === undefined
        ? {
            kind: 'imagined',
            signedUpAt: timeOrNull(customer?.signedUpAt),
            firstPaidAt: timeOrNull(customer?.firstPaidAt),
          }
        : { kind: 'known', customerId: parseId('Customer', customerId, 'customerId') },
    referral: {
      kind: subject.kind,
      occurredAt,
      clicks: clicks.map((click, index) => ({
        partnershipId: parseId('Partnership', click.partnershipId, `clicks.${index}.partnershipId`),
        clickedAt: new Date(click.clickedAt),
      })),
      codesOf: codesOf.map((id, index) => parseId('Partnership', id, `codesOf.${index}`)),
      boundTo: boundTo === undefined ? null : parseId('Partnership', boundTo, 'boundTo'),
      submittedBy: submittedBy === undefined ? null : parseId('Partnership', submittedBy, 'submittedBy'),
    },
  };
}

function factsOf(subject: SimulatedSubjectDto, occurredAt: Date): SubjectFacts {
  switch (subject.kind) {
    case 'order':
      return orderFacts(subject, occurredAt);
    case 'signup':
      return { kind: 'signup', occurredAt };
    case 'lead':
    case 'deal':
      return { kind: subject.kind, occurredAt, worth: worthOf(subject) };
    case 'action':
      return { kind: 'action', occurredAt, action: subject.action ?? '' };
  }
}

function orderFacts(subject: SimulatedSubjectDto, occurredAt: Date): OrderFacts {
  const fulfilledAt = timeOrNull(subject.fulfilledAt);
  return {
    kind: 'order',
    occurredAt,
    amount: parseAmount(subject.amount, 'subject.amount'),
    tax: parseAmount(subject.tax ?? 0, 'subject.tax'),
    shipping: parseAmount(subject.shipping ?? 0, 'subject.shipping'),
    currency: parseCurrency(subject.currency, 'subject.currency'),
    lines: (subject.lines ?? []).map(({ productKey, categoryKey, amount }, index) => ({
      lineKey: String(index),
      productKey: productKey ?? null,
      categoryKey: categoryKey ?? null,
      amount: BigInt(amount),
    })),
    fulfilmentPolicy: subject.fulfilmentPolicy ?? 'none',
    fulfilledAt,
    completedAt: fulfilledAt,
    fulfilledLines: new Set(),
    cancelledAt: null,
    chargedBack: 0n,
    refunded: parseAmount(subject.refunded ?? 0, 'subject.refunded'),
  };
}

function worthOf({ amount, currency }: SimulatedSubjectDto): Money | null {
  if (amount === undefined) return null;
  return { amount: BigInt(amount), currency: parseCurrency(currency, 'subject.currency') };
}

function refuseMisfits({ subject, submittedBy, customerId, customer }: SimulateBody): void {
  const { kind, amount = 0, tax = 0, shipping = 0, refunded = 0 } = subject;
  const isReferral = kind === 'lead' || kind === 'deal';
  const errors: FieldError[] = [];
  const refuse = (isWrong: boolean, field: string, message: string) => {
    if (isWrong) errors.push({ field, message });
  };
  refuse(kind === 'order' && subject.amount === undefined, 'subject.amount', 'must be given for an order');
  refuse(tax + shipping > amount, 'subject.amount', `must be at least ${tax + shipping}: tax and shipping`);
  refuse(refunded > amount, 'subject.refunded', `must be at most ${amount}, the amount`);
  refuse(kind === 'action' && subject.action === undefined, 'subject.action', 'must name the action');
  refuse(isReferral && submittedBy === undefined, 'submittedBy', `must name who submitted the ${kind}`);
  refuse(
    !isReferral && submittedBy !== undefined,
    'submittedBy',
    'must be left out: only leads and deals have it',
  );
  refuse(
    customerId !== undefined && customer !== undefined,
    'customer',
    'must be left out: customerId names one who is known',
  );
  if (errors.length === 0) return;
  throw new InvalidFields('simulation.invalid', errors);
}

const timeOrNull = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
