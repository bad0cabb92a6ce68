import { InvalidInput } from '#kernel';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What an operator puts in place of the original: whole new data, or a webhook's corrected raw body. */
export type Correction =
  { readonly kind: 'data'; readonly data: JsonObject } | { readonly kind: 'body'; readonly body: string };

/**
 * The event's data with the correction applied. A webhook is corrected by its body alone: which company,
 * integration and request it came by was proved by its signature and is not an operator's to change.
 *
 * @throws InvalidInput `revision.wrong_kind` or `revision.fields_differ`
 */
export function revisedData(eventType: string, original: JsonObject, correction: Correction): JsonObject {
  if (eventType === 'webhook.received') {
    if (correction.kind !== 'body') {
      throw wrongKind('body', 'A received webhook is revised by its corrected raw "body".');
    }
    return { ...original, body: correction.body };
  }
  if (correction.kind !== 'data') {
    throw wrongKind('data', `A "${eventType}" is revised by its whole corrected "data".`);
  }
  refuseOtherFields(original, correction.data);
  return correction.data;
}

/** The consumers were compiled against these fields; one too few would only fail again, less clearly. */
function refuseOtherFields(original: JsonObject, revised: JsonObject): void {
  const missing = Object.keys(original).filter((field) => !Object.hasOwn(revised, field));
  const unknown = Object.keys(revised).filter((field) => !Object.hasOwn(original, field));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new InvalidInput('revision.fields_differ', 'Send the whole data with the fields of the original.', [
    ...missing.map((field) => ({ field: `data.${field}`, message: 'is missing' })),
    ...unknown.map((field) => ({ field: `data.${field}`, message: 'is not a field of this event' })),
  ]);
}

function wrongKind(field: string, message: string): InvalidInput {
  return new InvalidInput('revision.wrong_kind', message, [{ field, message: 'is required' }]);
}
