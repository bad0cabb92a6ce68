/** What a form can ask for. */
export const FIELD_TYPES = [
  'text',
  'long_text',
  'number',
  'date',
  'email',
  'url',
  'choice',
  'yes_no',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One question of a form. */
export interface FormField {
  /** Names the answer in the API; unique in its form. */
  readonly key: string;
  /** What a person reads. */
  readonly label: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
  readonly help: string | null;
  /** What may be answered to a `choice`; empty for the other types. */
  readonly choices: readonly string[];
}

/** An answer with the label it was asked by, so that it reads the same after the form has changed. */
export interface Answer {
  readonly key: string;
  readonly label: string;
  readonly value: string | number | boolean;
}
