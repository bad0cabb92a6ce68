import type { ReferralKind } from '#contracts';
import { type FieldError, InvalidInput } from '#kernel';
import type { PipelineSettings } from './pipeline.js';

/**
 * What one field's own type cannot say: keys that repeat, choices where none can be made, protection of a lead.
 * @throws InvalidInput `pipeline.invalid`
 */
export function checkPipeline(kind: ReferralKind, settings: PipelineSettings): void {
  const errors = [
    ...repeatedKeys('stages', settings.stages),
    ...repeatedKeys('fields', settings.fields),
    ...settings.fields.flatMap(({ type, choices }, index) => choiceErrors(type, choices, index)),
    ...protectionErrors(kind, settings.protectionDays),
  ];
  if (errors.length === 0) return;
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new InvalidInput('pipeline.invalid', `${detail}.`, errors);
}

function repeatedKeys(list: string, items: readonly { readonly key: string }[]): FieldError[] {
  return items.flatMap(({ key }, index) => {
    const first = items.findIndex((item) => item.key === key);
    if (first === index) return [];
    return [{ field: `${list}.${index}.key`, message: `repeats ${list}.${first}.key; choose another key` }];
  });
}

function choiceErrors(type: string, choices: readonly string[], index: number): FieldError[] {
  const field = `fields.${index}.choices`;
  if (type !== 'choice') {
    return choices.length === 0 ? [] : [{ field, message: 'belong to a field of type "choice" only' }];
  }
  if (new Set(choices).size !== choices.length) return [{ field, message: 'must differ from each other' }];
  return choices.length > 1 ? [] : [{ field, message: 'must be at least two' }];
}

function protectionErrors(kind: ReferralKind, days: number | null): FieldError[] {
  const field = 'protectionDays';
  if (kind === 'deal' && days === null) {
    return [{ field, message: 'must say for how many days a deal keeps its account from other partners' }];
  }
  return kind === 'lead' && days !== null ? [{ field, message: 'is for deals; leave it out for leads' }] : [];
}
