import { describe, expect, test } from 'vitest';
import {
  deriveKernel,
  hasRule,
  kernels,
  laterKernel,
  makeZone,
  v4_0,
  v4_19,
  type Kernel,
  type ScenarioZone,
} from '../../model/index.ts';
import { scenarioNode } from './sketch.ts';

/** All steps of a kernel’s programs. */
const stepsOf = ({ transitions, yields, directReclaim, allocator }: Kernel) => [
  transitions,
  yields,
  directReclaim.transitions,
  directReclaim.yields,
  allocator.transitions,
  allocator.yields,
];

describe('a kernel of one’s own', () => {
  test.each(Object.values(kernels))('that replaces one step of $name keeps all others', (base) => {
    const name = 'one step';
    const balanced = { ...base.transitions.balanced!, does: 'Ends.' };
    const own = deriveKernel(base, { name, transitions: { balanced } });
    expect(own.transitions).toEqual({ ...base.transitions, balanced });
    expect(stepsOf({ ...own, transitions: base.transitions })).toEqual(stepsOf(base));
    expect(own).toMatchObject({ name, base: base.name, absent: base.absent });
  });

  test('that replaces a wait keeps all others', () => {
    const sleep = { ...v4_0.yields.sleep!, does: 'Sleeps.' };
    const own = deriveKernel(v4_0, { name: 'one wait', yields: { sleep } });
    expect(own.yields).toEqual({ ...v4_0.yields, sleep });
    expect(own.transitions).toEqual(v4_0.transitions);
  });
});

test('a kernel of one’s own may lack a step of the page allocator', () => {
  const own = deriveKernel(v4_0, { name: 'no drain', allocator: { without: ['drainPages'] } });
  const { drainPages, ...rest } = v4_0.allocator.transitions;
  expect(drainPages).toBeDefined();
  expect(own.allocator).toEqual({ transitions: rest, yields: v4_0.allocator.yields });
});

describe('a later kernel', () => {
  test('without a difference is the one before under another name', () => {
    const later = laterKernel(v4_19, 'v9.9', []);
    expect(stepsOf(later)).toEqual(stepsOf(v4_19));
    expect(later).toMatchObject({ name: 'v9.9', base: 'v9.9', absent: v4_19.absent });
  });

  test('has the steps of its differences, and all others of the one before', () => {
    const balanced = { ...v4_19.transitions.balanced!, does: 'Ends.' };
    const throttled = { ...v4_19.directReclaim.yields.throttled!, does: 'Waits.' };
    const later = laterKernel(v4_19, 'v9.9', [
      {
        since: 'v9.0',
        why: 'It is an example.',
        transitions: { balanced },
        directReclaim: { yields: { throttled } },
        allocator: { without: ['drainPages'] },
      },
    ]);
    const { drainPages, ...rest } = v4_19.allocator.transitions;
    expect(drainPages).toBeDefined();
    expect(stepsOf(later)).toEqual([
      { ...v4_19.transitions, balanced },
      v4_19.yields,
      v4_19.directReclaim.transitions,
      { ...v4_19.directReclaim.yields, throttled },
      rest,
      v4_19.allocator.yields,
    ]);
    expect(later.absent).toEqual(v4_19.absent);
  });

  test('still has not what the one before lacks, and says so to whoever asks', () => {
    const later = laterKernel(v4_19, 'v9.9', []);
    const [lacking] = v4_19.absent;
    expect(hasRule(later, lacking!)).toBe(false);
    expect(() => (later[lacking!] as () => unknown)()).toThrow(`v9.9 has no ${lacking}`);
  });
});

describe('what a zone’s scenario leaves out for the allocator', () => {
  const written = scenarioNode([{}]).zones[0]!;
  const known = (said: Partial<ScenarioZone>) => makeZone({ ...written, ...said }).alloc;
  const nothing = { batch: 0, dirtyOk: true, writePending: 0, rmqueueFails: 0, nofragmentFails: false };

  test.each([
    [{}, {}],
    [{ allocBatch: 3 }, { batch: 3 }],
    [{ dirtyOk: false }, { dirtyOk: false }],
    [{ writePending: 4 }, { writePending: 4 }],
    [{ rmqueueFails: 2 }, { rmqueueFails: 2 }],
    [{ nofragmentFails: true }, { nofragmentFails: true }],
    [
      { allocBatch: 3, rmqueueFails: 2 },
      { batch: 3, rmqueueFails: 2 },
    ],
  ])('is nothing but that dirty pages are welcome: %o', (said, differs) => {
    expect(known(said)).toEqual({ ...nothing, ...differs });
  });
});
