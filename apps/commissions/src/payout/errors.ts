import { Conflict, type Currency, moneyText } from '#kernel';

export class NothingToPay extends Conflict {
  constructor(threshold: bigint, currency: Currency) {
    super(
      'payout_batch.nothing_to_pay',
      `No partner has a payable balance of at least ${moneyText(threshold, currency)}. Lower the threshold, or wait until holds end.`,
    );
  }
}

/** Whatever is asked of it: a payout is paid or cancelled once. */
export class PayoutIsClosed extends Conflict {
  constructor() {
    super(
      'payout.closed',
      'Nothing of it is open any more: it was paid or cancelled before. Read it to see when and how.',
    );
  }
}
