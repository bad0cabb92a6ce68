import { InvalidField } from '#kernel';
import { parseOfferRule } from '#rules';
import type { Draft } from './back-test.js';
import type { BackTestBody } from './back-test.dto.js';

/**
 * Reads a draft that a company sent.
 * @throws InvalidInput `offer_rule.invalid`, `back_test.invalid`
 */
export function draftOf(body: BackTestBody, now: Date): Draft {
  const rule = parseOfferRule(body.rule);
  const [from, until] = [new Date(body.from), body.until === undefined ? now : new Date(body.until)];
  if (until <= from) {
    throw new InvalidField(
      'back_test.invalid',
      'from',
      `must be before ${until.toISOString()}, the end of the period`,
    );
  }
  return { rule, from, until };
}
