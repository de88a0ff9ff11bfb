import { describe, expect, test } from 'vitest';
import { kernels, runWhole, type WholeScenarioTask, type WholeTurn } from '../../../model/index.ts';
import { byTask, PATIENT, whole } from './sketch.ts';

/** Six pages, in blocks of order 1 and 2, and no marks: they can be had to the last. */
const six = { Normal: { free: [0, 1, 1], min: 0, low: 0, high: 0 } };
const wanting = (order: number): WholeScenarioTask => ({ node: 0, requests: [{ gfp: PATIENT, order }] });
const times = (n: number, turn: WholeTurn): readonly WholeTurn[] => Array.from({ length: n }, () => turn);

/** Tasks 1 and 2 hold four pages and two; 0 and 3 want one that there is not. */
const given = (script: readonly WholeTurn[]) =>
  whole({
    of: [six],
    tasks: [wanting(0), wanting(2), wanting(1), wanting(0)],
    script: [byTask(1), byTask(2), ...script],
  });

describe.each(Object.values(kernels))('the OOM killer of $name', (k) => {
  const run = (...script: readonly (readonly WholeTurn[])[]) => runWhole(k, given(script.flat()));
  const victimsOf = ({ trace }: ReturnType<typeof run>) =>
    trace.flatMap(({ record }) => (record.ev === 'victim' ? [record.task] : []));
  const asksOf = ({ trace }: ReturnType<typeof run>, task: number) =>
    trace.filter(({ who, record }) => who === task && record.ev === 'oom').length;

  test('chooses the task that holds the most pages, and waits for it to die before it chooses another', () => {
    const ended = run(times(40, byTask(0)));
    expect(asksOf(ended, 0)).toBeGreaterThan(1);
    expect(victimsOf(ended)).toEqual([1]);
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
    const alone = whole({
      of: [{ Normal: { free: 0 } }],
      tasks: [wanting(0), wanting(0)],
      script: times(20, byTask(1)),
    });
    expect(runWhole(k, alone).trace.flatMap(({ record }) => (record.ev === 'victim' ? [record.task] : []))).toEqual([
      1,
    ]);
  });
});
