import { type Effective, inForce } from '#kernel';

/** The ways to find a winner that a company may put in its own order. */
export const PRECEDENCE_METHODS = ['bound_customer', 'code', 'last_click'] as const;
export type PrecedenceMethod = (typeof PRECEDENCE_METHODS)[number];

/** In which order a company lets them count, from a moment on: the first that finds someone wins. */
export interface Precedence extends Effective {
  /** Each method once. */
  readonly methods: readonly PrecedenceMethod[];
}

/** The setting in force at `moment`; before the first one, the default. */
export function precedenceAt(settings: readonly Precedence[], moment: Date): readonly PrecedenceMethod[] {
  return inForce(settings, moment)?.methods ?? PRECEDENCE_METHODS;
}
