import type { Graph } from './graph.ts';

/** A part of a graph: some of its states, and some of the moves between them. */
export interface Part {
  readonly graph: Graph;
  /** 1 for each state that belongs to it. */
  readonly inside: Uint8Array;
  /** Whether a move of these kinds belongs to it. */
  readonly uses: (kinds: number) => boolean;
}

/** Calls back with every move of a part from a state. */
export function eachMove(
  { graph, inside, uses }: Part,
  state: number,
  call: (to: number, kinds: number) => void,
): void {
  const { first, to, kinds } = graph;
  for (let e = first[state]!; e < first[state + 1]!; e++) {
    if (inside[to[e]!] === 1 && uses(kinds[e]!)) call(to[e]!, kinds[e]!);
  }
}

/**
 * The strongly connected components of a part, each as a list of states: Tarjan's search, with a stack of its own, as
 * graphs are deeper than the machine's. A state by itself is one, whether it leads to itself or not.
 */
export function componentsOf(part: Part, from: Iterable<number>): readonly (readonly number[])[] {
  const { graph, inside, uses } = part;
  const { first, to, kinds } = graph;
  const found: number[][] = [];
  const order = new Int32Array(graph.states);
  const lowest = new Int32Array(graph.states);
  const onStack = new Uint8Array(graph.states);
  const stack: number[] = [];
  const path: number[] = [];
  const edges: number[] = [];
  let visited = 0;

  const enter = (state: number): void => {
    order[state] = lowest[state] = ++visited;
    onStack[state] = 1;
    stack.push(state);
    path.push(state);
    edges.push(first[state]!);
  };
  const leave = (state: number): void => {
    path.pop();
    edges.pop();
    const above = path.at(-1);
    if (above !== undefined) lowest[above] = Math.min(lowest[above]!, lowest[state]!);
    if (lowest[state] !== order[state]) return;
    const component: number[] = [];
    for (;;) {
      const member = stack.pop()!;
      onStack[member] = 0;
      component.push(member);
      if (member === state) break;
    }
    found.push(component);
  };

  for (const start of from) {
    if (inside[start] === 0 || order[start] !== 0) continue;
    enter(start);
    while (path.length > 0) {
      const state = path.at(-1)!;
      const e = edges.at(-1)!;
      if (e === first[state + 1]) {
        leave(state);
        continue;
      }
      edges[edges.length - 1] = e + 1;
      const next = to[e]!;
      if (inside[next] === 0 || !uses(kinds[e]!)) continue;
      if (order[next] === 0) enter(next);
      else if (onStack[next] === 1) lowest[state] = Math.min(lowest[state]!, order[next]!);
    }
  }
  return found;
}
