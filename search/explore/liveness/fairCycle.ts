import { componentsOf, type Part } from './components.ts';
import type { Graph } from './graph.ts';

/** What a run that goes on for ever has to do, for it to count. */
export interface Fairness {
  /** A kind of move that must happen again and again. */
  readonly always: number;
  /** What must happen again and again if it could again and again. */
  readonly ifPossible: readonly Wanted[];
}

/** A kind of move, and 1 for each state where it is asked for; where it could be made, if that is left out. */
export interface Wanted {
  readonly kind: number;
  readonly asked?: Uint8Array;
}

/** States that a fair run may stay among for ever, each reached from each. */
export type FairSet = readonly number[];

/**
 * A set of states in which a run may go round for ever and be fair, or undefined; of several the one that is reached
 * first. A component where some kind of move is possible and never leads within it is left without the states where it
 * is possible, and looked at again.
 */
export function fairSetOf(whole: Part, fairness: Fairness, from: Iterable<number>): FairSet | undefined {
  let best: FairSet | undefined;
  let part = whole;
  let starts = from;
  for (;;) {
    const left: number[] = [];
    for (const component of componentsOf(part, starts)) {
      if (component.length === 1 && !leadsToItself(part.graph, component[0]!)) continue;
      if (best !== undefined && least(component) >= least(best)) continue;
      const inside = new Set(component);
      if (!within(part, inside, fairness.always)) continue;
      const missed = fairness.ifPossible.filter(
        (wanted) =>
          component.some((state) => isWanted(part.graph, state, wanted)) && !within(part, inside, wanted.kind),
      );
      if (missed.length === 0) best = component;
      else {
        for (const state of component)
          if (!missed.some((wanted) => isWanted(part.graph, state, wanted))) left.push(state);
      }
    }
    if (left.length === 0) return best;
    // Moves between what is left of two components lead one way only, so that they close no circle.
    part = partOf(whole, left);
    starts = left;
  }
}

function leadsToItself({ first, to }: Graph, state: number): boolean {
  for (let e = first[state]!; e < first[state + 1]!; e++) if (to[e] === state) return true;
  return false;
}

/** The state of a set that was found first, which the shortest way leads to. */
export const least = (states: FairSet): number => states.reduce((a, b) => Math.min(a, b));

/** Whether a move of a kind leads from a state to one of the same set. */
function within({ graph, uses }: Part, inside: ReadonlySet<number>, kind: number): boolean {
  const { first, to, kinds } = graph;
  for (const state of inside) {
    for (let e = first[state]!; e < first[state + 1]!; e++) {
      if ((kinds[e]! & kind) !== 0 && uses(kinds[e]!) && inside.has(to[e]!)) return true;
    }
  }
  return false;
}

/** Whether something is asked for in a state, or could be done there, wherever that leads. */
export function isWanted({ first, kinds }: Graph, state: number, { kind, asked }: Wanted): boolean {
  if (asked !== undefined) return asked[state] === 1;
  for (let e = first[state]!; e < first[state + 1]!; e++) if ((kinds[e]! & kind) !== 0) return true;
  return false;
}

/** A part with only some of its states. */
function partOf({ graph, uses }: Part, states: readonly number[]): Part {
  const inside = new Uint8Array(graph.states);
  for (const state of states) inside[state] = 1;
  return { graph, inside, uses };
}
