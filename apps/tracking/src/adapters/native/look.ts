import { find, type Found } from '../fields.js';
import { type Mapping, NATIVE_FIELDS, type NativeField } from './mapping.js';

/** Looks up fields of the native format through a company's mapping. */
export interface Look {
  (field: NativeField): Found;
  /** Looks up fields within one entry of a list; `at` is where the entry stands in the body. */
  within(entry: unknown, at: string): Look;
}

export function lookThrough(mapping: Mapping, json: unknown, at = ''): Look {
  const foundAt = (path: string): Found => ({ field: at + path, value: find(json, path).value });
  const look = (field: NativeField) => {
    const mapped = mapping.fields[field];
    const found = mapped === undefined ? undefined : foundAt(mapped);
    return found?.value === undefined ? foundAt(NATIVE_FIELDS[field]) : found;
  };
  return Object.assign(look, {
    within: (entry: unknown, place: string) => lookThrough(mapping, entry, `${place}.`),
  });
}
