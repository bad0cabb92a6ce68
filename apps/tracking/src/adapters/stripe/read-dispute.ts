import type { ChargebackOutcome } from '#contracts';
import { unixTime } from '../event-time.js';
import { requiredAmount, requiredCurrency, requiredText } from '../fields.js';
import { ignoredReading, type Reading, unreadableField } from '../reading.js';
import { idAt, type Look, paymentNames } from './stripe-fields.js';
import type { StripeStatement } from './stripe-statement.js';

/** A dispute in these states has taken no money: an inquiry of the bank, or one that a refund prevented. */
const NOTHING_WITHDRAWN = ['warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented'];

/** A dispute that takes the payment back while it is open; also an inquiry that became one. */
export function readOpenedDispute(look: Look, receivedAt: Date): Reading<StripeStatement> {
  return isWithdrawn(look) ? chargeback(look, receivedAt, 'opened') : ignoredReading('NOTHING_WITHDRAWN');
}

/** The bank's decision. */
export function readClosedDispute(look: Look, receivedAt: Date): Reading<StripeStatement> {
  if (!isWithdrawn(look)) return ignoredReading('NOTHING_WITHDRAWN');
  const status = requiredText(look('data.object.status'));
  if (status === 'won' || status === 'lost') return chargeback(look, receivedAt, status);
  const message = 'must be won or lost in a closed dispute';
  throw unreadableField('FIELD_INVALID', { field: 'data.object.status', message });
}

const isWithdrawn = (look: Look) => !NOTHING_WITHDRAWN.includes(requiredText(look('data.object.status')));

function chargeback(look: Look, receivedAt: Date, outcome: ChargebackOutcome): Reading<StripeStatement> {
  const chargeId = idAt(look, 'data.object.charge');
  return {
    kind: 'read',
    value: {
      kind: 'chargeback',
      time: unixTime(look('created'), receivedAt),
      names: paymentNames(look, requiredText({ field: 'data.object.charge', value: chargeId ?? undefined })),
      chargebackKey: requiredText(look('data.object.id')),
      amount: requiredAmount(look('data.object.amount')),
      currency: requiredCurrency(look('data.object.currency')),
      outcome,
    },
  };
}
