import { describe, expect, test } from 'vitest';
import { kernels, runScenario, v4_0, watchScenario, type Machine, type Scenario } from '../../model/index.ts';
import { loopScenarios } from '../kernel/vectors.ts';
import { RECLAIMABLE, scenario } from './sketch.ts';

const scenarios = loopScenarios();

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inside of Object.values(value)) deepFreeze(inside);
  }
  return value;
}

/** Free and reclaimable pages of a machine. */
const pagesOf = ({ node }: Machine): number =>
  node.zones.reduce((sum, { freeArea, lru }) => {
    const { inactiveAnon, activeAnon, inactiveFile, activeFile } = lru;
    return sum + freeArea.pages + inactiveAnon + activeAnon + inactiveFile + activeFile;
  }, 0);

describe('over all recorded runs', () => {
  test('a run changes nothing that it was given', () => {
    const frozen = scenarios.map((one) => deepFreeze(structuredClone(one)));
    expect(() => frozen.forEach((one) => runScenario(v4_0, one))).not.toThrow();
  });

  test('a step changes nothing of the machine that it starts from', () => {
    const check = (one: Scenario) => runScenario(v4_0, one, ({ before, after }) => void deepFreeze([before, after]));
    expect(() => scenarios.forEach(check)).not.toThrow();
  });

  test('the same scenario gives the same run', () => {
    for (const one of scenarios.slice(0, 100)) expect(runScenario(v4_0, one)).toEqual(runScenario(v4_0, one));
  });

  test('pages come and go by events alone: no step of kswapd makes or loses one', () => {
    const wrong: string[] = [];
    for (const one of scenarios) {
      runScenario(v4_0, one, (step) => {
        if (step.kind !== 'event' && pagesOf(step.before) !== pagesOf(step.after)) wrong.push(step.at);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('kswapd stays where it waits while a turn does its work and while events come', () => {
    const left: string[] = [];
    for (const kernel of Object.values(kernels)) {
      for (const one of loopScenarios(kernel)) {
        runScenario(kernel, one, ({ kind, at, after }) => {
          if ((kind === 'work' || kind === 'event') && after.thread.at !== at) left.push(at);
        });
      }
    }
    expect(left).toEqual([]);
  });

  test('a watched run ends as an unwatched one does', () => {
    for (const one of scenarios.slice(0, 100)) {
      const { kernel: _kernel, start: _start, steps: _steps, ...ended } = watchScenario(v4_0, one);
      expect(ended).toEqual(runScenario(v4_0, one));
    }
  });
});

describe('the steps of a watched run', () => {
  // 40 pages are free, 20 are reclaimed, then 15 taken and 5 given.
  const one = scenario(
    [{ ...RECLAIMABLE, high: 50, free: 40 }],
    [
      {
        reclaimed: [20],
        events: [{ take: { zone: 0, order: 0, count: 15 } }, { give: { zone: 0, order: 0, count: 5 } }],
      },
    ],
    {},
    1,
  );
  const { steps, start, machine, trace } = watchScenario(v4_0, one);

  test('follow one another from the start to the end', () => {
    expect(steps[0]!.before).toBe(start);
    expect(steps.at(-1)!.after).toBe(machine);
    for (const [i, step] of steps.entries()) if (i > 0) expect(step.before).toBe(steps[i - 1]!.after);
  });

  test('hold every record but the cut at the end', () => {
    expect([...steps.flatMap(({ records }) => records), { ev: 'limit' }]).toEqual(trace);
  });

  test('show what each event did', () => {
    const free = steps.filter(({ kind }) => kind === 'event').map((step) => step.after.node.zones[0]!.freeArea.pages);
    expect(free).toEqual([45, 50]);
  });
});

test('kernels are found by their names', () => {
  expect(kernels['v4.0']).toBe(v4_0);
});
