import type { FieldError } from '#kernel';
import type { FormField } from './form-field.js';
import { repeatedKeys } from './repeated-keys.js';

/** What a field's own type cannot say: keys that repeat, choices where none can be made. */
export function impossibleIn(fields: readonly FormField[]): FieldError[] {
  return [
    ...repeatedKeys('fields', fields),
    ...fields.flatMap((field, index) => impossibleChoices(field, `fields.${index}.choices`)),
  ];
}

function impossibleChoices({ type, choices }: FormField, field: string): FieldError[] {
  if (type !== 'choice') {
    return choices.length === 0 ? [] : [{ field, message: 'belong to a field of type "choice" only' }];
  }
  if (new Set(choices).size !== choices.length) return [{ field, message: 'must differ from each other' }];
  return choices.length > 1 ? [] : [{ field, message: 'must be at least two' }];
}
