import { describe, expect, test } from 'vitest';
import {
  kernels,
  runWhole,
  type GfpName,
  type Kernel,
  type WholeEnded,
  type WholeScenarioTask,
  type WholeTurn,
} from '../../../model/index.ts';
import { byTask, PATIENT, whole } from './sketch.ts';

/** Six pages, in blocks of order 1 and 2, and no marks: they can be had to the last. */
const six = { Normal: { free: [0, 1, 1], min: 0, low: 0, high: 0 } };
const wanting = (order: number): WholeScenarioTask => ({ node: 0, requests: [{ gfp: PATIENT, order }] });
const times = (n: number, turn: WholeTurn): readonly WholeTurn[] => Array.from({ length: n }, () => turn);

const victimsOf = ({ trace }: WholeEnded) =>
  trace.flatMap(({ record }) => (record.ev === 'victim' ? [record.task] : []));

/** Tasks 1 and 2 hold four pages and two; 0 and 3 want one that there is not. */
const given = (script: readonly WholeTurn[]) =>
  whole({
    of: [six],
    tasks: [wanting(0), wanting(2), wanting(1), wanting(0)],
    script: [byTask(1), byTask(2), ...script],
  });

describe.each(Object.values(kernels))('the OOM killer of $name', (k) => {
  const run = (...script: readonly (readonly WholeTurn[])[]) => runWhole(k, given(script.flat()));
  const asksOf = ({ trace }: ReturnType<typeof run>, task: number) =>
    trace.filter(({ who, record }) => who === task && record.ev === 'oom').length;

  test('chooses the task that holds the most pages, and waits for it to die before it chooses another', () => {
    const ended = run(times(40, byTask(0)));
    expect(asksOf(ended, 0)).toBeGreaterThan(1);
    expect(ended.trace.filter(({ record }) => record.ev === 'victim')).toEqual([
      { of: 'task', who: 0, record: { ev: 'victim', task: 1 } },
    ]);
    expect(ended.machine.tasks.map(({ killed }) => killed)).toEqual([false, true, false, false]);
  });

  test('frees the pages of its victim, for which it was asked', () => {
    const { machine } = run(times(30, byTask(0)), [byTask(1)], times(3, byTask(0)));
    expect(machine.tasks[1]).toMatchObject({ killed: true, held: [] });
    expect(machine.tasks[0]).toMatchObject({ served: 1, refused: 0 });
  });

  test('is with one task at a time: another that comes meanwhile waits', () => {
    const turns = Array.from({ length: 30 }, (_, n) => n).find(
      (n) => run(times(n, byTask(0))).machine.tasks[0]!.allocation?.at === 'oom',
    );
    expect(turns).toBeDefined();
    expect(asksOf(run(times(turns!, byTask(0)), times(30, byTask(3))), 3)).toBe(0);
    expect(asksOf(run(times(30, byTask(3))), 3)).toBeGreaterThan(0);
  });

  test('chooses who asks if nobody holds more', () => {
    const of = [{ Normal: { free: 0 } }];
    const tasks = [wanting(0), wanting(0), wanting(0)];
    for (const asker of tasks.keys()) {
      expect(victimsOf(runWhole(k, whole({ of, tasks, script: times(20, byTask(asker)) })))).toEqual([asker]);
    }
  });

  test('chooses the first of those that hold the same', () => {
    const of = [{ Normal: { free: [0, 2] } }];
    const script = [byTask(1), byTask(2), ...times(30, byTask(0))];
    expect(victimsOf(runWhole(k, whole({ of, tasks: [1, 1, 1].map(wanting), script })))).toEqual([1]);
  });

  test('never chooses a task that has died, and goes on to others', () => {
    const script = [byTask(1), ...times(30, byTask(0)), byTask(1), ...times(3, byTask(0)), ...times(30, byTask(2))];
    const of = [{ Normal: { free: 1 } }];
    const ended = runWhole(k, whole({ of, tasks: [wanting(0), wanting(0), wanting(0)], script }));
    expect(victimsOf(ended)).toEqual([1, 0]);
  });
});

// Up to v4.6 only the allocator asked whether a request keeps out of file systems, and not for one that cannot fail.
test('the OOM killer spares all for a request that cannot fail but keeps out of file systems, from v4.7 on', () => {
  const named = ['WAIT', 'IO', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'NOFAIL'] as const;
  const outcomes = (k: Kernel, gfp: readonly GfpName[]) => {
    const tasks = [{ node: 0, requests: [{ gfp, order: 0 }] }];
    const { trace } = runWhole(k, whole({ of: [{ Normal: { free: 0 } }], tasks, script: times(40, byTask()) }));
    const evs = new Set(trace.map(({ record }) => record.ev));
    return { asks: evs.has('oom'), kills: evs.has('victim') };
  };
  for (const k of Object.values(kernels)) {
    expect(outcomes(k, named)).toEqual({ asks: true, kills: k.name === 'v4.0' });
    expect(outcomes(k, [...named, 'FS'])).toEqual({ asks: true, kills: true });
  }
});
