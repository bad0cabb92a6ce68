import { EUR, order, signup } from '../../test/commission-facts.js';
import { totalRefunded, worthOf } from './subject.js';

describe('totalRefunded', () => {
  it.each([
    [100n, 0n, 0n, 0n],
    [100n, 30n, 0n, 30n],
    [100n, 30n, 40n, 40n],
    [100n, 50n, 40n, 50n],
    [100n, 100n, 40n, 100n],
    [100n, 101n, 0n, 100n],
    [100n, 0n, 101n, 100n],
  ])('of %s: single ones of %s and a snapshot of %s come to %s', (amount, singles, snapshot, total) => {
    expect(totalRefunded(amount, singles, snapshot)).toBe(total);
  });
});

describe('worthOf', () => {
  const occurredAt = new Date(0);
  const worth = { amount: 5n, currency: EUR };

  it('is the amount of an order, lead or deal', () => {
    expect(worthOf(order())).toEqual({ amount: 10_000n, currency: 'EUR' });
    expect(worthOf({ kind: 'lead', occurredAt, worth })).toEqual(worth);
    expect(worthOf({ kind: 'deal', occurredAt, worth })).toEqual(worth);
    expect(worthOf({ kind: 'deal', occurredAt, worth: null })).toBeNull();
  });

  it('is unknown of signups and actions', () => {
    expect(worthOf(signup)).toBeNull();
    expect(worthOf({ kind: 'action', occurredAt, action: 'a' })).toBeNull();
  });
});
