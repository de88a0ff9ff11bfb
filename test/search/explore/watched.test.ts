import { describe, expect, test } from 'vitest';
import { deriveKernel, kernels, v4_19, watchScenario, type Scenario } from '../../../model/index.ts';
import { judge, properties } from '../../../properties/index.ts';
import { explore } from '../../../search/explore/explore.ts';
import { scenarioOf } from '../../../search/explore/machine/move.ts';
import { watchedPropertiesOf, watchedSystem } from '../../../search/explore/machine/watched.ts';
import { Search } from '../../../search/explore/search.ts';
import { unexploredFor } from '../../../search/explore/unexplored.ts';
import { smallScope, tinyScope } from './scopes.ts';

const runs = properties.filter(({ over }) => over === 'run');
const scope = tinyScope({ events: { take: [0], give: [0], wakeup: [0] }, failures: [15] });

describe('properties of runs that remember little', () => {
  test.each(Object.keys(kernels))('are in %s as their verdicts say, in every state of a scope', async (name) => {
    const { properties: results } = await explore({ kernel: kernels[name]!, scope, properties: runs });
    expect(results.filter(({ outcome }) => outcome === 'counterexample')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'holds').length).toBeGreaterThan(3);
    for (const { property, counterexample } of results) {
      if (counterexample === undefined) continue;
      expect(judge(property, kernels[name]!, counterexample.given)).toEqual(counterexample.failure);
    }
  });

  test('remember of a way what the run that leads there leaves', () => {
    for (const property of watchedPropertiesOf(v4_19, properties)) {
      const search = new Search(watchedSystem(v4_19, smallScope(), property).bare());
      while (search.counts.states < 1500 && search.step());
      for (let index = 0; index < search.counts.states; index += 211) {
        const { start, steps } = watchScenario(v4_19, scenarioOf(search.movesAlong(search.wayTo(index))));
        // A run lets kswapd go on once its script ends; the state is where the last turn, or event, left it.
        const { machine, seen } = search.state(index);
        const remembered = property.watch.begin(start);
        const last = steps.findLastIndex(({ kind }) => kind === 'work' || kind === 'event');
        for (const step of steps.slice(0, last + 1)) property.watch.next(remembered, step, () => {}, v4_19);
        expect([property.id, machine.thread.at, remembered]).toEqual([property.id, machine.thread.at, seen]);
      }
    }
  });

  test('show what breaks in a kernel of one’s own, by a shortest way', async () => {
    const forgetful = deriveKernel(v4_19, {
      name: 'forgetful',
      transitions: {
        countFailure: {
          ...v4_19.transitions.countFailure!,
          step: (k, m) => {
            const { machine, records } = v4_19.transitions.countFailure!.step(k, m);
            return { machine: { ...machine, node: m.node }, records };
          },
        },
      },
    });
    const id = 'a-fruitless-run-counts-once';
    const asked = runs.filter((property) => property.id === id);
    const { properties: results } = await explore({ kernel: forgetful, scope, properties: asked });
    expect(results).toMatchObject([{ outcome: 'counterexample', property: { id } }]);
    const { given, moves } = results[0]!.counterexample!;
    expect((given as Scenario).script.length).toBeLessThanOrEqual(moves + 1);
  });
});

test('every property of runs is watched, judged turn by turn, or says what it spans', () => {
  for (const property of properties) {
    if (property.over === 'run')
      expect([property.id, property.watch === undefined]).toEqual([property.id, unexploredFor(property) !== undefined]);
  }
});
