import { type FieldError, InvalidInput } from '#kernel';
import {
  type Mapping,
  NATIVE_FIELDS,
  NATIVE_TYPES,
  type NativeField,
  type NativeType,
} from '../adapters/native/mapping.js';

const MAX_TYPES = 100;
const MAX_TYPE_LENGTH = 255;
const PATH = /^[^.\0]{1,100}(\.[^.\0]{1,100}){0,9}$/;

/**
 * Reads a mapping that a caller sent.
 * @throws InvalidInput `mapping.invalid`
 */
export function parseMapping(
  types: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Mapping {
  const faults: FieldError[] = [];
  const parsedTypes: [string, NativeType][] = [];
  for (const [own, ours] of Object.entries(types)) {
    const type = NATIVE_TYPES.find((known) => known === ours);
    if (type && own.length > 0 && own.length <= MAX_TYPE_LENGTH) parsedTypes.push([own, type]);
    else faults.push({ field: `types.${own}`, message: `must be one of ${NATIVE_TYPES.join(', ')}` });
  }
  if (parsedTypes.length > MAX_TYPES) {
    faults.push({ field: 'types', message: `must have at most ${MAX_TYPES} entries` });
  }
  const parsedFields: [NativeField, string][] = [];
  for (const [field, path] of Object.entries(fields)) {
    if (!isNativeField(field)) {
      const message = `is no field; the fields are ${Object.keys(NATIVE_FIELDS).join(', ')}`;
      faults.push({ field: `fields.${field}`, message });
    } else if (typeof path !== 'string' || !PATH.test(path)) {
      faults.push({ field: `fields.${field}`, message: 'must be a dotted path of at most 10 names' });
    } else {
      parsedFields.push([field, path]);
    }
  }
  const [first] = faults;
  if (first) throw new InvalidInput('mapping.invalid', `${first.field} ${first.message}.`, faults);
  return { types: Object.fromEntries(parsedTypes), fields: Object.fromEntries(parsedFields) };
}

const isNativeField = (text: string): text is NativeField => Object.hasOwn(NATIVE_FIELDS, text);
