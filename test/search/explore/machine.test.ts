import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../kernel/schema/scope.ts';
import {
  deriveKernel,
  kernels,
  runScenario,
  v4_0,
  v4_19,
  v5_9,
  type Kernel,
  type Machine,
} from '../../../model/index.ts';
import { scenarioOf } from '../../../search/explore/machine/move.ts';
import { tracesIn, withoutTraces } from '../../../search/explore/machine/rest.ts';
import { MachineSpace } from '../../../search/explore/machine/space.ts';
import { Marks } from '../../../search/explore/marks.ts';
import { Search } from '../../../search/explore/search.ts';
import { bruteForce, within } from './bruteForce.ts';
import { smallScope, tinyScope } from './scopes.ts';

const spaceOf = (kernel: Kernel, scope: Scope, keepTraces = false): MachineSpace =>
  new MachineSpace({
    kernel,
    scope,
    marks: new Marks(),
    onStep: () => {},
    ...(keepTraces ? {} : { traces: tracesIn(kernel, scope) }),
  });

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
    expect(withoutTraces(machineIn(kernel, scenario), tracesIn(kernel, scope))).toEqual(search.state(i));
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

test.each(Object.values(kernels))(
  'in $name forgetting what cannot show any more adds no state, and loses none',
  (k) => {
    const scope = tinyScope({ ...WITHOUT_SCANS, failures: [15] });
    const kept = bruteForce(spaceOf(k, scope, true)).states;
    const told = bruteForce(spaceOf(k, scope)).states;
    const traces = tracesIn(k, scope);
    const reduced = new Set([...kept.values()].map((machine) => JSON.stringify(withoutTraces(machine, traces))));
    expect(kept.size).toBeGreaterThan(told.size);
    expect(reduced).toEqual(new Set(told.keys()));
  },
);

/** v4.0 that gives a zone up only after so many scans of its lists. */
const patient = (scans: number): Kernel =>
  deriveKernel(v4_0, {
    name: `${scans} scans`,
    zoneReclaimable: (k, system, zone) => zone.pagesScanned < k.zoneReclaimablePages(k, system, zone) * scans,
  });

describe('pages scanned that cannot show any more', () => {
  const scanning = { ...zoneOfThree, turns: { scanned: [0, 5], reclaimed: [0, 1] } };
  const shrinking = tinyScope({ ...scanning, failures: [0], events: { wakeup: [0], take: [0], swap: [0, 1] } });
  const growing = tinyScope({ ...scanning, failures: [0], events: { lruCacheAdd: [1], wakeup: [0] } });
  const SEARCHES: readonly (readonly [string, Kernel, Scope])[] = [
    ['v4.0, where lists shrink', v4_0, shrinking],
    ['v4.0, where lists grow', v4_0, growing],
    ['a kernel that is content with less', patient(2), growing],
    ['a kernel that asks for more', patient(8), shrinking],
    ['a kernel that asks for more, where lists grow', patient(8), growing],
  ];

  test.each(SEARCHES)('add no state, and lose none: %s', (_name, kernel, scope) => {
    const depth = 12;
    const kept = within(spaceOf(kernel, scope, true), depth, (machine) =>
      withoutTraces(machine, tracesIn(kernel, scope)),
    );
    const told = within(spaceOf(kernel, scope), depth, (machine) => machine);
    expect(told.size).toBeGreaterThan(100);
    expect(kept).toEqual(told);
  });

  test('are those that no rule asks for', () => {
    const most = (kernel: Kernel, scope: Scope): number =>
      Math.max(
        ...[...bruteForce(spaceOf(kernel, scope)).states.values()].map(({ node }) => node.zones[0]!.pagesScanned),
      );
    expect(most(v4_0, shrinking)).toBe(6);
    expect(most(v4_0, growing)).toBe(18);
    expect(most(patient(2), shrinking)).toBe(6);
    expect(most(patient(8), shrinking)).toBe(8);
  });
});
