import { describe, expect, test } from 'vitest';
import {
  isYieldPoint,
  kernels,
  POINTS,
  pointsOf,
  runScenario,
  stepAt,
  YIELD_POINTS,
  type Kernel,
  type Point,
} from '../../model/index.ts';
import { loopScenarios } from '../kernel/vectors.ts';

/** Every arrow that kswapd takes in the recorded runs. A yield point that it waits on further is no arrow. */
function arrowsTaken(kernel: Kernel): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const scenario of loopScenarios(kernel)) {
    runScenario(kernel, scenario, ({ kind, before, after }) => {
      const [from, to] = [before.thread.at, after.thread.at];
      if (kind === 'transition' || from !== to) taken.add(`${from} -> ${to}`);
    });
  }
  return taken;
}

describe.each(Object.values(kernels))('the arrows of the loop’s diagram of $name', (kernel) => {
  const steps = Object.entries({ ...kernel.transitions, ...kernel.yields });
  const declared = steps.flatMap(([from, { to }]) => to.map((point) => `${from} -> ${point}`));
  const taken = arrowsTaken(kernel);

  test('no run takes one that is not declared', () => {
    expect([...taken].filter((arrow) => !declared.includes(arrow))).toEqual([]);
  });

  test('each one is taken by some recorded run', () => {
    expect(declared.filter((arrow) => !taken.has(arrow))).toEqual([]);
  });

  test('none is declared twice', () => {
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('every point that is led to has its step, but for the end', () => {
    const reached = new Set<Point>(steps.flatMap(([, { to }]) => to));
    expect([...reached].filter((point) => point !== 'stopped' && stepAt(kernel, point) === undefined)).toEqual([]);
  });

  test('every point is led to, or is where kswapd starts', () => {
    const start = kernel.startThread({
      id: 0,
      zones: [],
      kswapd: { order: 0, zoneIdx: 0, failures: 0 },
      dirtyOk: true,
    });
    const reached = new Set<Point>([start.at, ...steps.flatMap(([, { to }]) => to)]);
    expect(pointsOf(kernel).filter((point) => !reached.has(point))).toEqual([]);
  });

  test('the yield points are those that wait for something', () => {
    expect(pointsOf(kernel).filter(isYieldPoint).toSorted()).toEqual(Object.keys(kernel.yields).toSorted());
    expect(Object.values(kernel.yields).every(({ waitsFor }) => waitsFor.length > 0)).toBe(true);
  });

  test('each step says in a sentence what it does', () => {
    expect(steps.filter(([, { does }]) => !/^[A-Z].*\.$/.test(does))).toEqual([]);
  });
});

test('every point belongs to some kernel', () => {
  const points = new Set(Object.values(kernels).flatMap(pointsOf));
  expect(POINTS.filter((point) => !points.has(point))).toEqual([]);
  expect(POINTS.filter(isYieldPoint).toSorted()).toEqual(YIELD_POINTS.toSorted());
});
