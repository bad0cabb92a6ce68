import { Where } from './where.js';

describe('Where', () => {
  it('says only the conditions that are given, each with its own parameter', () => {
    const where = new Where().and('company_id = ?', 'c').and('state = ?', null).and('id < ?', 7);
    const limit = where.parameter(3);
    expect([where.text, limit, where.values]).toEqual(['company_id = $1 and id < $2', '$3', ['c', 7, 3]]);
  });

  it('takes false and 0 for values', () => {
    const where = new Where().and('is_deleted = ?', false).and('amount > ?', 0);
    expect([where.text, where.values]).toEqual(['is_deleted = $1 and amount > $2', [false, 0]]);
  });
});
