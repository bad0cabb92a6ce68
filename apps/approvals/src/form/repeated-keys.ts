import type { FieldError } from '#kernel';

/** An error for each item whose key an earlier one of its list has. @param list its name in the request */
export function repeatedKeys(list: string, items: readonly { readonly key: string }[]): FieldError[] {
  return items.flatMap(({ key }, index) => {
    const first = items.findIndex((item) => item.key === key);
    if (first === index) return [];
    return [{ field: `${list}.${index}.key`, message: `repeats ${list}.${first}.key; choose another key` }];
  });
}
