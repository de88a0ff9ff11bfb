import type { Exploration, ExploredProperty } from '../../search/explore/result.ts';

/** What came of an exploration, for other programs. */
export function explorationJson(exploration: Exploration, exitCode: number): object {
  const {
    kernel,
    scope,
    counts,
    steps,
    cutOff,
    noRoomFor,
    notReached,
    ms,
    bytes,
    spilled,
    properties,
    eventually,
    coverage,
  } = exploration;
  return {
    kernel: kernel.name,
    scope: { title: scope.title, covers: scope.covers },
    states: counts.states,
    transitions: counts.transitions,
    depth: counts.depth,
    queue: counts.queue,
    steps,
    complete: cutOff === undefined,
    ...(cutOff === undefined ? {} : { cutOff }),
    ...(noRoomFor === undefined ? {} : { noRoomFor }),
    notReached: notReached.map(({ id }) => id),
    ms: Math.round(ms),
    bytes,
    ...(spilled === 0 ? {} : { spilled }),
    properties: properties.map(propertyJson),
    eventually: eventually.map(({ property, outcome, owed, lasso, why }) => ({
      id: property.id,
      outcome,
      owed,
      lasso,
      why,
    })),
    coverage,
    exitCode,
  };
}

function propertyJson({ property, outcome, judged, failing, labels, counterexample }: ExploredProperty): object {
  const said = { id: property.id, outcome, judged, failing, labels };
  if (counterexample === undefined) return said;
  const { moves, failure, given } = counterexample;
  return { ...said, counterexample: { moves, clause: failure.clause, given } };
}
