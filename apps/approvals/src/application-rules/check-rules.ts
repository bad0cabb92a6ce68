import { type FieldError, InvalidFields } from '#kernel';
import type { ApplicationRule } from './application-rule.js';
import { isMetByAll } from './judge-application.js';

/**
 * Refuses rules that cannot be meant.
 * @throws InvalidInput `rules.invalid` with an error per field that says what would be right
 */
export function refuseImpossibleRules(rules: readonly ApplicationRule[]): void {
  const errors = rules.flatMap((rule, index) => [
    ...contradictionsIn(rule, `rules.${index}`),
    ...clashesWith(rules.slice(0, index), rule, `rules.${index}`),
  ]);
  if (errors.length === 0) return;
  throw new InvalidFields('rules.invalid', errors);
}

function contradictionsIn({ decision, reason, groupId }: ApplicationRule, field: string): FieldError[] {
  if (decision !== 'decline') return [];
  return [
    ...(reason === null
      ? [{ field: `${field}.reason`, message: 'must say why, for the partner reads it' }]
      : []),
    ...(groupId === null
      ? []
      : [{ field: `${field}.groupId`, message: 'must be left out: who is declined is in no group' }]),
  ];
}

function clashesWith(
  earlier: readonly ApplicationRule[],
  { name }: ApplicationRule,
  field: string,
): FieldError[] {
  const isTaken = earlier.some((rule) => rule.name.toLowerCase() === name.toLowerCase());
  const all = earlier.findIndex(isMetByAll);
  return [
    ...(isTaken
      ? [{ field: `${field}.name`, message: 'must differ from the names of the other rules' }]
      : []),
    ...(all === -1
      ? []
      : [
          {
            field,
            message: `is never reached: rules.${all} has no condition, so it decides. Put that one last`,
          },
        ]),
  ];
}
