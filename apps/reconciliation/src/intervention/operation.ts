import type { IdempotentRequest } from '#http';

/** Who asks for a change and why; every change of an operator has both. */
export interface Operation {
  /** As in audit rows: `operator:<id>`. */
  readonly actor: string;
  readonly reason: string;
  readonly request: IdempotentRequest;
}
