import { CommandFailure } from './command-failure.js';

/** The three arguments every command on one dead letter takes. */
export const DELIVERY_ARGUMENTS = '<companyId> <eventId> <consumer>';

/** The API path of the delivery that the arguments name. */
export function deliveryPath(parameters: readonly string[]): string {
  const [companyId, eventId, consumer] = parameters.map(encodeURIComponent);
  if (!companyId || !eventId || !consumer) {
    throw new CommandFailure(`Name the delivery: ${DELIVERY_ARGUMENTS}.`);
  }
  return `/v1/ops/dead-letters/${companyId}/${eventId}/${consumer}`;
}
