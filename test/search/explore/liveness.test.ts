import { describe, expect, test } from 'vitest';
import { fairSetOf, type Fairness } from '../../../search/explore/liveness/fairCycle.ts';
import { GraphBuilder, type Graph } from '../../../search/explore/liveness/graph.ts';
import type { Part } from '../../../search/explore/liveness/components.ts';
import { roundThrough, walkTo } from '../../../search/explore/liveness/walk.ts';

const [GO, SCAN, FREE] = [1, 2, 4] as const;

/** A graph of so many states, with moves as [from, to, kinds]. */
function graphOf(states: number, moves: readonly (readonly [number, number, number])[]): Graph {
  const builder = new GraphBuilder(states);
  for (let i = 0; i < states; i++) {
    for (const [from, to, kinds] of moves) if (from === i) builder.add(to, kinds);
    builder.next();
  }
  return builder.graph();
}

const wholeOf = (graph: Graph, uses: Part['uses'] = () => true): Part => ({
  graph,
  inside: new Uint8Array(graph.states).fill(1),
  uses,
});

const fairIn = (part: Part, fairness: Partial<Fairness> = {}): readonly number[] | undefined =>
  fairSetOf(part, { always: GO, ifPossible: [], ...fairness }, [...Array(part.graph.states).keys()])?.toSorted(
    (a, b) => a - b,
  );

describe('a round in which a run may go on for ever', () => {
  test('is found behind what leads to it', () => {
    const graph = graphOf(4, [
      [0, 1, GO],
      [1, 2, GO],
      [2, 3, GO],
      [3, 2, GO],
    ]);
    expect(fairIn(wholeOf(graph))).toEqual([2, 3]);
  });

  test('is none where every run ends', () => {
    const graph = graphOf(3, [
      [0, 1, GO],
      [0, 2, GO],
      [1, 2, GO],
    ]);
    expect(fairIn(wholeOf(graph))).toBeUndefined();
  });

  test('may be a state that leads to itself', () => {
    const graph = graphOf(2, [
      [0, 1, GO],
      [1, 1, GO],
    ]);
    expect(fairIn(wholeOf(graph))).toEqual([1]);
  });

  test('does not count if kswapd never goes on in it', () => {
    const graph = graphOf(2, [
      [0, 1, SCAN],
      [1, 0, SCAN],
    ]);
    expect(fairIn(wholeOf(graph))).toBeUndefined();
  });

  test('uses only moves that may be made for ever', () => {
    const graph = graphOf(2, [
      [0, 1, GO],
      [1, 0, GO | SCAN],
    ]);
    expect(fairIn(wholeOf(graph))).toEqual([0, 1]);
    expect(fairIn(wholeOf(graph, (kinds) => (kinds & SCAN) === 0))).toBeUndefined();
  });

  test('is the one that is reached first, of several', () => {
    const graph = graphOf(3, [
      [0, 1, GO],
      [1, 1, GO],
      [0, 2, GO],
      [2, 2, GO],
    ]);
    expect(fairIn(wholeOf(graph))).toEqual([1]);
  });
});

describe('fairness', () => {
  const refusing = graphOf(3, [
    [0, 1, GO],
    [1, 0, GO],
    [1, 2, GO | SCAN],
  ]);

  test('does not let a chance be refused for ever that comes again and again', () => {
    expect(fairIn(wholeOf(refusing))).toEqual([0, 1]);
    expect(fairIn(wholeOf(refusing), { ifPossible: [{ kind: SCAN }] })).toBeUndefined();
  });

  test('asks for nothing that is never possible', () => {
    expect(fairIn(wholeOf(refusing), { ifPossible: [{ kind: FREE }] })).toEqual([0, 1]);
  });

  test('is content with a round that takes the chance', () => {
    const graph = graphOf(2, [
      [0, 1, GO | SCAN],
      [0, 1, GO],
      [1, 0, GO],
    ]);
    expect(fairIn(wholeOf(graph), { ifPossible: [{ kind: SCAN }] })).toEqual([0, 1]);
  });

  test('lets no round be that asks for what is never given', () => {
    const asked = Uint8Array.from([1, 0, 0]);
    expect(fairIn(wholeOf(refusing), { ifPossible: [{ kind: FREE, asked }] })).toBeUndefined();
    expect(fairIn(wholeOf(refusing), { ifPossible: [{ kind: GO, asked }] })).toEqual([0, 1]);
  });

  test('looks for rounds among the states where no chance is refused', () => {
    const graph = graphOf(4, [
      [0, 1, GO],
      [1, 0, GO],
      [1, 2, GO],
      [2, 1, GO],
      [2, 3, SCAN],
    ]);
    expect(fairIn(wholeOf(graph), { ifPossible: [{ kind: SCAN }] })).toEqual([0, 1]);
  });

  test('counts a chance as one that a move out of the round would take', () => {
    const graph = graphOf(4, [
      [0, 1, GO],
      [1, 0, GO],
      [0, 3, SCAN],
      [1, 2, GO],
      [2, 2, GO],
    ]);
    expect(fairIn(wholeOf(graph), { ifPossible: [{ kind: SCAN }] })).toEqual([2]);
  });
});

describe('a walk', () => {
  const graph = graphOf(5, [
    [0, 1, GO],
    [1, 2, GO],
    [0, 2, GO],
    [2, 3, GO | SCAN],
    [3, 0, GO],
    [2, 0, FREE],
  ]);

  test('to a move is a shortest one', () => {
    const walk = walkTo(wholeOf(graph), [0], ({ to }) => to === 3)!;
    expect(walk.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 3],
    ]);
    expect(walkTo(wholeOf(graph), [0], ({ to }) => to === 4)).toBeUndefined();
  });

  test('round through moves of several kinds makes each of them, and comes back', () => {
    const round = roundThrough(wholeOf(graph), 0, [GO, SCAN, FREE]);
    expect(round[0]!.from).toBe(0);
    expect(round.at(-1)!.to).toBe(0);
    for (const [i, { to }] of round.slice(0, -1).entries()) expect(round[i + 1]!.from).toBe(to);
    for (const kind of [GO, SCAN, FREE]) expect(round.some(({ kinds }) => (kinds & kind) !== 0)).toBe(true);
  });
});
