import { newSecret } from '../credential.js';

export const OPERATOR_TOKEN_PREFIX = 'flo_';

export function newOperatorToken(): string {
  return `${OPERATOR_TOKEN_PREFIX}${newSecret()}`;
}
