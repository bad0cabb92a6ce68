import { type Intervention, outcomeOf, resultsOf } from './intervention.js';

describe('an intervention', () => {
  it.each([
    ['replay', 'dead', 'applied'],
    ['replay', 'ignored', 'applied'],
    ['replay', 'done', 'already_done'],
    ['replay', 'ready', 'already_under_way'],
    ['replay', 'sent', 'already_under_way'],
    ['replay', 'parked', 'already_under_way'],
    ['discard', 'dead', 'applied'],
    ['discard', 'ignored', 'already_discarded'],
    ['discard', 'done', 'already_done'],
    ['discard', 'sent', 'already_under_way'],
  ] as const)('%s of a delivery that is %s: %s', (action, state, outcome) => {
    expect(outcomeOf(action, { state })).toBe(outcome);
  });

  it('led to what the next one found, the last one to the present', () => {
    const failure = { code: 'STILL_WRONG', message: 'again' };
    const made = (stateBefore: Intervention['stateBefore'], failureBefore: Intervention['failureBefore']) =>
      ({ stateBefore, failureBefore }) as Intervention;
    const history = [made('dead', { code: 'FIRST', message: '' }), made('dead', failure)];
    expect(resultsOf(history, { state: 'done', failure: null })).toEqual([
      { state: 'dead', failure },
      { state: 'done', failure: null },
    ]);
  });
});
