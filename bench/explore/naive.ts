import type { Space } from '../../search/explore/space.ts';

/** How far a search by texts came. */
export interface NaiveCounts {
  readonly states: number;
  readonly transitions: number;
  /** Whether every state was expanded. */
  readonly complete: boolean;
}

/**
 * The search that one writes first: states as objects in a list, and a set of their JSON texts. It ends at so many
 * states, for it gets slower and larger as it goes.
 */
export function searchByTexts<S, M>(space: Space<S, M>, most: number): NaiveCounts {
  const seen = new Set<string>();
  const queue: S[] = [];
  let transitions = 0;
  const reach = (state: S): void => {
    const text = JSON.stringify(state);
    if (seen.has(text)) return;
    seen.add(text);
    queue.push(state);
  };
  space.start(reach);
  for (const state of queue) {
    if (queue.length >= most) return { states: queue.length, transitions, complete: false };
    space.expand(state, (next) => {
      transitions++;
      reach(next);
    });
  }
  return { states: queue.length, transitions, complete: true };
}
