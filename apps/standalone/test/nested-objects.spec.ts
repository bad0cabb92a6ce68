import { getMetadataStorage } from 'class-validator';
import { SERVICES } from '../src/services.js';

interface Rule {
  readonly target: { readonly name: string };
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
}

/** Every rule of every class; the library keeps them by class and shows them one class at a time. */
function allRules(): Rule[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, Rule[]> };
  return [...storage.validationMetadatas.values()].flat();
}

const nameOf = ({ target, propertyName }: Rule) => `${target.name}.${propertyName}`;

it('takes no list for a nested object, which `@ValidateNested()` alone would', () => {
  expect(SERVICES).toHaveLength(7);
  const rules = allRules();
  const objects = new Set(rules.filter(({ name }) => name === 'isObject').map(nameOf));
  const nested = rules.filter(({ type }) => type === 'nestedValidation').map(nameOf);
  expect(nested.length).toBeGreaterThan(10);
  expect(nested.filter((name) => !objects.has(name))).toEqual([]);
});
