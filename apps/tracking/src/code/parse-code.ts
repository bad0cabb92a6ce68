import { InvalidField } from '#kernel';

/** Visible characters only: what a customer types and a shop sends back. */
const CODE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,100}$/u;
const MESSAGE = 'must be 1 to 100 letters, digits or signs without spaces';

/**
 * Reads a code that a company sent.
 * @throws InvalidInput `code.invalid`
 */
export function parseCode(text: string, field = 'code'): string {
  if (CODE.test(text)) return text;
  throw new InvalidField('code.invalid', field, MESSAGE);
}

/** Codes compare without case: this is the form they are stored and looked up by. */
export const codeKey = (code: string): string => code.toLowerCase();
