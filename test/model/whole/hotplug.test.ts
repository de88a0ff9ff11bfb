import { describe, expect, test } from 'vitest';
import { kernels, runWhole, watchWhole, type Kernel } from '../../../model/index.ts';
import { asking, byKswapd, byTask, whole } from './sketch.ts';

const NORMAL = 2;
const ample = { Normal: { free: 1000, min: 10, low: 20, high: 30 } };
const online = (node: number, pages: number) => ({ online: { node, zone: NORMAL, pages } });

/** The second node, which had nothing, is given 5001 pages. */
const added = (k: Kernel) =>
  watchWhole(k, whole({ of: [ample, {}], script: [byKswapd(0, { events: [online(1, 5001)] })] }));
const zoneOf = ({ machine }: ReturnType<typeof added>) => machine.memory.pgdats[1]!.node.zones[NORMAL]!;

describe.each(Object.values(kernels))('memory that is added to a machine of $name', (k) => {
  test('is free, in the largest blocks', () => {
    // 5001 = 4 * 1024 + 512 + 256 + 128 + 8 + 1.
    const { present, managed, freeArea } = zoneOf(added(k));
    expect({ present, managed, pages: freeArea.pages }).toEqual({ present: 5001, managed: 5001, pages: 5001 });
    expect(freeArea.nrFree).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 4]);
  });

  test('is added to what the zone has', () => {
    const script = [1, 2].map(() => byKswapd(0, { events: [online(1, 600)] }));
    const { machine } = runWhole(k, whole({ of: [ample, {}], script }));
    const { present, managed, freeArea } = machine.memory.pgdats[1]!.node.zones[NORMAL]!;
    expect({ present, managed, pages: freeArea.pages }).toEqual({ present: 1200, managed: 1200, pages: 1200 });
  });

  test('has a kswapd from now on, which had none before', () => {
    const { steps, machine } = added(k);
    const { node, thread } = machine.memory.pgdats[1]!;
    expect(steps[0]!.before.memory.pgdats[1]!.thread.at).toBe('stopped');
    expect(thread).toEqual(k.startThread(node));
  });

  test('is found by the zonelists of all nodes', () => {
    const { machine } = added(k);
    expect(machine.memory.zonelists.map(({ fallback }) => fallback.map(([n]) => n))).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('counts in the settings, which are otherwise those that a kernel boots with', () => {
    expect(added(k).machine.settings).toEqual({
      totalramPages: 15_001,
      onlineCpus: 1,
      minFreeKbytes: 1024,
      userMinFreeKbytes: -1,
      lowmemReserveRatio: [256, 256, 32],
    });
  });

  test('gives its pages by turns, as many as lie between its low and its high mark', () => {
    const { watermark, alloc } = zoneOf(added(k));
    expect(watermark.min).toBeGreaterThan(0);
    expect(alloc).toMatchObject({ batch: watermark.high - watermark.low, dirtyOk: true });
  });

  test('serves the next request there', () => {
    const script = [byTask(0, { events: [online(1, 5001)] }), byTask(0)];
    const tasks = [asking([90], { node: 1 }), asking([90], { node: 1 })];
    const served = runWhole(k, whole({ of: [ample, {}], tasks, script: [...script, byTask(1)] })).trace.flatMap(
      ({ who, record }) => (record.ev === 'served' ? [[who, record.node]] : []),
    );
    expect(served).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('leaves a node’s kswapd where it is, if it had memory', () => {
    const asleep = runWhole(k, whole({ of: [ample, {}], script: [byKswapd(1, { events: [online(0, 100)] })] }));
    expect(asleep.machine.memory.pgdats[0]!.thread.at).toBe('sleep');
    expect(asleep.machine.memory.pgdats[0]!.waits.queued).toBe(true);
  });
});

test('every node has processors unless the scenario says otherwise', () => {
  const hasCpus = (said: Partial<Parameters<typeof whole>[0]>) =>
    runWhole(Object.values(kernels)[0]!, whole({ of: [ample, ample], ...said })).machine.hasCpus;
  expect(hasCpus({})).toEqual([true, true]);
  expect(hasCpus({ hasCpus: [true, false] })).toEqual([true, false]);
});
