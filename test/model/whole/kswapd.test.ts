import { describe, expect, test } from 'vitest';
import { deriveKernel, kernels, runWhole, v4_0, watchWhole, withThread } from '../../../model/index.ts';
import { asking, byKswapd, byTask, PATIENT, whole } from './sketch.ts';

const NORMAL = 2;
const ample = { Normal: { free: 1000, min: 10, low: 20, high: 30 } };
/** So far below its min mark that tasks are throttled. */
const reserves = { Normal: { free: 2, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };

const inNode = (node: number) => ({ node, requests: [{ gfp: PATIENT, order: 0, nodemask: [node] }] });

describe.each(Object.values(kernels))('a kswapd of $name among others', (k) => {
  test('lets go the tasks that are throttled on its own node, and no others', () => {
    const given = {
      of: [reserves, reserves],
      tasks: [inNode(0), inNode(1)],
      script: [byTask(0), byTask(1), byKswapd(0), byKswapd(0, { reclaimed: [0, 0, 100] })],
    };
    const { machine } = runWhole(k, whole(given));
    expect(machine.tasks.map(({ reclaim }) => [reclaim!.at, reclaim!.woken])).toEqual([
      ['throttled', true],
      ['throttled', false],
    ]);
  });

  test('lets nobody go as long as too little is free', () => {
    const script = [byTask(0), byKswapd(0), byKswapd(0), byKswapd(0), byTask(0)];
    const { machine } = runWhole(k, whole({ of: [reserves], tasks: [inNode(0)], script }));
    expect(machine.tasks[0]!.reclaim).toMatchObject({ at: 'throttled', woken: false });
    expect(machine.memory.pgdats[0]!.waits.throttled).toBe(1);
  });

  test('has its records under its node', () => {
    const low = { Normal: { free: 8, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };
    const { trace } = runWhole(k, whole({ of: [ample, low], awake: true, script: [byKswapd(1), byKswapd(1)] }));
    expect(trace.length).toBeGreaterThan(0);
    expect(new Set(trace.map(({ of, who }) => `${of} ${who}`))).toEqual(new Set(['kswapd 1']));
  });

  test('that does not run yet does nothing in its turn, even if that brings its memory', () => {
    const online = { online: { node: 1, zone: NORMAL, pages: 5000 } };
    const script = [byKswapd(1, { events: [{ swap: 5 }] }), byKswapd(1, { events: [online] })];
    const { steps, machine } = watchWhole(k, whole({ of: [ample, {}], script }));
    expect(steps.map((step) => step.of)).toEqual(['event', 'event']);
    expect(machine.memory.system.swapPages).toBe(5);
    expect(machine.memory.pgdats[1]!.thread).toEqual(k.startThread(machine.memory.pgdats[1]!.node));
  });

  test('that has ended moves no more, while the machine goes on', () => {
    const ending = deriveKernel(k, {
      name: 'ending',
      transitions: {
        kswapdTryToSleep: {
          ...k.transitions.kswapdTryToSleep!,
          step: (_k, m) => ({ machine: withThread(m, { ...m.thread, at: 'stopped' }), records: [] }),
        },
      },
    });
    const script = [byKswapd(), byKswapd(), byTask()];
    const { machine } = runWhole(ending, whole({ of: [ample], awake: true, tasks: [asking([90])], script }));
    expect(machine.memory.pgdats[0]!.thread.at).toBe('stopped');
    expect(machine.tasks[0]!.served).toBe(1);
  });
});

// No set-up makes such reserves: DMA keeps pages from its own requests and none from those for Normal, so that its
// balance depends on who asks. Nothing is shrunk, and nothing sleeps.
test('a kswapd that spins without waiting is cut off in each of its turns at the 17th wake', () => {
  const fine = { free: 1000, min: 100, low: 120, high: 140, lru: { inactiveFile: 1000 } };
  const spun = { DMA: { ...fine, reserve: [5000, 0, 0, 0] }, Normal: { ...fine, reserve: [5000, 0, 0, 0] } };
  const wakes = (turns: number) => {
    const script = Array.from({ length: turns }, () => byKswapd());
    const { trace } = runWhole(v4_0, whole({ of: [spun], awake: true, script }));
    expect(trace.map(({ record: { ev } }) => ev)).not.toContain('shrink');
    return trace.filter(({ record: { ev } }) => ev === 'wake').length;
  };
  expect([1, 2, 3].map(wakes)).toEqual([16, 32, 48]);
});
