import { describe, expect, test } from 'vitest';
import { isAllocWaiting, v4_0, v4_19, v5_9, type AllocPoint, type Kernel } from '../../../model/index.ts';
import { watchAllocations } from '../../kernel/allocVectors.ts';

/** Every arrow that a task takes in the recorded allocations. */
function arrowsTaken(kernel: Kernel): ReadonlySet<string> {
  const taken = new Set<string>();
  watchAllocations(kernel, ({ kind, before, after }) => {
    if (kind === 'transition' || kind === 'resume') taken.add(`${before.task.at} -> ${after.task.at}`);
  });
  return taken;
}

/** Arrows that no recorded allocation takes: after the OOM killer, all reserves beyond the cpuset failed too. */
const UNRECORDED: Readonly<Record<string, readonly string[]>> = {
  'v5.9': ['endOfScan -> oomAllReserves', 'endOfScan -> oomDecided', 'oomAllReserves -> getPageFromFreelist'],
};

describe.each([v4_0, v4_19, v5_9])('the arrows of the page allocator of $name', (kernel: Kernel) => {
  const { transitions, yields } = kernel.allocator;
  const steps = Object.entries({ ...transitions, ...yields });
  const points = steps.map(([point]) => point as AllocPoint);
  const declared = steps.flatMap(([from, { to }]) => to.map((point) => `${from} -> ${point}`));
  const taken = arrowsTaken(kernel);

  test('no allocation takes one that is not declared', () => {
    expect([...taken].filter((arrow) => !declared.includes(arrow))).toEqual([]);
  });

  test('each one is taken by some recorded allocation', () => {
    const untaken = declared.filter((arrow) => !taken.has(arrow));
    expect(untaken.toSorted()).toEqual(UNRECORDED[kernel.name] ?? []);
  });

  test('none is declared twice', () => {
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('every point that is led to has its step, but for the end', () => {
    const reached = new Set(steps.flatMap(([, { to }]) => to));
    expect([...reached].filter((point) => point !== 'done' && !points.includes(point))).toEqual([]);
  });

  test('every point is led to, or is where an allocation begins', () => {
    const reached = new Set<AllocPoint>(['allocPagesNodemask', ...steps.flatMap(([, { to }]) => to)]);
    expect(points.filter((point) => !reached.has(point))).toEqual([]);
  });

  test('the waiting points are those that wait for something', () => {
    expect(points.filter(isAllocWaiting)).toEqual(Object.keys(yields));
    expect(Object.values(yields).every(({ waitsFor }) => waitsFor.length > 0)).toBe(true);
  });

  test('each step says in a sentence what it does', () => {
    expect(steps.filter(([, { does }]) => !/^[A-Z].*\.$/.test(does))).toEqual([]);
  });
});
