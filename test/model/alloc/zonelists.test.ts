import { describe, expect, test } from 'vitest';
import { makeNode, v4_0, v4_19, type Kernel, type Numa } from '../../../model/index.ts';
import { machineOf, type NodeSketch } from './sketch.ts';

const ample = { free: 1000 };
const whole: NodeSketch = { DMA: ample, DMA32: ample, Normal: ample };
const plain: NodeSketch = { Normal: ample };

interface Asked {
  readonly distance?: Numa['distance'];
  readonly order?: Numa['zonelistOrder'];
  readonly hasCpus?: readonly boolean[];
  readonly layout?: Numa['layout'];
}

/** Each node’s zonelist over all nodes, as `node:zone`. */
function listsOf(k: Kernel, nodes: readonly NodeSketch[], asked: Asked = {}): readonly string[] {
  const machine = machineOf({ nodes });
  const { distance = machine.system.distance, order = 'default', layout = 'x86_64' } = asked;
  const lists = k.buildZonelists(k, {
    nodes: machine.nodes.map(makeNode),
    hasCpus: asked.hasCpus ?? nodes.map(() => true),
    numa: { layout, distance, zonelistOrder: order },
  });
  return lists.map(({ fallback }) => fallback.map((ref) => ref.join(':')).join(' '));
}

describe('a node’s zonelist', () => {
  test('goes from the highest zone to the lowest, and node by node', () => {
    expect(listsOf(v4_19, [whole, plain])).toEqual(['0:2 0:1 0:0 1:2', '1:2 0:2 0:1 0:0']);
  });

  test('in zone order comes to low memory last, wherever that lies', () => {
    expect(listsOf(v4_0, [whole, plain], { order: 'zone' })).toEqual(['0:2 1:2 0:1 0:0', '1:2 0:2 0:1 0:0']);
  });

  test('is in node order on 64 bits if nothing is set', () => {
    expect(listsOf(v4_0, [whole, plain])).toEqual(listsOf(v4_0, [whole, plain], { order: 'node' }));
  });

  test('in v4.19 is in node order whatever is set', () => {
    expect(listsOf(v4_19, [whole, plain], { order: 'zone' })).toEqual(listsOf(v4_19, [whole, plain]));
  });

  test('of equally near nodes takes the one above first, then goes round', () => {
    expect(listsOf(v4_0, [plain, plain, plain])).toEqual(['0:2 1:2 2:2', '1:2 2:2 0:2', '2:2 0:2 1:2']);
  });

  test('begins with the nearest node, though it lies below', () => {
    const distance = [
      [10, 20, 30],
      [20, 10, 30],
      [30, 30, 10],
    ];
    expect(listsOf(v4_0, [plain, plain, plain], { distance })[1]).toBe('1:2 0:2 2:2');
  });

  test('prefers a node without processors to one with, if these are equally near', () => {
    expect(listsOf(v4_0, [plain, plain, plain], { hasCpus: [true, true, false] })[0]).toBe('0:2 2:2 1:2');
  });

  test('of a node without memory leads to the others all the same, and no list leads to it', () => {
    expect(listsOf(v4_19, [plain, {}, plain])).toEqual(['0:2 2:2', '2:2 0:2', '2:2 0:2']);
  });

  test('holds a zone that the allocator manages nothing of in v4.0, and not in v4.19', () => {
    const node: NodeSketch = { DMA32: { ...ample, present: 1000, managed: 0 }, Normal: ample };
    expect(listsOf(v4_0, [node])).toEqual(['0:2 0:1']);
    expect(listsOf(v4_19, [node])).toEqual(['0:2']);
  });
});

test('a node comes first in its own list, though another is as near and has no processors', () => {
  const distance = [10, 10, 10].map(() => [10, 10, 10]);
  const lists = listsOf(v4_0, [plain, plain, plain], { distance, hasCpus: [true, true, false] });
  expect(lists.map((list) => list.split(' ')[0])).toEqual(['0:2', '1:2', '2:2']);
});

test('the nearest node comes next on a large machine too, though other lists begin with it', () => {
  const ids = Array.from({ length: 40 }, (_, id) => id);
  const distance = ids.map((from) => ids.map((to) => (from === to ? 10 : from === 39 && to !== 1 ? 21 : 20)));
  const last = listsOf(
    v4_0,
    ids.map(() => plain),
    { distance },
  ).at(-1);
  expect(last!.split(' ').slice(0, 2)).toEqual(['39:2', '1:2']);
});
