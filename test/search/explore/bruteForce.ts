import type { Space } from '../../../search/explore/space.ts';

/** Every state by its text, and the number of moves. */
export function bruteForce<S, M>(
  space: Space<S, M>,
): { readonly states: ReadonlyMap<string, S>; readonly moves: number } {
  const states = new Map<string, S>();
  const queue: S[] = [];
  let moves = 0;
  const reach = (state: S): void => {
    const text = JSON.stringify(state);
    if (states.has(text)) return;
    states.set(text, state);
    queue.push(state);
  };
  space.start(reach);
  for (const state of queue) {
    space.expand(state, (next) => {
      moves++;
      reach(next);
    });
  }
  return { states, moves };
}

/** The texts of all states within so many moves, each as it is told. */
export function within<S, M>(space: Space<S, M>, depth: number, told: (state: S) => S): ReadonlySet<string> {
  const states = new Map<string, S>();
  let level: S[] = [];
  const reach = (state: S): void => {
    const text = JSON.stringify(state);
    if (states.has(text)) return;
    states.set(text, state);
    level.push(state);
  };
  space.start(reach);
  for (let moves = 0; moves < depth; moves++) {
    const before = level;
    level = [];
    for (const state of before) space.expand(state, reach);
  }
  return new Set([...states.values()].map((state) => JSON.stringify(told(state))));
}
