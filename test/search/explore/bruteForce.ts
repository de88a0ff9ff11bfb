import type { Space } from '../../../search/explore/space.ts';

/** States by their texts, those among them that were not looked into yet, and how one more is reached. */
function gathering<S>() {
  const states = new Map<string, S>();
  const fresh: S[] = [];
  const reach = (state: S): void => {
    const text = JSON.stringify(state);
    if (states.has(text)) return;
    states.set(text, state);
    fresh.push(state);
  };
  return { states, fresh, reach };
}

/** Every state by its text, and the number of moves. */
export function bruteForce<S, M>(
  space: Space<S, M>,
): { readonly states: ReadonlyMap<string, S>; readonly moves: number } {
  const { states, fresh, reach } = gathering<S>();
  let moves = 0;
  space.start(reach);
  for (const state of fresh) {
    space.expand(state, (next) => {
      moves++;
      reach(next);
    });
  }
  return { states, moves };
}

/** The texts of all states within so many moves, each as it is told. */
export function within<S, M>(space: Space<S, M>, depth: number, told: (state: S) => S): ReadonlySet<string> {
  const { states, fresh, reach } = gathering<S>();
  space.start(reach);
  for (let moves = 0; moves < depth; moves++) {
    for (const state of fresh.splice(0)) space.expand(state, reach);
  }
  return new Set([...states.values()].map((state) => JSON.stringify(told(state))));
}
