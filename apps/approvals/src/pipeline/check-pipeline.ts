import type { ReferralKind } from '#contracts';
import { type FieldError, InvalidFields } from '#kernel';
import { impossibleIn } from '../form/impossible-fields.js';
import { repeatedKeys } from '../form/repeated-keys.js';
import type { PipelineSettings } from './pipeline.js';

/**
 * What no single field can say: keys that repeat, choices where none can be made, protection of a lead.
 * @throws InvalidInput `pipeline.invalid`
 */
export function checkPipeline(kind: ReferralKind, settings: PipelineSettings): void {
  const errors = [
    ...repeatedKeys('stages', settings.stages),
    ...impossibleIn(settings.fields),
    ...protectionErrors(kind, settings.protectionDays),
  ];
  if (errors.length === 0) return;
  throw new InvalidFields('pipeline.invalid', errors);
}

function protectionErrors(kind: ReferralKind, days: number | null): FieldError[] {
  const field = 'protectionDays';
  if (kind === 'deal' && days === null) {
    return [{ field, message: 'must say for how many days a deal keeps its account from other partners' }];
  }
  return kind === 'lead' && days !== null ? [{ field, message: 'is for deals; leave it out for leads' }] : [];
}
