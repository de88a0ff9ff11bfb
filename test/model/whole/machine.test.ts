import { describe, expect, test } from 'vitest';
import { kernels, runWhole, watchWhole, type WholeScenario, type ZoneRef } from '../../../model/index.ts';
import { asking, byKswapd, byTask, PATIENT, whole } from './sketch.ts';

const every = Object.values(kernels);
const NORMAL = 2;
const ample = { Normal: { free: 1000, min: 10, low: 20, high: 30 } };
/** Below its min mark, but not so far that tasks are throttled. */
const low = { Normal: { free: 8, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };
const full = { Normal: { free: 0, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };

const recordsOf = (k: (typeof every)[number], given: WholeScenario) =>
  runWhole(k, given).trace.map(({ who, record }) => [who, record] as const);

const zoneOf = ({ machine }: ReturnType<typeof runWhole>, [node, zone]: ZoneRef = [0, NORMAL]) =>
  machine.memory.pgdats[node]!.node.zones[zone]!;

describe.each(every)('a whole machine of $name', (k) => {
  test('serves a request, holds the page for its turns, and frees it at the beginning of the next', () => {
    const script = [byTask(), byKswapd(), byKswapd(), byKswapd()];
    const given = whole({ of: [ample], tasks: [asking([2])], script });
    const { steps, trace } = watchWhole(k, given);
    const records = [
      { ev: 'request', order: 0, node: 0 },
      { ev: 'served', order: 0, node: 0, zone: NORMAL },
      { ev: 'freed', order: 0, node: 0, zone: NORMAL },
    ];
    expect(steps.filter(({ of }) => of === 'task').map((step) => step.records)).toEqual(records.map((one) => [one]));
    expect(trace.filter(({ of }) => of === 'task')).toEqual(records.map((record) => ({ of: 'task', who: 0, record })));
    const freeAfter = [1, 2, 3].map(
      (turns) => zoneOf(runWhole(k, { ...given, script: script.slice(0, turns) })).freeArea.pages,
    );
    expect(freeAfter).toEqual([999, 999, 1000]);
  });

  test('keeps a page for good if nothing is said of its lifetime', () => {
    const forGood = { node: 0, requests: [{ gfp: PATIENT, order: 1 }] };
    const ended = runWhole(
      k,
      whole({ of: [{ Normal: { ...ample.Normal, free: [0, 500] } }], tasks: [forGood], script: [byTask()] }),
    );
    expect(ended.machine.tasks[0]!.held).toEqual([{ at: [0, NORMAL], order: 1, until: Infinity }]);
  });

  test('gives a page to the page cache, where reclaim may take it', () => {
    const ended = runWhole(k, whole({ of: [ample], tasks: [asking(['cache'])], script: [byTask()] }));
    expect(ended.machine.tasks[0]).toMatchObject({ held: [], begun: 1, served: 1, refused: 0 });
    expect(zoneOf(ended)).toMatchObject({ freeArea: { pages: 999 }, lru: { inactiveFile: 1 } });
  });

  test('walks the zonelist of the node that is asked for, and keeps to the nodes that are allowed', () => {
    const requests = [
      { gfp: PATIENT, order: 0, node: 1 },
      { gfp: PATIENT, order: 0, nodemask: [1] },
      { gfp: PATIENT, order: 0 },
    ];
    const given = whole({ of: [ample, ample], tasks: [{ node: 0, requests }], script: [byTask(), byTask(), byTask()] });
    const served = recordsOf(k, given).flatMap(([, record]) => (record.ev === 'served' ? [record.node] : []));
    expect(served).toEqual([1, 1, 0]);
  });

  test('reclaims directly in the nodes that are allowed only', () => {
    const requests = [{ gfp: PATIENT, order: 0, nodemask: [1] }];
    const script = Array.from({ length: 6 }, () => byTask());
    const given = whole({ of: [low, low], tasks: [{ node: 0, requests }], script });
    const directs = runWhole(k, given).trace.flatMap(({ of, record }) =>
      of === 'direct' && record.ev === 'shrink' && 'node' in record ? [record.node] : [],
    );
    expect(new Set(directs)).toEqual(new Set([1]));
  });

  test('refuses an impatient request when nothing is free', () => {
    const requests = [{ gfp: ['KSWAPD_RECLAIM'] as const, order: 0 }];
    const ended = runWhole(k, whole({ of: [full], tasks: [{ node: 0, requests }], script: [byTask()] }));
    expect(ended.machine.tasks[0]).toMatchObject({ begun: 1, served: 0, refused: 1, allocation: null });
    expect(ended.trace.at(-1)).toEqual({ of: 'task', who: 0, record: { ev: 'refused', order: 0 } });
  });

  test('ends a killed task, which gives all its pages back and asks for no more', () => {
    const script = [byTask(), byTask(), byKswapd(0, { events: [{ kill: { task: 0 } }] }), byTask(), byTask()];
    const given = whole({ of: [ample], tasks: [asking([90, 90, 90])], script, awake: true });
    const ended = runWhole(k, given);
    expect(ended.machine.tasks[0]).toMatchObject({ killed: true, held: [], begun: 3, served: 2 });
    expect(zoneOf(ended).freeArea.pages).toBe(1000);
    const evs = recordsOf(k, given).flatMap(([who, { ev }]) => (ev === 'freed' || ev === 'exited' ? [[who, ev]] : []));
    expect(evs).toEqual([
      [0, 'freed'],
      [0, 'freed'],
      [0, 'exited'],
    ]);
  });

  test('ends a killed task that holds nothing as well, before it asks again', () => {
    const script = [byTask(), byTask(0, { events: [{ kill: { task: 0 } }] }), byTask()];
    const given = whole({ of: [ample], tasks: [asking(['cache', 'cache'])], script });
    expect(runWhole(k, given).machine.tasks[0]).toMatchObject({ killed: true, begun: 2, served: 1 });
    expect(recordsOf(k, given).filter(([, { ev }]) => ev === 'exited')).toHaveLength(1);
  });

  test('merges blocks, and changes swap and buffer heads, where events say so', () => {
    const events = [
      { merge: { node: 0, zone: NORMAL, from: 0, to: 3, count: 2 } },
      { swap: 77 },
      { bufferHeads: true },
    ] as const;
    const run = watchWhole(k, whole({ of: [ample], script: [byKswapd(0, { events })] }));
    const { nrFree, pages } = zoneOf(run).freeArea;
    expect({ pages, of0: nrFree[0], of3: nrFree[3] }).toEqual({ pages: 1000, of0: 984, of3: 2 });
    expect(run.machine.memory.system).toMatchObject({ swapPages: 77, bufferHeadsOverLimit: true });
    const told = run.steps.flatMap((step) => (step.of === 'event' ? [[step.event, step.records]] : []));
    expect(told).toEqual(events.map((event) => [event, []]));
  });

  test('is cut off at the limit, in its script and after it', () => {
    const script = [byKswapd(), byKswapd()];
    expect(runWhole(k, whole({ of: [ample], script, limit: 1 }))).toMatchObject({ end: 'limit', turns: 1 });
    expect(runWhole(k, whole({ of: [ample], script, limit: 2 }))).toMatchObject({ end: 'script', turns: 2 });
    const busy = { of: [ample], tasks: [asking([1, 1, 1])], afterwards: 'productive' as const };
    expect(runWhole(k, whole({ ...busy, limit: 3 }))).toMatchObject({ end: 'limit', turns: 3 });
  });
});
