import type { Scenario, Turn, WholeScenario, WholeTurn } from '../../../model/index.ts';

/** A run that goes on for ever: what leads to where it goes round, and the turns of a round. */
export interface LassoOf<G, T> {
  /** The run up to where the first round begins. */
  readonly stem: G;
  /** The turns of a round; none if nobody ever waits, or moves, again. */
  readonly loop: readonly T[];
}

/** A lasso of one kswapd and its environment. */
export type KswapdLasso = LassoOf<Scenario, Turn>;
/** A lasso of a whole machine. */
export type WholeLasso = LassoOf<WholeScenario, WholeTurn>;
export type Lasso = KswapdLasso | WholeLasso;

export const isWholeLasso = (lasso: Lasso): lasso is WholeLasso => 'tasks' in lasso.stem;

/** The lasso as a scenario that goes round some times. */
export function unrolled<T, G extends { readonly script: readonly T[]; readonly limit: number }>(
  { stem, loop }: LassoOf<G, T>,
  rounds: number,
): G {
  const script = [...stem.script, ...Array.from({ length: rounds }, () => loop).flat()];
  return { ...stem, script, limit: script.length };
}
