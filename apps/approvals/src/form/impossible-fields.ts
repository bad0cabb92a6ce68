import type { FieldError } from '#kernel';
import type { FormField } from './form-field.js';

/** What a field's own type cannot say: keys that repeat, choices where none can be made. */
export function impossibleIn(fields: readonly FormField[]): FieldError[] {
  return fields.flatMap((field, index) => [
    ...repeatedKey(fields, field, index),
    ...impossibleChoices(field, `fields.${index}.choices`),
  ]);
}

function repeatedKey(fields: readonly FormField[], { key }: FormField, index: number): FieldError[] {
  const first = fields.findIndex((field) => field.key === key);
  if (first === index) return [];
  return [{ field: `fields.${index}.key`, message: `repeats fields.${first}.key; choose another key` }];
}

function impossibleChoices({ type, choices }: FormField, field: string): FieldError[] {
  if (type !== 'choice') {
    return choices.length === 0 ? [] : [{ field, message: 'belong to a field of type "choice" only' }];
  }
  if (new Set(choices).size !== choices.length) return [{ field, message: 'must differ from each other' }];
  return choices.length > 1 ? [] : [{ field, message: 'must be at least two' }];
}
