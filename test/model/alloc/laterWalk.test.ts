import { describe, expect, test } from 'vitest';
import {
  v4_0,
  v4_19,
  v5_9,
  type AllocMemory,
  type GfpName,
  type Kernel,
  type ScenarioZone,
} from '../../../model/index.ts';
import { allocate, machineOf, only, type Asked, type MachineSketch } from './sketch.ts';

const KERNEL = ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'IO', 'FS'] as const satisfies readonly GfpName[];
const ATOMIC = ['HIGH', 'ATOMIC', 'KSWAPD_RECLAIM'] as const satisfies readonly GfpName[];
const [DMA32, NORMAL] = [1, 2];
const ample = { free: 1000, low: 100 };
const low = { free: 50, min: 50, low: 100 };

/** The machine with a zone of a node changed. */
const withZone = (
  machine: AllocMemory,
  [n, z]: readonly [number, number],
  changes: Partial<ScenarioZone>,
): AllocMemory => ({
  ...machine,
  nodes: machine.nodes.map((node, i) =>
    i === n ? { ...node, zones: node.zones.map((zone, j) => (j === z ? { ...zone, ...changes } : zone)) } : node,
  ),
});

const withDirtyNode = (machine: AllocMemory, n: number): AllocMemory => ({
  ...machine,
  nodes: machine.nodes.map((node, i) => (i === n ? { ...node, dirtyOk: false } : node)),
});

const visited = (run: ReturnType<typeof allocate>): readonly string[] =>
  only(run.trace, 'watermark').map(({ node, zone }) => `${node}:${zone}`);

const run = (k: Kernel, sketch: MachineSketch, asked: Asked) => allocate(machineOf(sketch), asked, k);

describe('the first attempt of the later kernels', () => {
  test('is made in vain where no zone may serve the request, and its failure is reported', () => {
    const { events } = run(v4_19, { nodes: [{ Normal: ample }] }, { gfp: [...KERNEL, 'DMA'] });
    expect(events).toEqual(['attempt', 'alloc_failed']);
  });

  test('is made by v4.19 for a block that is too large, and not by v5.9; neither says more', () => {
    const asked = { gfp: KERNEL, order: 11 };
    expect(run(v4_19, { nodes: [{ Normal: ample }] }, asked).events).toEqual(['attempt', 'watermark']);
    expect(run(v5_9, { nodes: [{ Normal: ample }] }, asked).events).toEqual([]);
  });

  test('passes over all zones of a node beyond its dirty limit, and says so once', () => {
    const machine = withDirtyNode(machineOf({ nodes: [{ DMA32: ample, Normal: ample }, { Normal: ample }] }), 0);
    const { page, trace } = allocate(machine, { gfp: [...KERNEL, 'WRITE'] }, v4_19);
    expect(page?.node).toBe(1);
    expect(only(trace, 'dirty_skip')).toEqual([{ ev: 'dirty_skip', node: 0 }]);
  });

  test('reaches nodes at a distance of 30 for reclaim, which v4.0 does not', () => {
    const sketch = { nodes: [{ Normal: low }, { Normal: low }], distance: 30, zoneReclaimMode: 1 };
    const nodesOf = (k: Kernel, gfp: readonly GfpName[], ev: 'zone_reclaim' | 'node_reclaim') => [
      ...new Set(run(k, sketch, { gfp, limit: 1 }).trace.flatMap((record) => (record.ev === ev ? [record.node] : []))),
    ];
    expect(nodesOf(v4_0, ['WAIT'], 'zone_reclaim')).toEqual([0]);
    expect(nodesOf(v4_19, KERNEL, 'node_reclaim')).toEqual([0, 1]);
  });
});

describe('reserves in v5.9', () => {
  test('are kept by the highest zone that the request may use, though no zone of that index has memory', () => {
    const reserve = [0, 0, 0, 500];
    const movable = [...KERNEL, 'HIGHMEM', 'MOVABLE'] as const;
    const sketch = { nodes: [{ Normal: { free: 400, low: 100, reserve } }] };
    expect(run(v4_19, sketch, { gfp: movable, limit: 1 }).page?.zone).toBe(NORMAL);
    expect(run(v5_9, sketch, { gfp: movable, limit: 1 }).page).toBeNull();
  });
});

