import { unixTime } from '../event-time.js';
import { find, optionalAmount, requiredAmount, requiredCurrency, requiredText } from '../fields.js';
import { ignoredReading, type Reading } from '../reading.js';
import { invoiceLines } from './invoice-lines.js';
import { customerAt, evidenceAt, type Look, partsOf } from './stripe-fields.js';
import type { StripeStatement } from './stripe-statement.js';

/** The invoice's own metadata, then that of its subscription as it was when the invoice was made. */
const METADATA = ['data.object.metadata', 'data.object.parent.subscription_details.metadata'];

/** A paid invoice is a sale of what was paid; an invoice of nothing (a trial's first) is none. */
export function readInvoice(look: Look, receivedAt: Date): Reading<StripeStatement> {
  const amount = requiredAmount(look('data.object.amount_paid'));
  if (amount === 0) return ignoredReading('NOTHING_PAID');
  const parts = partsOf(
    amount,
    taxOf(look),
    optionalAmount(look('data.object.shipping_cost.amount_subtotal')),
  );
  const paidAt = look('data.object.status_transitions.paid_at');
  return {
    kind: 'read',
    value: {
      kind: 'sale',
      time: unixTime(paidAt.value === undefined ? look('created') : paidAt, receivedAt),
      names: [{ kind: 'invoice', value: requiredText(look('data.object.id')) }],
      customer: customerAt(look, METADATA, look('data.object.customer_email')),
      evidence: evidenceAt(look, METADATA),
      price: {
        ...parts,
        currency: requiredCurrency(look('data.object.currency')),
        lines: invoiceLines(look, amount - parts.tax - parts.shipping),
      },
    },
  };
}

function taxOf(look: Look): number {
  const { field, value: taxes } = look('data.object.total_taxes');
  if (!Array.isArray(taxes)) return 0;
  return taxes
    .map((tax: unknown, index) => {
      const { value } = find(tax, 'amount');
      return requiredAmount({ field: `${field}.${index}.amount`, value });
    })
    .reduce((sum, part) => sum + part, 0);
}
