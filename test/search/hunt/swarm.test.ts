import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../model/index.ts';
import { makeRandom } from '../../../search/hunt/random.ts';
import { drawOff, without } from '../../../search/hunt/swarm.ts';

const SCENARIO = {
  script: [
    { reclaimed: [1], events: [{ throttle: true }, { freeze: true }] },
    { remaining: 3, events: [{ throttle: true }] },
    {},
  ],
} as unknown as Scenario;

describe('a batch that leaves something away', () => {
  it('has no such events and no such fields in any turn', () => {
    expect(without(SCENARIO, 'scenario', new Set(['throttle', 'remaining']))).toEqual({
      script: [{ reclaimed: [1], events: [{ freeze: true }] }, { events: [] }, {}],
    });
  });

  it('is left as it is if nothing is off', () => {
    expect(without(SCENARIO, 'scenario', new Set())).toBe(SCENARIO);
  });

  it('comes now and then, with another choice each time', () => {
    const random = makeRandom(1);
    const choices = Array.from({ length: 400 }, () => [...drawOff(random, 'scenario')].join());
    const some = choices.filter((choice) => choice !== '');
    expect(some.length).toBeGreaterThan(20);
    expect(some.length).toBeLessThan(100);
    expect(new Set(some).size).toBeGreaterThan(some.length * 0.8);
    expect(drawOff(makeRandom(1), 'question').size).toBe(0);
  });
});