describe('mixing kinds of pages in a block', () => {
  const shunned = (k: Kernel, sketch: MachineSketch, task: Asked['task'] = []) =>
    allocate(withZone(machineOf(sketch), [0, NORMAL], { nofragmentFails: true }), { gfp: KERNEL, task }, k);

  test('is shunned for a lower zone of the node', () => {
    const { page, events } = shunned(v5_9, { nodes: [{ DMA32: ample, Normal: ample }] });
    expect(page?.zone).toBe(DMA32);
    expect(events).toEqual(['attempt', 'watermark', 'rmqueue', 'watermark', 'rmqueue']);
  });

  test('is not shunned for a remote node: the walk begins again, without a new attempt', () => {
    const sketch = { nodes: [{ DMA32: low, Normal: ample }, { Normal: ample }] };
    const walked = shunned(v5_9, sketch);
    expect(walked).toMatchObject({ attempts: 1, page: { node: 0, zone: NORMAL } });
    expect(visited(walked)).toEqual(['0:2', '0:1', '0:2']);
  });

  test('is not shunned at all on a machine of several nodes whose preferred one has no DMA32', () => {
    expect(visited(shunned(v5_9, { nodes: [{ Normal: ample }, { Normal: ample }] }))).toEqual(['0:2']);
  });

  test('is shunned on a machine of one node that has no DMA32 either, where it costs a walk', () => {
    expect(visited(shunned(v5_9, { nodes: [{ Normal: ample }] }))).toEqual(['0:2', '0:2']);
  });

  test('a node found dirty before the walk began again is passed over without a word in the second pass', () => {
    const sketch = { nodes: [{ DMA32: ample, Normal: ample }, { Normal: ample }] };
    const machine = withDirtyNode(machineOf(sketch), 0);
    const { trace, page } = allocate(machine, { gfp: [...KERNEL, 'WRITE'] }, v5_9);
    expect(page?.node).toBe(1);
    expect(only(trace, 'dirty_skip')).toHaveLength(1);
  });
});

describe('what is set aside for atomic requests of high order', () => {
  const blocks = { free: { movable: [0, 0, 4], highatomic: [0, 0, 1] }, low: 10 };

  test('is what such a request takes first, and nothing more is set aside then', () => {
    const sketch = { nodes: [{ Normal: { ...blocks, low: 10_000, min: 0 } }] };
    const { nodes } = run(v4_19, sketch, { gfp: ATOMIC, order: 2 });
    expect(nodes[0]!.zones[NORMAL]!.free.highatomic ?? []).toEqual([]);
    expect(nodes[0]!.zones[NORMAL]!.reservedHighatomic).toBe(0);
  });

  test('is not looked for by the first attempt, which does not dig, nor set aside by it', () => {
    const sketch = { nodes: [{ Normal: { ...blocks, min: 10 } }] };
    const { nodes } = run(v4_19, sketch, { gfp: ATOMIC, order: 2 });
    expect(nodes[0]!.zones[NORMAL]).toMatchObject({
      reservedHighatomic: 0,
      free: { highatomic: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] },
    });
  });

  test('grows by a block of 512 pages while it is below a hundredth of the zone and one block', () => {
    const plain = { free: { movable: [0, 0, 4] }, low: 10_000, min: 0, managed: 10_000 };
    const after = (reservedHighatomic: number) =>
      run(v4_19, { nodes: [{ Normal: { ...plain, reservedHighatomic } }] }, { gfp: ATOMIC, order: 2 }).nodes[0]!.zones[
        NORMAL
      ]!.reservedHighatomic;
    expect(after(0)).toBe(512);
    expect(after(611)).toBe(611 + 512);
    expect(after(612)).toBe(612);
  });
});

describe('a boosted zone in v5.9', () => {
  const boosted = (zone: MachineSketch['nodes'][number]['Normal'], asked: Asked) =>
    allocate(
      withZone(machineOf({ nodes: [{ Normal: { ...ample, ...zone } }] }), [0, NORMAL], { flags: ['boostedWatermark'] }),
      asked,
      v5_9,
    );

  test('has kswapd told by whoever takes from it next, as if by one that cannot wait: kcompactd may be woken', () => {
    const { events, nodes } = boosted({}, { gfp: KERNEL });
    expect(events).toEqual(['attempt', 'watermark', 'wakeup_kswapd', 'rmqueue']);
    expect(nodes[0]!.zones[NORMAL]!.flags).toEqual([]);
  });

  test('has kswapd told even by who may not wake it', () => {
    expect(boosted({}, { gfp: ['DIRECT_RECLAIM'] }).events).toContain('wakeup_kswapd');
  });

  test('has it told by a single page that was not there, and not by a larger block that was not', () => {
    const gone = { free: 1000, rmqueueFails: 9 };
    expect(boosted(gone, { gfp: KERNEL, limit: 1 }).events.slice(1, 5)).toContain('wakeup_kswapd');
    const large = { free: [0, 0, 300], rmqueueFails: 9 };
    expect(boosted(large, { gfp: KERNEL, limit: 1, order: 2 }).events.slice(1, 3)).toEqual(['watermark', 'rmqueue']);
  });

  test('has it told by no movable page that was not there, if that must not be one of CMA', () => {
    const told = (...task: NonNullable<Asked['task']>) =>
      boosted({ rmqueueFails: 9 }, { gfp: [...KERNEL, 'MOVABLE'], task, limit: 1 }).events.slice(1, 3);
    expect(told()).toEqual(['watermark', 'wakeup_kswapd']);
    expect(told('MEMALLOC_NOCMA')).toEqual(['watermark', 'rmqueue']);
  });
});
