import { AppError } from '#kernel';
import type { SignatureFault } from './signature/verdict.js';

const WHAT_TO_DO: Readonly<Record<SignatureFault, string>> = {
  MISSING: 'Sign the request: see docs/native-webhooks.md for the headers, or let Stripe send it.',
  MALFORMED: 'A signature header cannot be read. Send it as the signing specification says.',
  NO_MATCH:
    'No active secret of this integration made this signature. Check the secret, and sign the exact bytes you send.',
  TOO_OLD: 'The request was signed more than 5 minutes ago. Check the clock, and sign each attempt anew.',
  IN_FUTURE: 'The request was signed more than 5 minutes ahead of our time. Check the clock.',
};

export class InvalidSignature extends AppError {
  constructor(fault: SignatureFault) {
    super('unauthenticated', `signature.${fault.toLowerCase()}`, WHAT_TO_DO[fault]);
  }
}
