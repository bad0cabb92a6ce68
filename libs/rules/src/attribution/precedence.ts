/** The ways to find a winner that a company may put in its own order. */
export const PRECEDENCE_METHODS = ['bound_customer', 'code', 'last_click'] as const;
export type PrecedenceMethod = (typeof PRECEDENCE_METHODS)[number];

/** In which order a company lets them count, from a moment on: the first that finds someone wins. */
export interface Precedence {
  readonly effectiveFrom: Date;
  /** Each method once. */
  readonly methods: readonly PrecedenceMethod[];
}

/** The setting in force at `moment`; before the first one, the default. */
export function precedenceAt(settings: readonly Precedence[], moment: Date): readonly PrecedenceMethod[] {
  const inForce = settings
    .filter(({ effectiveFrom }) => effectiveFrom <= moment)
    .toSorted((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime());
  return inForce[0]?.methods ?? PRECEDENCE_METHODS;
}
