import { describe, expect, test } from 'vitest';
import type { WholeScope } from '../../../../kernel/schema/wholeScope.ts';
import { kernels, runWhole, watchWhole, type Kernel, type WholeMachine } from '../../../../model/index.ts';
import { judge, properties } from '../../../../properties/index.ts';
import { Search } from '../../../../search/explore/search.ts';
import { wholeScenarioOf } from '../../../../search/explore/whole/move.ts';
import { tracesIn } from '../../../../search/explore/machine/rest.ts';
import { wholeWithoutTraces } from '../../../../search/explore/whole/rest.ts';
import { WholeSpace } from '../../../../search/explore/whole/space.ts';
import { turnPropertiesOf } from '../../../../search/explore/whole/system.ts';
import { bruteForce, within } from '../bruteForce.ts';
import { tinyNode, tinyWhole } from './scopes.ts';

const spaceOf = (kernel: Kernel, scope: WholeScope) =>
  new WholeSpace({ kernel, scope, traces: tracesIn(kernel, scope) });

const searched = (kernel: Kernel, scope: WholeScope) => {
  const search = new Search(spaceOf(kernel, scope));
  while (search.step());
  return search;
};

/** Some states of a search, spread over all of them. */
const sample = (states: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.floor((i * states) / count));

describe.each(Object.values(kernels))('the space of whole machines of $name', (kernel) => {
  const scope = tinyWhole();
  const search = searched(kernel, scope);

  test('is searched as by brute force', () => {
    const { states, moves } = bruteForce(spaceOf(kernel, scope));
    expect(search.counts).toMatchObject({ states: states.size, transitions: moves, queue: 0 });
    expect(states.size).toBeGreaterThan(100);
    for (const state of search.all()) expect(states.has(JSON.stringify(state))).toBe(true);
  });

  test('has ways that are scenarios, which lead where they say when they are run', () => {
    for (const index of sample(search.counts.states, 60)) {
      const given = wholeScenarioOf(search.movesAlong(search.wayTo(index)));
      const { machine, turns } = runWhole(kernel, given);
      expect(turns).toBe(given.script.length);
      expect(wholeWithoutTraces(machine, tracesIn(kernel, scope), turns)).toEqual(search.state(index));
    }
  });

  test('has tasks that are served, are refused, hold pages for their time, and are throttled', () => {
    const seen = new Set<string>();
    for (const { tasks, memory } of search.all()) {
      for (const { served, refused, held, reclaim } of tasks) {
        if (served > 0) seen.add('served');
        if (refused > 0) seen.add('refused');
        if (held.length > 0) seen.add('holds');
        if (reclaim?.at === 'throttled') seen.add('throttled');
      }
      if (memory.pgdats[0]!.thread.at === 'shrink') seen.add('kswapd reclaims');
    }
    expect([...seen].toSorted()).toEqual(['holds', 'kswapd reclaims', 'refused', 'served', 'throttled']);
  });

  test('judges a way turn by turn as a run is judged as a whole', () => {
    const judged = turnPropertiesOf(kernel, properties);
    expect(judged.length).toBeGreaterThan(15);
    let failing = 0;
    for (const index of sample(search.counts.states, 12)) {
      const given = wholeScenarioOf(search.movesAlong(search.wayTo(index)));
      const { steps, ...run } = watchWhole(kernel, given);
      const turns = given.script.map((_, turn) => steps.filter((step) => step.turn === turn));
      for (const property of judged) {
        const failsWhole = judge(property, kernel, given) !== undefined;
        const failsInTurn = turns.some((some) => {
          if (some.length === 0) return false;
          const stretch = { ...run, start: some[0]!.before, machine: some.at(-1)!.after, steps: some, turns: 1 };
          return property.check(stretch, () => {}) !== undefined;
        });
        expect([property.id, failsInTurn]).toEqual([property.id, failsWhole]);
        if (failsWhole) failing++;
      }
    }
    if (kernel.name === 'v4.0') expect(failing).toBeGreaterThan(0);
  });
});

describe('what a scope lets happen', () => {
  const kernel = kernels['v4.19']!;

  test('a signal ends the wait of a task that is throttled', () => {
    const scope = tinyWhole({ turns: { scanned: [32], reclaimed: [0], remaining: [0], signal: ['fatal'] } });
    const space = spaceOf(kernel, scope);
    const ended: boolean[] = [];
    for (const state of searched(kernel, scope).all()) {
      if (state.tasks[0]!.reclaim?.at !== 'throttled') continue;
      space.expand(state, ({ tasks }, move) => {
        if (move.kind === 'turn' && move.turn.signal === 'fatal') ended.push(tasks[0]!.reclaim?.at !== 'throttled');
      });
    }
    expect(ended.length).toBeGreaterThan(0);
    expect(ended).not.toContain(false);
  });

  test('swap comes and goes', () => {
    const scope = tinyWhole({ events: { swap: [0, 8] }, tasks: [{ node: 0, requests: [{ caller: 'atomic' }] }] });
    const swaps = new Set([...searched(kernel, scope).all()].map(({ memory }) => memory.system.swapPages));
    expect([...swaps].toSorted()).toEqual([0, 8]);
  });

  test('any task may be killed, once', () => {
    const scope = tinyWhole({ events: { kill: true } });
    const states = [...searched(kernel, scope).all()];
    expect(states.some(({ tasks }) => tasks[0]!.killed)).toBe(true);
  });
});

test('pages scanned that no rule asks for any more add no state where lists grow, and lose none', () => {
  const kernel = kernels['v4.0']!;
  const scope = tinyWhole({
    nodes: [tinyNode({ managed: 4, watermark: { min: 1, low: 2, high: 2 }, free: [2], file: [1] })],
    tasks: [{ node: 0, requests: [{ caller: 'kernel', also: ['NORETRY'], lifetime: 'cache' }] }],
    turns: { scanned: [0, 7], reclaimed: [0, 1], remaining: [0] },
  });
  const traces = tracesIn(kernel, scope);
  const exact = new WholeSpace({ kernel, scope, traces: { ...traces, mostScanned: () => Infinity } });
  const kept = within(exact, 24, (w) => wholeWithoutTraces(w, traces, 0));
  expect(kept).toEqual(within(spaceOf(kernel, scope), 24, (w) => w));
  const scanned = [...kept].map((text) => (JSON.parse(text) as WholeMachine).memory.pgdats[0]!.node.zones);
  // One page is on its lists at first; six scans of it would be 6.
  expect(Math.max(...scanned.flat().map(({ pagesScanned }) => pagesScanned))).toBe(14);
});
