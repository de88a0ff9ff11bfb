import { describe, expect, test } from 'vitest';
import { POINTS, isYieldPoint, runScenario, v4_0, YIELD_POINTS, type Point } from '../../model/index.ts';
import { loopScenarios } from '../kernel/vectors.ts';

const steps = Object.entries({ ...v4_0.transitions, ...v4_0.yields });
const declared = steps.flatMap(([from, { to }]) => to.map((point) => `${from} -> ${point}`));

/** Every arrow that kswapd takes in the recorded runs. A yield point that it waits on further is no arrow. */
function arrowsTaken(): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const scenario of loopScenarios()) {
    runScenario(v4_0, scenario, ({ kind, before, after }) => {
      const [from, to] = [before.thread.at, after.thread.at];
      if (kind === 'transition' || from !== to) taken.add(`${from} -> ${to}`);
    });
  }
  return taken;
}

describe('the arrows of the loop’s diagram', () => {
  const taken = arrowsTaken();

  test('no run takes one that is not declared', () => {
    expect([...taken].filter((arrow) => !declared.includes(arrow))).toEqual([]);
  });

  test('each one is taken by some recorded run', () => {
    expect(declared.filter((arrow) => !taken.has(arrow))).toEqual([]);
  });

  test('none is declared twice', () => {
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('every point but the end has its step, and no other has', () => {
    const expected = POINTS.filter((point) => point !== 'stopped').toSorted();
    expect(steps.map(([from]) => from).toSorted()).toEqual(expected);
  });

  test('every point is led to', () => {
    const reached = new Set<Point>(steps.flatMap(([, { to }]) => to));
    expect(POINTS.filter((point) => !reached.has(point))).toEqual([]);
  });

  test('the yield points are those that wait for something', () => {
    expect(POINTS.filter(isYieldPoint).toSorted()).toEqual(YIELD_POINTS.toSorted());
    expect(Object.values(v4_0.yields).every(({ waitsFor }) => waitsFor.length > 0)).toBe(true);
  });

  test('each step says in a sentence what it does', () => {
    expect(steps.filter(([, { does }]) => !/^[A-Z].*\.$/.test(does))).toEqual([]);
  });
});
