import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../kernel/schema/scope.ts';
import { kernels, runScenario, v4_0, v4_19, v5_9, type Kernel, type Machine } from '../../../model/index.ts';
import { scenarioOf } from '../../../search/explore/machine/move.ts';
import { tracesIn, withoutTraces } from '../../../search/explore/machine/rest.ts';
import { MachineSpace } from '../../../search/explore/machine/space.ts';
import { Marks } from '../../../search/explore/marks.ts';
import { Search } from '../../../search/explore/search.ts';
import { bruteForce } from './bruteForce.ts';
import { smallScope, tinyScope } from './scopes.ts';

const spaceOf = (kernel: Kernel, scope: Scope, keepTraces = false): MachineSpace =>
  new MachineSpace({ kernel, scope, marks: new Marks(), onStep: () => {}, keepTraces });

function searched(space: MachineSpace): Search<Machine, Parameters<Parameters<MachineSpace['expand']>[1]>[1]> {
  const search = new Search(space);
  while (search.step());
  return search;
}

const SCOPES: readonly (readonly [string, Scope])[] = [
  ['one zone', tinyScope()],
  ['two zones and a high order', smallScope()],
];

describe.each(SCOPES)('a scope of %s', (_name, scope) => {
  test.each(Object.keys(kernels))('has the states in %s that a set of texts comes to, one by one', (name) => {
    const space = spaceOf(kernels[name]!, scope);
    const { states, moves } = bruteForce(space);
    const search = searched(space);
    expect(states.size).toBeGreaterThan(300);
    expect(search.counts).toMatchObject({ states: states.size, transitions: moves, queue: 0 });
    const found = Array.from({ length: states.size }, (_, i) => JSON.stringify(search.state(i)));
    expect(new Set(found)).toEqual(new Set(states.keys()));
  });
});

/** The machine at the end of a scenario's last turn, before kswapd goes on. */
function machineIn(kernel: Kernel, scenario: Parameters<typeof runScenario>[1]): Machine {
  const last = scenario.script.length - 1;
  let machine: Machine | undefined;
  const ended = runScenario(kernel, scenario, ({ kind, turn, after }) => {
    if (turn === last && (kind === 'work' || kind === 'event')) machine = after;
  });
  return machine ?? ended.machine;
}

test.each([v4_0, v4_19, v5_9])('the scenario of a way leads to its state in $name', (kernel) => {
  const scope = smallScope();
  const search = searched(spaceOf(kernel, scope));
  const { states } = search.counts;
  for (let i = 0; i < states; i += Math.ceil(states / 200)) {
    const scenario = scenarioOf(search.movesAlong(search.wayTo(i)));
    expect(withoutTraces(machineIn(kernel, scenario), tracesIn(scope))).toEqual(search.state(i));
  }
});

test('no way to a state is shorter than the one that was found', () => {
  const search = searched(spaceOf(v4_0, tinyScope()));
  const depth = Array.from({ length: search.counts.states }, (_, i) => search.wayTo(i).length - 1);
  expect(depth).toEqual(depth.toSorted((a, b) => a - b));
  expect(depth.at(-1)).toBe(search.counts.depth);
});

const zoneOfThree = {
  zones: [
    { name: 'Normal', managed: 3, watermark: { min: 1, low: 1, high: 1 }, lowmemReserve: [0], free: [[1]], file: [1] },
  ],
} satisfies Parameters<typeof tinyScope>[0];

// Scanned pages may add up for ever where no state forgets them.
const WITHOUT_SCANS = { turns: { scanned: [0], reclaimed: [0, 1] } };

test.each(Object.keys(kernels))('in %s forgetting what cannot show any more adds no state, and loses none', (name) => {
  const scope = tinyScope({ ...WITHOUT_SCANS, failures: [15] });
  const kept = bruteForce(spaceOf(kernels[name]!, scope, true)).states;
  const told = bruteForce(spaceOf(kernels[name]!, scope)).states;
  const reduced = new Set([...kept.values()].map((machine) => JSON.stringify(withoutTraces(machine, tracesIn(scope)))));
  expect(kept.size).toBeGreaterThan(told.size);
  expect(reduced).toEqual(new Set(told.keys()));
});

test('pages scanned are told apart as far as lists that grow may ask for', () => {
  const scope = (scans: number): Scope =>
    tinyScope({
      ...zoneOfThree,
      scans,
      turns: { scanned: [0, 20], reclaimed: [0, 1] },
      events: { lruCacheAdd: [1], wakeup: [0] },
    });
  const longer = bruteForce(spaceOf(v4_0, scope(12))).states;
  const told = bruteForce(spaceOf(v4_0, scope(6))).states;
  const reduced = [...longer.values()].map((machine) => JSON.stringify(withoutTraces(machine, tracesIn(scope(6)))));
  expect(longer.size).toBeGreaterThan(told.size);
  expect(new Set(reduced)).toEqual(new Set(told.keys()));
});
