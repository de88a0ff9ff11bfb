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
