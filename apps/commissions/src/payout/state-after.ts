/**
 * SQL for a commission's state once payouts have moved its amounts: paid when nothing of it is left to pay, to
 * set off, or on its way. The same as judging says of the same amounts.
 */
export const stateAfter = (amounts: {
  readonly payable: string;
  readonly inPayout: string;
  readonly paidOut: string;
}): string =>
  `case when c.state not in ('payable', 'paid') then c.state
     when ${amounts.payable} = 0 and ${amounts.inPayout} = 0 and ${amounts.paidOut} <> 0 then 'paid'
     else 'payable' end`;
