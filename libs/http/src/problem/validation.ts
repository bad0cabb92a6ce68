import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, InvalidInput } from '#kernel';

/** Checks and transforms bodies and queries by their DTO classes; unknown fields are refused by name. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => invalidFields(fieldErrors(errors)),
  });
}

function invalidFields(errors: readonly FieldError[]): InvalidInput {
  const summary = errors
    .slice(0, 3)
    .map(({ field, message }) => `${field} ${message}`)
    .join('; ');
  const rest = errors.length > 3 ? `; and ${errors.length - 3} more, see errors` : '';
  return new InvalidInput('invalid_input', `${summary}${rest}.`, errors);
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = `${parent}${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: whatWouldBeRight(rule, message, error),
    }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}

/** class-validator's messages hold the property's name, which `field` already says. */
function whatWouldBeRight(rule: string, message: string, { property, value }: ValidationError): string {
  if (rule === 'whitelistValidation') return 'is not a field of this request; remove it';
  if (value === undefined) return 'is missing';
  const [own, others] = [`${property} `, `each value in ${property} `];
  if (message.startsWith(others)) return `each value ${message.slice(others.length)}`;
  return message.startsWith(own) ? message.slice(own.length) : message;
}
