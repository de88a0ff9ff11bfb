import type { Scope } from '../../kernel/schema/scope.ts';
import type { Kernel, Scenario } from '../../model/index.ts';
import { scenariosOf, type Length } from './scenarios.ts';

/** The shortest scenario of some scopes that shows something. */
export interface Optimum extends Length {
  readonly given: Scenario;
  /** Scenarios that were tried, it included: all shorter ones among them. */
  readonly tried: number;
}

/**
 * The least events, and with so many the least turns, by which a scenario of some scopes shows something. All their
 * scenarios are tried in the order of their length, none of more events or turns than `most`.
 */
export function optimumIn(
  kernel: Kernel,
  scopes: readonly Scope[],
  shows: (given: Scenario) => boolean,
  most: Length,
): Optimum | undefined {
  let tried = 0;
  for (let events = 0; events <= most.events; events++) {
    // What happens, happens in a turn.
    for (let turns = Math.min(1, events); turns <= most.turns; turns++) {
      for (const scope of scopes) {
        for (const given of scenariosOf(kernel, scope, { events, turns })) {
          tried++;
          if (shows(given)) return { events, turns, given, tried };
        }
      }
    }
  }
  return undefined;
}
