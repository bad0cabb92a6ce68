/**
 * A name that a company or partner chose, for a mail: a line break in a subject would start a header, and in a text
 * it would let a stranger write a mail of the own under our sender's name.
 */
export const oneLine = (name: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  name.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
