import { describe, expect, test } from 'vitest';
import { kernels, runWhole, watchWhole, type Kernel } from '../../../model/index.ts';
import { asking, byTask, PATIENT, whole, type WholeSketch } from './sketch.ts';

const every = Object.values(kernels);
const ample = { Normal: { free: 1000, min: 10, low: 20, high: 30 } };
const low = { Normal: { free: 8, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };

const goOn = (k: Kernel, sketch: WholeSketch) => runWhole(k, whole({ ...sketch, afterwards: 'productive' }));

describe.each(every)('after its script, a machine of $name', (k) => {
  test('goes on until all is quiet, each kswapd and each task in turn', () => {
    const { end, turns, machine } = goOn(k, { of: [ample, ample], tasks: [asking([1, 1]), asking(['cache'])] });
    // Four move in turn: the first task moves in turns 2 and 6, and there is nothing left to do then.
    expect({ end, turns }).toEqual({ end: 'quiet', turns: 7 });
    expect(machine.tasks.map(({ served }) => served)).toEqual([2, 1]);
  });

  test('is not quiet before every kswapd is fully asleep', () => {
    const { end, machine } = goOn(k, { of: [ample, ample], awake: true });
    expect(end).toBe('quiet');
    expect(machine.memory.pgdats.map(({ thread, waits }) => [thread.at, waits.woken])).toEqual([
      ['sleep', false],
      ['sleep', false],
    ]);
  });

  test('is not quiet while a kswapd is woken', () => {
    const { end, machine } = goOn(k, { of: [low], tasks: [asking([90])], script: [byTask()] });
    expect(end).toBe('quiet');
    const { thread, waits, node } = machine.memory.pgdats[0]!;
    expect([thread.at, waits.woken]).toEqual(['sleep', false]);
    expect(node.zones[2]!.freeArea.pages).toBeGreaterThan(30);
  });

  test('is not quiet while a killed task holds pages', () => {
    const script = [byTask(), byTask(0, { events: [{ kill: { task: 0 } }] })];
    const { end, machine } = goOn(k, { of: [ample], tasks: [asking([90])], script: script.slice(0, 1) });
    expect({ end, held: machine.tasks[0]!.held.length }).toEqual({ end: 'quiet', held: 1 });
    const killed = goOn(k, { of: [ample, ample], tasks: [asking([90])], script });
    expect({ end: killed.end, held: killed.machine.tasks[0]!.held }).toEqual({ end: 'quiet', held: [] });
  });

  test('is quiet at once if nobody has anything to do, even where a node has no kswapd', () => {
    expect(goOn(k, { of: [ample, {}] })).toMatchObject({ end: 'quiet', turns: 0 });
  });

  // Nothing but single pages is free; blocks of every order have to be merged for one of order 9.
  test('compacts with success, up to large blocks', () => {
    const single = { Normal: { free: 5000, managed: 20_000, min: 10, low: 20, high: 30 } };
    const tasks = [{ node: 0, requests: [{ gfp: PATIENT, order: 9 }] }];
    const given = whole({ of: [single], compaction: true, tasks, afterwards: 'productive' });
    const { machine, steps } = watchWhole(k, given);
    expect(machine.tasks[0]).toMatchObject({ served: 1, refused: 0 });
    const results = steps.flatMap((one) =>
      one.of === 'allocation' && one.step.kind === 'resume' && one.step.at === 'compact'
        ? [one.step.after.task.slow.compactResult]
        : [],
    );
    expect(results).toEqual(['success']);
  });

  test('has direct reclaim free what it can', () => {
    const { machine } = goOn(k, { of: [low], tasks: [asking(Array.from({ length: 6 }, () => 90))] });
    expect(machine.tasks[0]).toMatchObject({ served: 6, refused: 0 });
  });
});

test('after the script, a wait of a kswapd for reclaim counts 1024 pages as scanned for each zone of its node', () => {
  const given = whole({ of: [{ Normal: { free: 0, min: 10, lru: { inactiveFile: 3 } } }], awake: true });
  const { steps } = watchWhole(kernels['v4.0']!, { ...given, afterwards: 'productive' });
  const scanned = steps.flatMap((one) =>
    one.of === 'kswapd' && one.step.kind === 'work' && one.step.at === 'shrink'
      ? [one.step.after.thread.balance.nrScanned]
      : [],
  );
  expect(scanned).toEqual([4096]);
});

test('a throttled task that keeps out of file systems goes on after a second, even if nothing comes free', () => {
  const nothing = { Normal: { free: 0, min: 10, low: 20, high: 30 } };
  const waits = (named: readonly (typeof PATIENT)[number][]) => {
    const tasks = [{ node: 0, requests: [{ gfp: named, order: 0 }] }];
    const given = whole({ of: [nothing], tasks, script: [byTask()], afterwards: 'productive', limit: 4 });
    const { machine } = runWhole(kernels['v4.0']!, given);
    return machine.tasks[0]!.reclaim?.at;
  };
  expect(waits(['WAIT', 'IO', 'FS'])).toBe('throttled');
  expect(waits(['WAIT', 'IO'])).not.toBe('throttled');
});
